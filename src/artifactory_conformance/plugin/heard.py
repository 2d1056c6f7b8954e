"""What the processes of a run have told the controlling one: of the target, of themselves and of what they left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from artifactory_conformance.plugin.same_instance import Met, difference, doubt
from artifactory_conformance.verdicts import Pulse


class Heard:
    """All of it, of all processes."""

    def __init__(self) -> None:
        self.pulses: dict[str, Pulse] = {}
        self.version: Mapping[str, Any] | None = None
        self.model = ""
        self.probes: Mapping[str, Any] = {}
        self.deselected = 0
        self.problems: list[str] = []
        self.leaked = False
        self._note = ""
        self._met: dict[str, Met] = {}

    def at_the_end(self, process: str, output: Mapping[str, Any]) -> None:
        """Take what a process knew when it ended, as its `Execution.summary` gave it."""
        self.pulses[process] = Pulse(**output["pulse"])
        version = output["version"]
        self._met[process] = Met(frozenset(output["nodes"]), version["version"] if version else "")
        if output["leaked"]:
            self.leaked = True
            self.problems.append(f"process {process} was about to print a secret: taken out, and this run fails")
        if output["left"]:
            self.problems.append(output["left"])
        self._note = self._note or output["note"]
        self.version = self.version or version
        self.model = self.model or output["model"]
        self.probes = self.probes or output["probes"]
        self.deselected = max(self.deselected, output["deselected"])

    def compare_processes(self) -> None:
        """See to it that all processes judged the same instance: where they did not, none has seen it well."""
        if problem := difference(self._met.values()):
            self.pulses = {process: Pulse(0.0, pulse.problem or problem) for process, pulse in self.pulses.items()}

    def lost(self) -> set[str]:
        """Give each way in which the target was lost once, however many processes and checks met it."""
        return {pulse.problem for pulse in self.pulses.values() if pulse.problem}

    def notes(self) -> tuple[str, ...]:
        """Give what decides nothing and has to be said."""
        return tuple(filter(None, (doubt(self._met.values()), self._note)))
