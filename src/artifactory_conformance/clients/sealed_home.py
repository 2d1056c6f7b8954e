"""A fresh folder and a closed environment, so that nothing of the machine feeds a client and nothing of it stays."""

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import count
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from artifactory_conformance.clients.arguments import refuse_insecure_text
from artifactory_conformance.clients.machine_configuration import MACHINE_FILES, NO_INDEX, counterweight, joined
from artifactory_conformance.clients.private_etc import PrivateEtc
from artifactory_conformance.evidence import Redactor

NO_PROXY_THERE = "http://127.0.0.1:9"
"""An address at which nobody listens: the port belongs to the discard service."""

ONE_CONNECTION = {"UV_CONCURRENT_DOWNLOADS": "1", "POETRY_INSTALLER_MAX_WORKERS": "1"}
"""How uv and poetry are kept from asking several things at once; pip does not, and others have no such setting."""

_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700


TRUST_VARIABLES = ("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")
"""Where clients look for a file of authorities: pip; uv and what uses OpenSSL itself; twine, poetry and their like."""


class PipConfiguration(Enum):
    """The places of pip's configuration: a user's, below the home folder, the machine's and the environment's."""

    USER = ".config/pip/pip.conf"  # where `pip config set` writes
    LEGACY = ".pip/pip.conf"  # read as well; the other one outweighs it (client C7)
    WINDOWS = "AppData/Roaming/pip/pip.ini"  # where a pip that runs as on Windows looks
    MACHINE = "/etc/pip.conf"  # of a private /etc, which only the clients of this home see
    XDG = "/etc/xdg/pip/pip.conf"  # the machine's as well; XDG_CONFIG_DIRS says where that is
    ENVIRONMENT = "pip.conf"  # of the virtual environment


class SealedHomeNotRemoved(Exception):
    """Something of a sealed home could not be deleted; it may hold credentials."""


@dataclass(frozen=True)
class Network:
    """How clients reach the index; none of it is taken from the machine.

    Attributes:
        ca_bundle: certificates to trust instead of the client's own.
        http_proxy: URL, which may hold a password.
        https_proxy: the same for TLS.
        no_proxy: hosts that are reached directly, comma-separated.
        agent: what pip adds to its own name; other clients have no such setting.
        one_connection: have those clients that fetch several things at once fetch one after the other.
    """

    ca_bundle: Path | None = None
    http_proxy: str | None = field(default=None, repr=False)
    https_proxy: str | None = field(default=None, repr=False)
    no_proxy: str | None = None
    agent: str = ""
    one_connection: bool = False

    def only(self, url: str) -> "Network":
        """The same, but that only the host of a URL is reached: all else goes to a proxy that is not there."""
        host = urlsplit(url).hostname
        return replace(self, http_proxy=NO_PROXY_THERE, https_proxy=NO_PROXY_THERE, no_proxy=host)

    def environment(self) -> dict[str, str]:
        """The variables that say so to every client and to whatever it starts."""
        trusted = "" if self.ca_bundle is None else str(self.ca_bundle.absolute())
        variables = dict.fromkeys(TRUST_VARIABLES, trusted) if trusted else {}
        named = {"http_proxy": self.http_proxy, "https_proxy": self.https_proxy, "no_proxy": self.no_proxy}
        for name, value in named.items():
            if value is not None:
                variables[name] = variables[name.upper()] = value
        if self.agent:
            variables["PIP_USER_AGENT_USER_DATA"] = self.agent
        if self.one_connection:
            variables |= ONE_CONNECTION
        return variables


DIRECT = Network()


class SealedHome:
    """Home, temporary and working folder of one user who is nobody on this machine; gone when the context ends.

    Args:
        scratch: a folder of the caller's, made if need be; the system's temporary folder is not used.
        network: trust and proxies.
        machine_files: pip's configuration files of this machine; another value is for tests.

    Attributes:
        home, tmp, cwd: the folders that a client sees.
        programs: a folder of programs that its PATH begins with.
        venv: where its virtual environment is, once somebody has made one (`Pip` does, at the first run).
        machine_files: see above.
    """

    def __init__(
        self, scratch: Path, *, network: Network = DIRECT, machine_files: tuple[Path, ...] = MACHINE_FILES
    ) -> None:
        scratch.mkdir(parents=True, exist_ok=True)
        self._root = Path(tempfile.mkdtemp(prefix="client-", dir=scratch)).resolve()
        self.home, self.tmp, self.cwd = (self._root / name for name in ("home", "tmp", "cwd"))
        for folder in (self.home, self.tmp, self.cwd, self._root / "runs"):
            folder.mkdir(mode=_PRIVATE_FOLDER)
        self.venv, self.programs = self._root / "venv", self._root / "programs"
        self.machine_files = machine_files
        self._network = network
        self._pip_configurations: dict[PipConfiguration, str] = {}
        self._etc: PrivateEtc | None = None
        self._given: set[Path] = set()
        self._numbers = count(1)

    def __enter__(self) -> "SealedHome":
        """The home is ready from the start."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Remove it, whatever happened."""
        self.remove()

    def __repr__(self) -> str:
        """The folder's name; what the files hold stays unsaid."""
        return f"SealedHome({self._root.name})"

    def remove(self) -> None:
        """Delete everything, folders and files without write permission included; a second call does nothing.

        Raises:
            SealedHomeNotRemoved: something is still there.
        """
        if not self._root.exists():
            return
        for folder, names, _ in os.walk(self._root):  # each folder is opened up before the walk descends into it
            for name in names:
                path = Path(folder, name)
                if not path.is_symlink():
                    path.chmod(_PRIVATE_FOLDER)
        shutil.rmtree(self._root, ignore_errors=True)  # what matters is what is left, and that is looked at
        if self._root.exists():
            raise SealedHomeNotRemoved(str(self._root))

    def environment(self, overrides: Mapping[str, str] | None = None) -> dict[str, str]:
        """All that a client gets as environment: a fixed list, PATH being the only value that the machine gives.

        Args:
            overrides: what the check itself wants to set.
        """
        variables = {
            "PATH": os.pathsep.join([str(self.programs), os.environ.get("PATH", os.defpath)]),
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "HOME": str(self.home),
            "TMPDIR": str(self.tmp),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_CACHE_HOME": str(self.home / ".cache"),
            "XDG_DATA_HOME": str(self.home / ".local" / "share"),
            "XDG_STATE_HOME": str(self.home / ".local" / "state"),
            "XDG_CONFIG_DIRS": str(self._root / "etc" / "xdg"),
            "XDG_DATA_DIRS": str(self._root / "usr" / "share"),
            "PYTHONNOUSERSITE": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUNBUFFERED": "1",  # a run that is cut short has said something
            **self._network.environment(),
            **(overrides or {}),
        }
        if not self._pip_configurations:
            # The null device makes pip read no file at all, the machine's included.
            variables.setdefault("PIP_CONFIG_FILE", os.devnull)
        if variables.get("PIP_CONFIG_FILE") == os.devnull:
            variables.setdefault("PIP_INDEX_URL", NO_INDEX)
        return variables

    def windows_variables(self) -> dict[str, str]:
        """The variables in which Windows tells where the folders of this user are."""
        data = self.home / "AppData"
        machine = str(self._root / "ProgramData")
        return {
            "USERPROFILE": str(self.home),
            "APPDATA": str(data / "Roaming"),
            "LOCALAPPDATA": str(data / "Local"),
            "PROGRAMDATA": machine,
            "ALLUSERSPROFILE": machine,
        }

    def machine_configuration(self, environment: Mapping[str, str]) -> tuple[Path, ...]:
        """The machine's files that pip reads under such an environment; `settle_configuration` outweighs them."""
        if self._etc is not None or environment.get("PIP_CONFIG_FILE") == os.devnull:
            return ()
        return tuple(path for path in self.machine_files if path.exists())

    def settle_configuration(self) -> None:
        """Write the virtual environment's pip.conf that takes back what the machine's files set.

        Raises:
            MachineConfigurationUnreadable: one of those files is not a configuration.
        """
        own = self._pip_configurations.get(PipConfiguration.ENVIRONMENT, "")
        text = counterweight(self.machine_files, self._pip_configurations.values())
        self._give(self.venv / "pip.conf", joined(text, own))

    def write_pip_conf(self, text: str, place: PipConfiguration = PipConfiguration.USER) -> Path:
        """Give the user a pip configuration; from now on pip reads configuration files in this home.

        Raises:
            InsecureOption: the text trusts a host without verification.
        """
        refuse_insecure_text(text)
        self._pip_configurations[place] = text
        if place is PipConfiguration.ENVIRONMENT:  # the file that `settle_configuration` writes
            return Path(self.venv, place.value)
        if place is PipConfiguration.XDG:
            return self.write_machine_file("pip/pip.conf", text)
        if place is not PipConfiguration.MACHINE:
            return self._give(self.home / place.value, text)
        if self._etc is None:
            self._etc = PrivateEtc(self._root / "private")
        written = self._etc.write(Path(place.value).name, text)
        self._given.add(written)
        return written

    def take_over(self, place: PipConfiguration) -> Path:
        """Let pip read, from now on, a configuration that a client has written into this home itself.

        Raises:
            FileNotFoundError: it has not.
        """
        path = self.home / place.value
        self._pip_configurations[place] = path.read_text(encoding="utf-8")
        return path

    def write_netrc(self, text: str, name: str = ".netrc") -> Path:
        """Give the user a netrc, readable by nobody else."""
        return self.write_home_file(name, text)

    def write_home_file(self, name: str, text: str) -> Path:
        """Give the user a file below the home folder, readable by nobody else."""
        return self._give(self.home / name, text)

    def write_machine_file(self, name: str, text: str) -> Path:
        """Give the machine of this user a file below the first folder of XDG_CONFIG_DIRS, in place of its own."""
        return self._give(self._root / "etc" / "xdg" / name, text)

    def write_requirements(self, text: str) -> Path:
        """Write a requirements file into the working folder, readable by nobody else.

        Raises:
            InsecureOption: the text trusts a host without verification.
        """
        refuse_insecure_text(text)
        return self._give(self.cwd / f"requirements-{next(self._numbers)}.txt", text)

    def write_project_file(self, name: str, content: str | bytes) -> Path:
        """Write a file of the user's project into the working folder, readable by nobody else."""
        return self._give(self.cwd / name, content)

    def write_program(self, name: str, text: str) -> Path:
        """Give the user a program, found before the machine's of that name."""
        path = self._give(self.programs / name, text)
        path.chmod(_PRIVATE_FOLDER)
        return path

    def within(self, argv: Sequence[str]) -> list[str]:
        """The command line that runs a command as this home wants it: in a mount namespace if it has a private /etc."""
        return list(argv) if self._etc is None else self._etc.within(argv)

    def holding(self, secret: str, *, given: bool = False) -> list[str]:
        """The files that clients have made here and that hold a secret, in whatever encoding; what they printed is one.

        given: look at the files that they were given as well, such as a netrc.
        """
        redactor = Redactor([secret])
        found = []
        for path in sorted(self._root.rglob("*")):
            if path.is_symlink() or not path.is_file() or (path in self._given and not given):
                continue
            if redactor.found_in(path.read_bytes().decode("utf-8", "surrogateescape")):
                found.append(path.relative_to(self._root).as_posix())
        return found

    def new_run(self) -> Path:
        """A folder for the output of one run."""
        folder = self._root / "runs" / str(next(self._numbers))
        folder.mkdir(mode=_PRIVATE_FOLDER)
        return folder

    def _give(self, path: Path, content: str | bytes) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE_FILE)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content.encode() if isinstance(content, str) else content)
        self._given.add(path)
        return path
