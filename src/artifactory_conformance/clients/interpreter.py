"""What an interpreter gives a client: virtual environments, and the pip that it has. Both are asked of it alone."""

import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# The second line is the script by which pip starts itself anew with another interpreter, as `--python` wants it.
_PIP = (
    "import importlib.metadata, importlib.util, pathlib; print(importlib.metadata.version('pip')); "
    "print(pathlib.Path(importlib.util.find_spec('pip').origin).resolve().with_name('__pip-runner__.py'))"
)
_SECONDS = 60.0


class InterpreterFailed(Exception):
    """An interpreter did not make a virtual environment, or has no pip; the message is the end of what it said."""


@dataclass(frozen=True)
class FoundPip:
    """The pip of an interpreter.

    Attributes:
        python: the interpreter.
        version: as its metadata says.
        runner: the script by which it runs with another interpreter; None where this pip has none.
    """

    python: Path
    version: str
    runner: Path | None

    def working_in(self, python: Path) -> list[str]:
        """The command that is this pip, working in the environment of another interpreter.

        Where pip has a runner, that is what pip itself starts for `--python`, without the pip before it that would do
        nothing but start this one.
        """
        command = [str(self.python), "-I", "-m", "pip"] if self.runner is None else [str(python), str(self.runner)]
        return [*command, "--python", str(python)]

    @property
    def variables(self) -> dict[str, str]:
        """What the environment of that command needs, so that it does not start itself once more."""
        return {} if self.runner is None else {"_PIP_RUNNING_IN_SUBPROCESS": "1"}


@cache
def pip_of(python: Path) -> FoundPip:
    """Ask an interpreter for its pip, once per process.

    Raises:
        InterpreterFailed: it has none.
    """
    version, _, runner = _ask(python, "-c", _PIP).strip().partition("\n")
    return FoundPip(python, version, Path(runner) if runner and Path(runner).is_file() else None)


def make_virtual_environment(python: Path, folder: Path) -> None:
    """Do what `PYTHON -m venv --without-pip FOLDER` does, in this process where it is our own interpreter's.

    Raises:
        InterpreterFailed: there is no environment now.
    """
    if python != Path(sys.executable).absolute():
        _ask(python, "-m", "venv", "--without-pip", str(folder))
        return
    try:
        venv.EnvBuilder(symlinks=os.name != "nt").create(folder)
    except (OSError, ValueError) as error:
        raise InterpreterFailed(str(error)) from error


def _ask(python: Path, *arguments: str) -> str:
    try:
        answer = subprocess.run(
            [str(python), "-I", *arguments],
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InterpreterFailed(str(error)) from error
    if answer.returncode:
        raise InterpreterFailed(f"{python}: {answer.stderr.strip()[-1000:]}")
    return answer.stdout
