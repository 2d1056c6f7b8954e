"""What configures pip in effect, and what is wrong with it: the index it asks, by which file or variable.

It reads what `pip config debug` prints and the files that this names, runs nothing and asks nobody. No password leaves
it: every value is masked as it comes in.
"""

import configparser
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from artifactory_conformance.clients.index_urls import IndexUrl
from artifactory_conformance.clients.netrc_file import NetrcFile

_ORDER = ("global", "install", ":env:")  # of what `pip install` reads; the later one wins
_RANKS = {"global": 0, "user": 1, "site": 2, "env": 3}  # of files; the later one wins
_FILE = re.compile(r"^  (?P<path>.+), exists: (?P<exists>True|False)$")
Settings = Mapping[str, Mapping[str, str]]

_OTHERS_MAY_READ = 0o077


class Trouble(Enum):
    """What can be wrong with a configuration; the value is how it is told."""

    NO_INDEX = "no index is configured, so pip asks the public one"
    OTHER_INDEX = "the index is not the instance's"
    NOT_THE_DOCUMENTED_FORM = "the index is at the instance, but its path is not the documented one"  # client C12
    EXTRA_INDEX = "another index is asked as well, and pip takes the highest version of any"  # client C15
    FIND_LINKS = "files are taken from another place as well"  # client C15
    TRUSTED_HOST = "certificates of a host are not verified"  # client C16
    CONFLICT = "two files name different indexes, and only one of them counts"  # client C7
    READABLE = "a file with a password can be read by others"  # client C8
    NOT_ENCODED = "a character that ends a host stands unencoded in user or password"  # client C1
    NETRC_PORT = "a netrc entry with a port matches nothing"  # client C3
    NETRC_DEFAULT = "a default entry gives the password to every host that asks"  # client C4
    NETRC_READABLE = "the netrc can be read by others"
    NO_CREDENTIALS = "neither the index URL nor a netrc entry has credentials for the host"


@dataclass(frozen=True)
class Finding:
    """One trouble, and where: a setting, a file. Nothing in it is secret."""

    trouble: Trouble
    where: str

    def __str__(self) -> str:
        return f"{self.trouble.value} ({self.where})"


@dataclass(frozen=True)
class ConfigurationFile:
    """One file that pip reads. index_url: what it names as index, None if nothing. mode: its permission bits."""

    path: Path
    mode: int
    index_url: IndexUrl | None = None
    has_password: bool = False


@dataclass(frozen=True)
class EffectiveConfiguration:
    """What `pip install` goes by, for whom.

    home: the user's home folder. index_url: None where nothing names one. files: those that exist, the last one counts
    most. variables: names of the PIP_ variables that are set. certificates: file of those that are trusted, if one is
    named. origins: the file or variable that each key comes from.
    """

    home: str
    index_url: IndexUrl | None
    extra_index_urls: tuple[IndexUrl, ...] = ()
    find_links: tuple[str, ...] = ()
    trusted_hosts: tuple[str, ...] = ()
    files: tuple[ConfigurationFile, ...] = ()
    variables: tuple[str, ...] = ()
    netrc: NetrcFile | None = None
    certificates: str = ""
    origins: Mapping[str, str] = field(default_factory=dict)

    def as_data(self) -> dict[str, object]:
        """Give it as builtins without secrets: who runs pip, what it reads, where it goes (client C22)."""
        return {
            "home": self.home,
            "index": str(self.index_url or ""),
            "extra indexes": [str(url) for url in self.extra_index_urls],
            "find-links": list(self.find_links),
            "trusted hosts": list(self.trusted_hosts),
            "files": [str(file.path) for file in self.files],
            "variables": list(self.variables),
            "netrc": str(self.netrc.path) if self.netrc else "",
        }

    def findings(self, index_url: str = "") -> list[Finding]:
        """Tell what keeps the configuration from naming one index, this one, safely.

        index_url: the instance's, in the documented form; credentials in it are ignored. Empty: any index is taken.
        """
        return [*self._of_the_index(IndexUrl.read(index_url)), *self._of_other_places(), *self._of_files()]

    def _of_the_index(self, wanted: IndexUrl) -> Iterator[Finding]:
        index = self.index_url
        if index is None:
            yield Finding(Trouble.NO_INDEX, "index-url")
            return
        if not index.well_formed:
            yield Finding(Trouble.NOT_ENCODED, "index-url")
        if not wanted.address:
            pass
        elif index.address != wanted.address:
            yield Finding(Trouble.OTHER_INDEX, str(index))
        elif index.path != wanted.path:
            yield Finding(Trouble.NOT_THE_DOCUMENTED_FORM, str(index))
        if not index.has_password and not (self.netrc and self.netrc.serves(index.host)):
            yield Finding(Trouble.NO_CREDENTIALS, index.host)

    def _of_other_places(self) -> Iterator[Finding]:
        yield from (Finding(Trouble.EXTRA_INDEX, str(url)) for url in self.extra_index_urls)
        yield from (Finding(Trouble.FIND_LINKS, place) for place in self.find_links)
        yield from (Finding(Trouble.TRUSTED_HOST, host) for host in self.trusted_hosts)

    def _of_files(self) -> Iterator[Finding]:
        naming = [file for file in self.files if file.index_url is not None]
        if len({file.index_url for file in naming}) > 1:
            yield Finding(Trouble.CONFLICT, ", ".join(str(file.path) for file in naming))
        for file in self.files:
            if file.has_password and file.mode & _OTHERS_MAY_READ:
                yield Finding(Trouble.READABLE, str(file.path))
        if self.netrc is None:
            return
        where = str(self.netrc.path)
        if self.netrc.mode & _OTHERS_MAY_READ:
            yield Finding(Trouble.NETRC_READABLE, where)
        if self.netrc.has_default:
            yield Finding(Trouble.NETRC_DEFAULT, where)
        yield from (Finding(Trouble.NETRC_PORT, f"{where}: {host}") for host in self.netrc.hosts_with_port)


def read_configuration(debugged: str, environment: Mapping[str, str]) -> EffectiveConfiguration:
    """Read which files pip says that it reads, and these files.

    debugged: what `pip config debug` printed. environment: that of the user who ran it. What counts is told from the
    files: `pip config list` shows a key that two files of a user set twice, and not which of the two counts.
    """
    paths = read_debug(debugged)
    contents = [_settings_of(path) for path in paths]
    variables = {name: value for name, value in environment.items() if name.startswith("PIP_")}
    sources = {str(path): content for path, content in zip(paths, contents, strict=True)}
    sources |= {f"environment variable {name}": {":env:": {_key(name[4:]): value}} for name, value in variables.items()}
    found = _traced(sources)
    settings = {key: value for key, (value, _) in found.items()}
    index, home = settings.get("index-url", ""), environment.get("HOME", "")
    return EffectiveConfiguration(
        home=home,
        index_url=IndexUrl.read(index) if index else None,
        extra_index_urls=tuple(IndexUrl.read(url) for url in settings.get("extra-index-url", "").split()),
        find_links=tuple(_masked(place) for place in settings.get("find-links", "").split()),
        trusted_hosts=tuple(settings.get("trusted-host", "").split()),
        files=tuple(_file(path, content) for path, content in zip(paths, contents, strict=True)),
        variables=tuple(sorted(variables)),
        netrc=NetrcFile.of(home, environment.get("NETRC", "")),
        certificates=settings.get("cert", ""),
        origins={key: origin for key, (_, origin) in found.items()},
    )


def merged(sources: Sequence[Settings]) -> dict[str, str]:
    """Give what `pip install` goes by: later sources outweigh earlier ones, then later sections earlier ones.

    sources: the settings of files, by section and key. A key with an empty value counts as not given.
    """
    numbered = {str(number): source for number, source in enumerate(sources)}
    return {key: value for key, (value, _) in _traced(numbered).items()}


def _traced(sources: Mapping[str, Settings]) -> dict[str, tuple[str, str]]:
    """Give the same with the source of each value. sources: by name, the one that counts most is the last."""
    found: dict[str, dict[str, tuple[str, str]]] = {section: {} for section in _ORDER}
    for name, source in sources.items():
        for section in _ORDER:
            found[section].update({key: (value, name) for key, value in source.get(section, {}).items()})
    return {key: value for section in _ORDER for key, value in found[section].items() if value[0].strip()}


def read_debug(text: str) -> tuple[Path, ...]:
    """Read from `pip config debug` which files pip reads; the one that counts most is the last."""
    found: list[tuple[int, Path]] = []
    rank = 0
    for line in text.splitlines():
        if line.endswith(":") and not line.startswith(" "):
            rank = _RANKS.get(line.removesuffix(":"), rank)
        elif (match := _FILE.match(line)) and match["exists"] == "True":
            found.append((rank, Path(match["path"])))
    if (_RANKS["env"], Path(os.devnull)) in found:  # then pip reads no file at all
        return ()
    return tuple(path for _, path in sorted(found, key=lambda entry: entry[0]))


def _settings_of(path: Path) -> Settings:
    """The settings of a file; none where it cannot be read, which pip itself complains of."""
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(path.read_text(encoding="utf-8", errors="replace"))
    except (OSError, configparser.Error):
        return {}
    return {
        section: {_key(key): value or "" for key, value in parser[section].items()} for section in parser.sections()
    }


def _key(name: str) -> str:
    """A key as pip compares it."""
    return name.lower().replace("_", "-").removeprefix("--")


def _file(path: Path, settings: Settings) -> ConfigurationFile:
    index = merged([settings]).get("index-url", "")
    urls = [part for section in settings.values() for value in section.values() for part in value.split()]
    return ConfigurationFile(
        path=path,
        mode=path.stat().st_mode & 0o777,
        index_url=IndexUrl.read(index) if index else None,
        has_password=any(IndexUrl.read(url).has_password for url in urls),
    )


def _masked(place: str) -> str:
    url = IndexUrl.read(place)
    return str(url) if url.address else place
