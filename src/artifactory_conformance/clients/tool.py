"""A client other than pip: found on this machine, run in a sealed home that reaches the target alone, and recorded."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import ClassVar

from artifactory_conformance.clients.arguments import passwords_of, refuse_secrets
from artifactory_conformance.clients.client_run import ClientRun, InstalledDistribution, client_run
from artifactory_conformance.clients.interpreter import make_virtual_environment
from artifactory_conformance.clients.leashed import ClientOutcome, ClientTimedOut, run_leashed
from artifactory_conformance.clients.sealed_client import SealedClient

Read = Callable[[], Sequence[InstalledDistribution]]


class ToolMissing(Exception):
    """The client is not installed on this machine. The plugin does not run a check that asks for it."""


@cache
def find(program: str) -> Path | None:
    """Give where a program is: beside this interpreter, else on the PATH; None if nowhere."""
    beside = Path(sys.executable).parent / program
    elsewhere = shutil.which(program)
    return beside if beside.is_file() else Path(elsewhere) if elsewhere else None


class Tool(SealedClient):
    """One client that reaches the target alone. See `SealedClient` for the arguments.

    program: its command. distribution: the Python distribution that it comes in. asked: how it says which address it
    has asked, with a group for that; None where it says no such thing.
    """

    program: ClassVar[str]
    distribution: ClassVar[str]
    asked: ClassVar[re.Pattern[str] | None] = None

    @property
    def version(self) -> str:
        """The client's version; empty where it is not installed beside this interpreter."""
        try:
            return importlib.metadata.version(self.distribution)
        except importlib.metadata.PackageNotFoundError:
            return ""

    def installed(self) -> dict[str, str]:
        """Give what the home's virtual environment holds: version by name."""
        places = [str(path) for path in self.home.venv.glob("lib/python*/site-packages")]
        return {found.metadata["Name"]: found.version for found in importlib.metadata.distributions(path=places)}

    def _make_environment(self) -> Path:
        """Make the home's virtual environment, without pip, if there is none; its interpreter."""
        python = self.home.venv / "bin" / "python"
        if not python.exists():
            make_virtual_environment(Path(sys.executable).absolute(), self.home.venv)
        return python

    def _run(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        read: Read = tuple,
        *,
        secrets: Sequence[str] = (),
        index_url: str = "",
    ) -> ClientRun:
        """Run the client and record it; it counts as an exchange with the target when it succeeds and shows one.

        read: gives what its own record says that it chose, once it has succeeded. secrets: what else its output must
        not show, besides the passwords of URLs in the environment. index_url: the only one it was given, where its
        record has no URLs. Raises ToolMissing, SecretInArguments and ClientTimedOut.
        """
        program = find(self.program)
        if program is None:
            raise ToolMissing(self.program)
        hidden = {*secrets, *(password for value in environment.values() for password in passwords_of(value))}
        argv = [str(program), *arguments]
        refuse_secrets(argv, hidden)
        for secret in hidden:
            self._redactor.add(secret)
        try:
            with self._turn():
                outcome = self._leashed(argv, environment)
        except ClientTimedOut as error:
            self._recorder.client_run(error.as_evidence(), reached_target=False)
            raise
        try:
            chosen = read() if outcome.ok else ()
        except Exception:
            self._recorder.client_run(self._ended(outcome).as_evidence(), reached_target=False)
            raise
        run = self._ended(outcome, chosen)
        self._recorder.client_run(run.as_evidence(), reached_target=run.ok and self._shows_an_exchange(run, index_url))
        return run

    def _shows_an_exchange(self, run: ClientRun, index_url: str) -> bool:
        """Tell whether something came from the target: a file, an answer, or a hash, which only an index can know."""
        said = self.asked.findall(f"{run.stdout}\n{run.stderr}") if self.asked else []
        if any(self._is_of_target(url) for url in (*said, *(found.url for found in run.distributions))):
            return True
        return self._is_of_target(index_url) and any(found.sha256 and not found.url for found in run.distributions)

    def _ended(self, outcome: ClientOutcome, chosen: Sequence[InstalledDistribution] = ()) -> ClientRun:
        return client_run(outcome, self.program, self.version, chosen)

    def _leashed(self, argv: Sequence[str], environment: Mapping[str, str]) -> ClientOutcome:
        return run_leashed(
            self.home.within(argv),
            environment=self.home.environment(environment),
            cwd=self.home.cwd,
            output=self.home.new_run(),
            limits=self._limits,
            redact=self._redactor.without_secrets,
        )
