"""pip as checks use it: one sealed home, every run recorded as evidence of the check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType

from artifactory_conformance.clients.effective import EffectiveConfiguration
from artifactory_conformance.clients.leashed import ClientTimedOut
from artifactory_conformance.clients.limits import ClientLimits
from artifactory_conformance.clients.pip import Pip
from artifactory_conformance.clients.pip_run import PipRun
from artifactory_conformance.clients.sealed_home import DIRECT, Network, PipConfiguration, SealedHome
from artifactory_conformance.evidence import Recorder, Redactor
from artifactory_conformance.limits import LIMITS, Limits


class Installer:
    """Real pip in a sealed home of its own, which is gone when the `with` block ends.

    scratch: a folder that the home is made in. base: the target's address; a run counts as an exchange with the target
    when pip's own report shows that something came from there. network: what is trusted, and proxies.
    """

    def __init__(
        self,
        scratch: Path,
        recorder: Recorder,
        redactor: Redactor,
        base: str,
        limits: Limits = LIMITS,
        network: Network = DIRECT,
    ) -> None:
        self._recorder = recorder
        self._base = base
        self.home = SealedHome(scratch, network=network)
        self._pip = Pip(redact=redactor.text, limits=ClientLimits(run_seconds=limits.client_run))

    def __enter__(self) -> Installer:
        self.home.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.home.__exit__(kind, error, trace)

    def install(
        self,
        *requirements: str | Path,
        index_url: str | None = None,
        options: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        sdists: bool = False,
        as_windows: bool = False,
    ) -> PipRun:
        """Install into the home's virtual environment; whatever comes of it is in the run that is given back.

        requirements: specifiers, and paths of requirements files. index_url: may hold credentials; pip gets it by
        environment. as_windows: with the paths of Windows, and only as far as saying what would be installed. Raises
        ClientTimedOut after limits.client_run seconds.
        """
        try:
            run = self._pip.install(
                requirements,
                home=self.home,
                index_url=index_url,
                options=options,
                environment=environment,
                sdists=sdists,
                as_windows=as_windows,
            )
        except ClientTimedOut as error:
            self._recorder.client_run(error.as_evidence(), reached_target=False)
            raise
        reached = any(found.url.startswith(self._base) for found in run.distributions)
        self._recorder.client_run(run.as_evidence(), reached_target=run.ok and reached)
        return run

    def configure(self, index_url: str) -> Path:
        """Let pip itself write its configuration: `pip config set global.index-url`; the file that it wrote.

        index_url: may hold credentials, and stands in no command line.
        """
        outcome = self._pip.configure(self.home, "global.index-url", index_url)
        self._recorder.client_run({"client": "pip", **asdict(outcome)}, reached_target=False)
        return self.home.home / PipConfiguration.USER.value

    def configuration(self, environment: Mapping[str, str] | None = None) -> EffectiveConfiguration:
        """Ask pip what configures it here; environment: further variables. Nothing in the answer is secret."""
        return self._pip.configuration(self.home, environment)

    def version_of(self, module: str) -> str:
        """Import an installed module with the home's interpreter; give its `__version__`."""
        return self._pip.imports(self.home, module)
