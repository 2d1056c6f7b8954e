"""One reference model as a process, with an administrator whose password is this run's own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from artifactory_conformance.artifactory import Security, System
from artifactory_conformance.artifactory.logs import LogFile
from artifactory_conformance.evidence import Credentials, RecordedSession
from artifactory_conformance.targets.base import Connections
from artifactory_conformance.targets.model_control import ModelControl
from artifactory_conformance.targets.service import Service
from artifactory_conformance.verdicts import Level

MODULE = "artifactory_conformance.reference"
FRESH_PASSWORD = "password"


class Model:
    """A model that runs.

    arguments: further options of the service. state: the folder that its log files go to. Raises ServiceFailed,
    TargetUnreachable or ArtifactoryRefused when it is not usable.
    """

    def __init__(
        self, *arguments: str, state: Path, scratch: Path, connections: Connections, make_secret: Callable[[], str]
    ) -> None:
        self._state = state
        self._connections = connections
        self.service = Service(MODULE, *arguments, "--state-dir", str(state), cwd=scratch)
        try:
            self.base = f"{self.service.url}/artifactory"
            self._control = ModelControl(connections.to_catalog(self.service.url))
            self.administrator = Credentials("admin", FRESH_PASSWORD)
            # On the free edition neither users nor repositories can be made over REST (admin 1.2).
            self.serves_pypi = System(self._as_administrator()).detect().serves_pypi
            if self.serves_pypi:
                self._take_over(make_secret())
        except BaseException:
            self.service.stop()
            raise

    def _as_administrator(self) -> RecordedSession:
        return self._connections.to_target(self.base, self.administrator, Level.MUTATE)

    def _take_over(self, password: str) -> None:
        self._connections.redactor.add(password)
        Security(self._as_administrator()).set_password("admin", password)
        self.administrator = Credentials("admin", password)

    def go_down(self) -> None:
        """End it; what it held was in memory."""
        self.service.stop()

    def elapse(self, seconds: float) -> None:
        """Move its clock."""
        self._control.elapse(seconds)

    def with_full_store(self) -> AbstractContextManager[None]:
        """Have no room in its store for a while."""
        return self._control.with_full_store()

    def read_log(self, file: LogFile) -> bytes:
        """Give a log file."""
        path = self._state / "log" / file.value
        return path.read_bytes() if path.exists() else b""
