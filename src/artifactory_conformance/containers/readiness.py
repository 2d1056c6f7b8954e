"""Waiting until an Artifactory in a container can be used, with a line now and then that says how far it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum

from artifactory_conformance.artifactory.errors import message_of
from artifactory_conformance.artifactory.health import HEALTH, all_well
from artifactory_conformance.artifactory.system import CONTENT
from artifactory_conformance.containers.causes import likely_reason
from artifactory_conformance.containers.engine import Engine
from artifactory_conformance.evidence import Answer, RecordedSession, TargetUnreachable
from artifactory_conformance.limits import LIMITS, Limits

LAST_LINES = 5
"""Lines of a container that a failed start is told with."""

LONGEST_LINE = 160
"""Characters of a line that is told."""


class NotStarted(Exception):
    """The Artifactory did not become ready. The message has the phase, the likely reason and its last words."""


class EulaNotAccepted(Exception):
    """The edition serves nobody before its EULA was accepted. The message is one line and says what to do."""


class Phase(str, Enum):
    """How far a start is (admin 2.5, its recommended order)."""

    CONTAINER = "the container runs, nothing answers yet"
    ROUTER = "the router answers, not all services are well"
    PING = "all services are well, Artifactory does not answer the ping"
    VERSION = "Artifactory answers, and does not tell its version yet"
    READY = "ready"


class Readiness:
    """Watches one start.

    container: its id. platform: a session at the root of port 8082, for its health. artifactory: an administrator's.
    tell: takes the lines. accept_eula: somebody has read it, where one is asked for.
    """

    def __init__(
        self,
        engine: Engine,
        container: str,
        platform: RecordedSession,
        artifactory: RecordedSession,
        tell: Callable[[str], None],
        limits: Limits = LIMITS,
        *,
        accept_eula: bool = False,
    ) -> None:
        self._engine = engine
        self._container = container
        self._platform = platform
        self._artifactory = artifactory
        self._tell = tell
        self._limits = limits
        self._accept_eula = accept_eula

    def wait(self) -> None:
        """Wait until it has told its version twice in a row.

        Raises NotStarted when it ends or takes too long, EulaNotAccepted when it asks for what nobody has accepted.
        """
        began = told = time.monotonic()
        last: Phase | None = None
        seen = 0
        while seen < 2:
            phase = self._phase()
            seen = seen + 1 if phase is Phase.READY else 0
            now = time.monotonic()
            if phase is not last or now - told > self._limits.progress:
                self._tell(f"{now - began:4.0f} s: {phase.value}{self._last_line()}")
                last, told = phase, now
            refuse_ended(self._engine, self._container)
            if now - began > self._limits.containers_ready:
                limit = f"after {self._limits.containers_ready:g} s: {phase.value}"
                raise NotStarted(failure(self._engine, self._container, limit))
            time.sleep(self._limits.containers_pause)
        time.sleep(self._limits.settled_start)

    def _phase(self) -> Phase:
        health = self._ask(self._platform, HEALTH)
        if health is None:
            return Phase.CONTAINER
        if health.status != 200 or not all_well(health.body):
            return Phase.ROUTER
        ping = self._ask(self._artifactory, "api/system/ping")
        self._see_eula(ping)
        if ping is None or ping.status != 200 or ping.text.strip() != "OK":
            return Phase.PING
        version = self._ask(self._artifactory, "api/system/version")
        self._see_eula(version)
        self._see_eula(self._ask(self._artifactory, CONTENT))
        # Credentials that are refused are for whoever uses it to tell; it is up.
        return Phase.READY if version is not None and version.status in {200, 401, 403} else Phase.VERSION

    def _see_eula(self, answer: Answer | None) -> None:
        """Accept the EULA where one is asked for: 503 with a text that names it, as JCR does (admin 2.6)."""
        if answer is None or answer.status != 503 or "eula" not in answer.text.lower():
            return
        if not self._accept_eula:
            raise EulaNotAccepted(
                f"the Artifactory says {message_of(answer)!r}: read JFrog's EULA, and give --artifactory-accept-eula"
            )
        self._tell("accepting the EULA, as --artifactory-accept-eula says")
        self._artifactory.request("POST", "ui/jcr/eula/accept")

    @staticmethod
    def _ask(session: RecordedSession, path: str) -> Answer | None:
        try:
            return session.request("GET", path)
        except TargetUnreachable:
            return None

    def _last_line(self) -> str:
        lines = self._engine.last_lines(self._container, 1)
        return f"; last line: {lines[0][:LONGEST_LINE]}" if lines else ""


def refuse_ended(engine: Engine, container: str) -> None:
    """Raise NotStarted if a container has ended already, with its last words and the likely reason."""
    state = engine.state(container)
    if not state.runs:
        raise NotStarted(failure(engine, container, f"the container ended with {state.exit_code}"))


def failure(engine: Engine, container: str, what: str) -> str:
    """Give the message of a start that failed: what was seen, the likely reason, the container's last lines."""
    lines = [line[:LONGEST_LINE] for line in engine.last_lines(container, LAST_LINES)]
    reason = likely_reason(lines, engine.state(container))
    told = f"; likely reason: {reason}" if reason else ""
    return f"the Artifactory did not start: {what}{told}; last lines: {' | '.join(lines) or 'none'}"
