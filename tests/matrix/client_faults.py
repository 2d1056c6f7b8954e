"""A pytest plugin: one client that misbehaves (`-p tests.matrix.client_faults --client NAME`).

What an instance answers cannot make a check of a client's own conduct fail: whom it asks beside the instance, which
place it reads, what it writes down. So here the client does otherwise, by what it is started with or what it leaves.
"""

from __future__ import annotations

import os
import re
import shutil
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from artifactory_conformance.clients import pip, tool

PIP_CONF = Path("pip/pip.conf")
ELSEWHERE = "http://elsewhere.invalid/simple/"
INDEX_LINE = re.compile(r"^--index-url.*\n", re.MULTILINE)
HASH = re.compile(r" *\\?\s*--hash=\S+")


@dataclass
class Start:
    """What a client is started with; a fault may change it. program: its name."""

    program: str
    argv: list[str]
    environment: dict[str, str]
    cwd: Path

    @property
    def home(self) -> Path:
        """The home folder that it sees."""
        return Path(self.environment["HOME"])

    def rewrite_requirements(self, lines: re.Pattern[str], instead: str = "") -> None:
        """Take lines out of the requirements that it is to read."""
        for file in self.cwd.glob("requirements*"):
            file.write_text(lines.sub(instead, file.read_text("utf-8")), encoding="utf-8")

    def ask_elsewhere(self) -> None:
        """Ask a host that is not the instance's, the way that the client's own requests take."""
        proxies = {kind: self.environment[f"{kind}_proxy"] for kind in ("http", "https")}
        opener = urllib.request.build_opener(urllib.request.ProxyHandler(proxies))
        with suppress(OSError):
            opener.open(ELSEWHERE, timeout=10).close()

    def note_secrets(self) -> None:
        """Write down what it was given by environment and by netrc."""
        netrc = self.home / ".netrc"
        noted = "\n".join([*self.environment.values(), netrc.read_text("utf-8") if netrc.is_file() else ""])
        (self.home / "debug.log").write_text(noted, encoding="utf-8")


Misbehave = Callable[[Start], AbstractContextManager[None]]


@dataclass(frozen=True)
class ClientFault:
    """`stands_for` are the ids that it breaks, its own one first. misbehave: the context in which a client runs."""

    name: str
    stands_for: tuple[str, ...]
    meaning: str
    misbehave: Misbehave


def _fault(name: str, meaning: str, *stands_for: str) -> Callable[[Callable[[Start], Iterator[None]]], ClientFault]:
    return lambda context: ClientFault(name, stands_for, meaning, contextmanager(context))


def _before(program: str, name: str, meaning: str, change: Callable[[Start], Any], *stands_for: str) -> ClientFault:
    """Make a fault of a change before a program starts."""

    @_fault(f"{program}-{name}", f"{program} {meaning}.", *stands_for)
    def made(start: Start) -> Iterator[None]:
        if start.program == program:
            change(start)
        yield

    return made


def _fail(start: Start) -> None:
    start.argv = [shutil.which("false") or "false"]


def _fail_alone(start: Start) -> None:
    if "--no-deps" in start.argv:
        _fail(start)


def _read_no_pip_conf(start: Start) -> None:
    start.environment["PIP_CONFIG_FILE"] = os.devnull


def _let_the_machines_file_win(start: Start) -> None:
    for folder in start.environment["XDG_CONFIG_DIRS"].split(os.pathsep):
        file = Path(folder) / PIP_CONF
        if file.is_file() and (found := re.search(r"index-url = (\S+)", file.read_text("utf-8"))):
            start.environment["PIP_INDEX_URL"] = found[1]
            start.environment.pop("PIP_CONFIG_FILE", None)


def _take_any_hash(start: Start) -> None:
    start.argv = [part for part in start.argv if part != "--require-hashes"]
    start.rewrite_requirements(HASH)


@_fault("pip-sync-leaves-what-is-gone", "pip-sync takes nothing away.", "users 2.1", "CLIENT-10", "T27")
def _leaving(start: Start) -> Iterator[None]:
    kept = start.cwd / "kept"
    places = list((start.cwd.parent / "venv").glob("lib/python*/site-packages"))
    if start.program == "pip-sync":
        for place in places:
            shutil.copytree(place, kept, dirs_exist_ok=True)
    yield
    if start.program == "pip-sync":
        for place in places:
            shutil.copytree(kept, place, dirs_exist_ok=True)


@_fault("pdm-reads-no-netrc", "pdm does not read a netrc.", "users 2.1", "CLIENT-10")
def _without_netrc(start: Start) -> Iterator[None]:
    netrc, aside = start.home / ".netrc", start.home / "aside"
    if start.program == "pdm" and netrc.is_file():
        netrc.rename(aside)
    yield
    if aside.is_file():
        aside.rename(netrc)


ALONE = ("CLIENT-10", "users 2.1", "T25", "T26", "client C14")
HASHES = ("T27", "client C24", "U15")
CLIENT_FAULTS: Mapping[str, ClientFault] = {
    one.name: one
    for one in (
        *(
            _before(program, "asks-elsewhere-as-well", "asks another host as well", Start.ask_elsewhere, *ALONE)
            for program in ("uv", "pip-compile", "poetry", "pdm", "pipenv")
        ),
        *(
            _before(program, "notes-passwords", "writes down what it was given", Start.note_secrets, "CLIENT-14")
            for program in ("uv", "pip-sync", "poetry", "pdm")
        ),
        *(
            _before(program, "fails", "fails", _fail, "CLIENT-10", id_)
            for program, id_ in (("poetry", "T26"), ("pdm", "users 2.1"), ("pipenv", "B-26"))
        ),
        *(
            _before(program, "takes-any-hash", "does not compare hashes", _take_any_hash, *HASHES)
            for program in ("uv", "pip-sync")
        ),
        *(
            _before(
                program,
                "passes-over-index-lines",
                "passes over the index line of what it is to read",
                lambda start: start.rewrite_requirements(INDEX_LINE),
                *("CLIENT-10", "T25", "users 2.1"),
            )
            for program in ("uv", "pip-compile")
        ),
        _before("uv", "installs-nothing-alone", "installs nothing without its requirements", _fail_alone, "CLIENT-10"),
        _before("pip-compile", "reads-no-pip-conf", "reads no pip.conf", _read_no_pip_conf, "CLIENT-10", "users 2.1"),
        _before(
            *("pip", "lets-the-machines-file-win", "takes the index of the file below /etc/xdg before any other"),
            _let_the_machines_file_win,
            *("users 2.1", "client C7"),
        ),
        _leaving,
        _without_netrc,
    )
}
"""All by name."""

PROGRAMS = ("pip-compile", "pip-sync", "uv", "poetry", "pdm", "pipenv", "twine")


def _program(argv: Sequence[str]) -> str:
    """Name the client that a command line starts: pip is started by an interpreter."""
    names = [Path(part).name for part in argv]
    return next((name for name in names if name in PROGRAMS), "pip" if "--report" in argv else "")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--client", choices=list(CLIENT_FAULTS), help="the client that misbehaves, and how")


def pytest_configure(config: pytest.Config) -> None:
    name = config.getoption("--client")
    for module in (tool, pip) if name else ():
        module.run_leashed = _misbehaving(module.run_leashed, CLIENT_FAULTS[name])  # type: ignore[attr-defined]


def _misbehaving(real: Callable[..., Any], fault: ClientFault) -> Callable[..., Any]:
    def run_leashed(argv: Sequence[str], *, environment: Mapping[str, str], cwd: Path, **more: Any) -> Any:
        start = Start(_program(argv), list(argv), dict(environment), cwd)
        with fault.misbehave(start):
            return real(start.argv, environment=start.environment, cwd=cwd, **more)

    return run_leashed
