"""pip as a client: real, unmodified, sealed off from the machine and on a leash."""

import os
import shutil
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from artifactory_conformance.clients.arguments import (
    passwords_of,
    refuse_insecurity,
    refuse_secrets,
    spellings,
)
from artifactory_conformance.clients.effective import EffectiveConfiguration, read_configuration
from artifactory_conformance.clients.interpreter import (
    FoundPip,
    InterpreterFailed,
    make_virtual_environment,
    pip_of,
)
from artifactory_conformance.clients.leashed import ClientOutcome, Redact, run_leashed
from artifactory_conformance.clients.limits import DEFAULT_LIMITS, ClientLimits
from artifactory_conformance.clients.pip_run import PipRun, pip_run
from artifactory_conformance.clients.sealed_home import PipConfiguration, SealedHome

AS_WINDOWS = Path(__file__).with_name("as_windows.py")

# Exactly `python -m pip config set KEY VALUE`, but that VALUE never stands in a command line.
_CONFIG_SET = (
    "import os, runpy, sys; sys.argv[1:] = ['config', 'set', sys.argv[1], os.environ.pop('VALUE_TO_SET')]; "
    "runpy.run_module('pip', run_name='__main__', alter_sys=True)"
)
_IMPORT = "import importlib, sys; print(getattr(importlib.import_module(sys.argv[1]), '__version__', ''))"
_MASK = "****"


class ClientNotReady(Exception):
    """The client could not even be prepared: no virtual environment, or no pip in the interpreter."""


class ModuleDoesNotImport(Exception):
    """An installed module could not be imported in the virtual environment of its home."""


class NothingRunsThere(Exception):
    """The folder lies on a file system that is mounted noexec."""


def refuse_noexec(folder: Path) -> None:
    """Raise NothingRunsThere for a folder whose file system lets nobody execute a file."""
    if os.statvfs(folder).f_flag & os.ST_NOEXEC:
        raise NothingRunsThere(
            f"{folder} lies on a file system that is mounted noexec, so that no installed command can run there: "
            "give --reports=DIR a folder of another one, or mount it with exec"
        )


class Pip:
    """The pip of one interpreter.

    Args:
        redact: takes secrets out of a text; all that a run shows has passed it.
        secrets: what must never be in a command line. The collection is looked at before each run, so it may grow.
        python: an interpreter with pip 22.3 or newer; this process's own by default.
        limits: deadlines and amounts.
    """

    def __init__(
        self,
        *,
        redact: Redact,
        secrets: Collection[str] = (),
        python: Path = Path(sys.executable),
        limits: ClientLimits = DEFAULT_LIMITS,
    ) -> None:
        self._redact, self._secrets = redact, secrets
        self._python, self._limits = python.absolute(), limits

    def install(
        self,
        requirements: Sequence[str | Path],
        *,
        home: SealedHome,
        index_url: str | None = None,
        options: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        sdists: bool = False,
        as_windows: bool = False,
        deadline: float | None = None,
    ) -> PipRun:
        """Run ``pip install`` into the home's virtual environment, which is made at the first run.

        Where nothing names an index (neither this call, nor a file of the home, nor the check's own variables), pip is
        given one that does not exist: it never falls back to the public one.

        Args:
            requirements: specifiers, and paths of requirements files.
            home: where it runs; its files are the only ones that configure pip.
            index_url: may hold credentials; it is given to pip by environment.
            options: further options of ``pip install``.
            environment: further variables.
            sdists: whether source distributions may be built. That runs upstream code, and pip's own subprocess for
                the build requirements gets the index URL by command line, credentials included.
            as_windows: whether pip looks for its files where it does on Windows; it then only says what it would
                install.
            deadline: seconds, instead of the usual ones.

        Raises:
            SecretInArguments: the command line would show a secret.
            InsecureOption: verification of certificates would be off.
            ClientTimedOut: the deadline passed, and everything was killed.
            ClientNotReady: there is no pip or no virtual environment to run.
        """
        own = {**({} if index_url is None else {"PIP_INDEX_URL": index_url}), **(environment or {})}
        if as_windows:
            own = {**home.windows_variables(), **own}
        run = home.new_run()
        found = self._found()
        argv = self._command(found, home, run / "report.json", requirements, options, sdists, as_windows)
        hidden = passwords_of(own.get("PIP_INDEX_URL"))
        refuse_secrets(argv, {*self._secrets, *hidden})
        refuse_insecurity(argv, own)
        self._prepare(home)
        variables = home.environment({**own, **({} if as_windows else found.variables)})
        redact = self._masking(hidden)
        outcome = run_leashed(
            home.within(argv),
            environment=variables,
            cwd=home.cwd,
            output=run,
            limits=self._limits,
            redact=redact,
            deadline=deadline,
        )
        return pip_run(
            outcome,
            run / "report.json",
            pip_version=found.version,
            machine_configuration=home.machine_configuration(variables),
            redact=redact,
        )

    def imports(self, home: SealedHome, module: str) -> str:
        """Import an installed module with the home's own interpreter.

        Returns:
            its `__version__`, or nothing where it has none.

        Raises:
            ModuleDoesNotImport: with the end of the traceback.
        """
        outcome = self._run(home, [str(home.venv / "bin" / "python"), "-I", "-c", _IMPORT, module])
        if not outcome.ok:
            raise ModuleDoesNotImport(f"{module}: {outcome.stderr.strip()[-1000:]}")
        return outcome.stdout.strip()

    def runs(self, home: SealedHome, script: str, *arguments: str) -> ClientOutcome:
        """Run an entry point that was installed into the home's virtual environment.

        Raises:
            NothingRunsThere: no file of that folder may be executed, whatever was installed.
        """
        refuse_noexec(home.venv)
        return self._run(home, [str(home.venv / "bin" / script), *arguments])

    def configure(self, home: SealedHome, key: str, value: str) -> ClientOutcome:
        """Run ``pip config set``, the value by environment; from then on pip reads what it has written.

        Raises:
            ClientNotReady: pip has written nothing.
        """
        variables = {**home.environment(), "VALUE_TO_SET": value}
        for name in ("PIP_CONFIG_FILE", "PIP_INDEX_URL"):  # the first keeps pip from every file
            variables.pop(name, None)
        outcome = run_leashed(
            [str(self._python), "-I", "-c", _CONFIG_SET, key],
            environment=variables,
            cwd=home.cwd,
            output=home.new_run(),
            limits=self._limits,
            redact=self._masking(passwords_of(value)),
        )
        try:
            home.take_over(PipConfiguration.USER)
        except FileNotFoundError:
            raise ClientNotReady(f"pip config set wrote nothing: {outcome.stdout}{outcome.stderr}") from None
        return outcome

    def configuration(self, home: SealedHome, environment: Mapping[str, str] | None = None) -> EffectiveConfiguration:
        """Ask pip itself what configures it in a home, its virtual environment included.

        environment: further variables, as for `install`.
        """
        found = self._found()
        self._prepare(home)
        variables = home.environment({**(environment or {}), **found.variables})
        output = home.new_run()
        outcome = run_leashed(
            [*found.working_in(home.venv / "bin" / "python"), "config", "debug"],
            environment=variables,
            cwd=home.cwd,
            output=output,
            limits=self._limits,
            redact=self._redact,
        )
        if not outcome.ok:
            raise ClientNotReady(f"pip config debug: {outcome.stderr}")
        debugged = (output / "stdout").read_text(encoding="utf-8", errors="replace")
        return read_configuration(debugged, variables)

    def _command(
        self,
        found: FoundPip,
        home: SealedHome,
        report: Path,
        requirements: Sequence[str | Path],
        options: Sequence[str],
        sdists: bool,
        as_windows: bool,
    ) -> list[str]:
        named = [
            part for item in requirements for part in (("-r", str(item)) if isinstance(item, Path) else (str(item),))
        ]
        there = [str(self._python), "-I", str(AS_WINDOWS), "install", "--dry-run", "--ignore-installed"]
        return [
            *(there if as_windows else [*found.working_in(home.venv / "bin" / "python"), "install"]),
            # Without --no-input pip waits for ever on a 401; its cache would hide what is answered now (client C17).
            *("--no-input", "--no-cache-dir", "--disable-pip-version-check", "--progress-bar", "off"),
            *("--retries", str(self._limits.retries), "--timeout", str(self._limits.answer_seconds)),
            *(() if sdists else ("--only-binary", ":all:")),
            *("--report", str(report)),
            *options,
            *named,
        ]

    def _found(self) -> FoundPip:
        try:
            return pip_of(self._python)
        except InterpreterFailed as error:
            raise ClientNotReady(f"no pip: {error}") from None

    def _prepare(self, home: SealedHome) -> None:
        """Make the virtual environment if there is none, and write its configuration."""
        if not (home.venv / "pyvenv.cfg").exists():
            try:
                make_virtual_environment(self._python, home.venv)
            except InterpreterFailed as error:
                shutil.rmtree(home.venv, ignore_errors=True)
                raise ClientNotReady(f"no virtual environment: {error}") from None
        home.settle_configuration()

    def _run(self, home: SealedHome, argv: Sequence[str]) -> ClientOutcome:
        refuse_secrets(argv, self._secrets)
        return run_leashed(
            argv,
            environment=home.environment(),
            cwd=home.cwd,
            output=home.new_run(),
            limits=self._limits,
            redact=self._redact,
        )

    def _masking(self, hidden: Collection[str]) -> Redact:
        """The caller's redaction, after this run's own passwords are gone in whatever spelling."""
        forms = sorted({form for secret in hidden for form in spellings(secret)}, key=len, reverse=True)

        def mask(text: str) -> str:
            for form in forms:
                text = text.replace(form, _MASK)
            return self._redact(text)

        return mask
