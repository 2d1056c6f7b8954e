"""pip as checks use it: one sealed home, every run recorded as evidence of the check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path

from artifactory_conformance.clients.effective import EffectiveConfiguration
from artifactory_conformance.clients.leashed import ClientTimedOut
from artifactory_conformance.clients.pip import Pip
from artifactory_conformance.clients.pip_run import PipRun
from artifactory_conformance.clients.sealed_client import SealedClient
from artifactory_conformance.clients.sealed_home import PipConfiguration


class Installer(SealedClient):
    """Real pip. A run counts as an exchange with the target when pip's own report shows that something came from there.

    See `SealedClient` for the arguments.
    """

    reaches_target_alone = False

    @cached_property
    def _pip(self) -> Pip:
        return Pip(redact=self._redactor.without_secrets, limits=self._limits)

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
            with self._turn():
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
        reached = any(self._is_of_target(found.url) for found in run.distributions)
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
