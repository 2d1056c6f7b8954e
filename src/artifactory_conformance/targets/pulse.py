"""Whether the target is there, lets us in, is an Artifactory, and is still the one that it was."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from artifactory_conformance.artifactory import System, SystemVersion
from artifactory_conformance.artifactory.errors import ArtifactoryRefused
from artifactory_conformance.evidence import Credentials, RecordedSession, TargetUnreachable
from artifactory_conformance.targets.base import Connections, Target
from artifactory_conformance.targets.refusal import in_words
from artifactory_conformance.targets.signs import NotRecognized, Signs, of_artifactory
from artifactory_conformance.verdicts import Level, Pulse

FIRST_LOOKS = 3
"""Looks of the preflight: behind a load balancer they can meet several nodes, which then all count as the target."""


@dataclass
class Heart:
    """The heartbeat of one process: a preflight, looks in between, and a last one.

    A target that was lost once stays lost for this process: what comes after it is not the target that was judged.
    ask: asks for what the target is known by. level: the one that this needs.
    """

    target: Target
    connections: Connections
    problem: str = ""
    last_good: float = 0.0
    last_look: float = 0.0
    version: SystemVersion | None = None
    nodes: set[str] = field(default_factory=set)
    model: str = ""
    ask: Callable[[RecordedSession], Signs] = of_artifactory
    level: Level = Level.OBSERVE

    def preflight(self) -> None:
        """Look for the first time; sets `problem` if the target is not usable."""
        for _ in range(FIRST_LOOKS):
            if not self.problem:
                self._look(first=True)

    def look(self) -> None:
        """Look again."""
        if not self.problem:
            self._look(first=False)

    def pulse(self) -> Pulse:
        """Give what is known now."""
        return Pulse(self.last_good, self.problem)

    def _look(self, *, first: bool) -> None:
        credentials = self.target.user or self.target.administrator or Credentials()
        started = time.time()
        self.last_look = started
        limits = self.connections.limits
        brief = replace(self.connections, limits=replace(limits, read=limits.pulse, exchange=limits.pulse))
        session = brief.to_target(self.target.base, credentials, self.level)
        try:
            signs = self.ask(session)
            if signs.version and self.version is None and first:
                self.version = System(session).with_edition(signs.version)
        except TargetUnreachable as error:
            self._lost(f"the target does not answer: {error}")
            return
        except ArtifactoryRefused as error:
            self._lost(f"the target {in_words(error.answer, credentials)}")
            return
        except NotRecognized as error:
            self._lost(f"the target {error}")
            return
        finally:
            session.close()
        if first:
            self.nodes.add(signs.node)
            self.model = signs.model
        elif signs.version != self.version or signs.node not in self.nodes:
            was = f"{_named(self.version)}({', '.join(sorted(self.nodes))})"
            self._lost(f"another instance answers: {_named(signs.version)}({signs.node}) instead of {was}")
            return
        self.last_good = started

    def _lost(self, problem: str) -> None:
        words = self.target.last_words()
        self.problem = f"{problem}; last words: {words}" if words else problem


def _named(version: SystemVersion | None) -> str:
    return f"{version.version} " if version else ""
