"""uv: which files and variables configure it, and what of that to put right. It does not read pip's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from artifactory_conformance.clients.index_urls import IndexUrl
from artifactory_conformance.clients.netrc_file import NetrcFile
from artifactory_conformance.doctor import indexes
from artifactory_conformance.doctor.machine import Machine
from artifactory_conformance.doctor.model import Effective, Finding, NamedIndex, Section, host, place
from artifactory_conformance.doctor.toml_here import table, tables, text, texts
from artifactory_conformance.doctor.uv_files import uv_files

PUBLIC_INDEX = "https://pypi.org/simple"
_KINDS = ("variable", "index", "pip.index-url", "index-url")
"""Ways to name the default index, the one that counts most first (seen with uv 0.13.9, and tried by a test)."""


@dataclass
class _Found:
    """What variables and files say, the ones that count most first. default: of each kind, in the order of kinds."""

    default: dict[str, list[NamedIndex]] = field(default_factory=lambda: {kind: [] for kind in _KINDS})
    others: list[NamedIndex] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    hosts: list[tuple[str, str]] = field(default_factory=list)
    strategy: list[tuple[str, str]] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    broken: list[Finding] = field(default_factory=list)

    def take(self, settings: dict[str, Any], origin: str, kind: str) -> None:
        """Take what one table of settings says. kind: what its index-url counts as."""
        for entry in tables(settings.get("index")):
            index = NamedIndex(IndexUrl.read(text(entry.get("url"))), origin, text(entry.get("name")))
            if entry.get("default") is True:
                self.default["index"].append(index)
            elif entry.get("explicit") is not True:
                self.others.append(index)
        if text(settings.get("index-url")):
            self.default[kind].append(NamedIndex(IndexUrl.read(settings["index-url"]), origin))
        self.others += [NamedIndex(IndexUrl.read(url), origin) for url in texts(settings.get("extra-index-url"))]
        self.links += [(place(one), origin) for one in texts(settings.get("find-links"))]
        hosts = [*texts(settings.get("allow-insecure-host")), *texts(settings.get("trusted-host"))]
        self.hosts += [(host(name), origin) for name in hosts]
        if text(settings.get("index-strategy")):
            self.strategy.append((settings["index-strategy"], origin))

    @property
    def defaults(self) -> list[NamedIndex]:
        """All default indexes, the one that counts first."""
        return [index for kind in _KINDS for index in self.default[kind]]

    @property
    def urls(self) -> list[NamedIndex]:
        """All indexes."""
        return [*self.defaults, *self.others]


def look_at_uv(machine: Machine, wanted: IndexUrl | None, netrc: NetrcFile | None) -> Section:
    """Look at what uv goes by in the machine's folder. netrc: the one that uv takes passwords from."""
    found = _Found()
    _variables(machine, found)
    _files(machine, found)
    program = machine.find("uv")
    if program is None and not found.files and not found.urls:
        return Section("uv", note="it is not on the PATH, and nothing configures it")
    return Section(
        f"uv at {program}" if program else "uv (not on the PATH)",
        tuple(_settings(found)),
        tuple(_findings(found, wanted, machine, netrc)),
    )


def _variables(machine: Machine, found: _Found) -> None:
    given = machine.environment
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL"):
        if value := given.get(name, "").strip():
            found.default["variable"].append(_named(value, f"environment variable {name}"))
    for name in ("UV_INDEX", "UV_EXTRA_INDEX_URL"):
        found.others += [_named(value, f"environment variable {name}") for value in given.get(name, "").split()]
    links = given.get("UV_FIND_LINKS", "").replace(",", " ").split()
    found.links += [(place(value), "environment variable UV_FIND_LINKS") for value in links]
    hosts = given.get("UV_INSECURE_HOST", "").split()
    found.hosts += [(host(name), "environment variable UV_INSECURE_HOST") for name in hosts]
    if value := given.get("UV_INDEX_STRATEGY", ""):
        found.strategy.append((value, "environment variable UV_INDEX_STRATEGY"))


def _named(value: str, origin: str) -> NamedIndex:
    """Read NAME=URL or URL."""
    name, equals, url = value.partition("=")
    if equals and "/" not in name and ":" not in name:
        return NamedIndex(IndexUrl.read(url), origin, name)
    return NamedIndex(IndexUrl.read(value), origin)


def _files(machine: Machine, found: _Found) -> None:
    for file in uv_files(machine, found.broken):
        found.files.append(file.path)
        found.take(file.settings, str(file.path), "index-url")
        found.take(table(file.settings, "pip"), f"{file.path}, [pip]", "pip.index-url")


def _settings(found: _Found) -> Iterator[Effective]:
    if found.defaults:
        yield Effective("default index", found.defaults[0].shown, found.defaults[0].origin)
    else:
        yield Effective("default index", PUBLIC_INDEX, "the default")
    for index in found.others:
        yield Effective("index", index.shown, index.origin)
    for name, places in (("find-links", found.links), ("allow-insecure-host", found.hosts)):
        for value, origin in places:
            yield Effective(name, value, origin)
    for file in found.files:
        yield Effective("reads", str(file), f"mode {file.stat().st_mode & 0o777:04o}")


def _findings(found: _Found, wanted: IndexUrl | None, machine: Machine, netrc: NetrcFile | None) -> Iterator[Finding]:
    yield from found.broken
    if not found.defaults:
        pip = "; PIP_INDEX_URL says nothing to it" if machine.environment.get("PIP_INDEX_URL") else ""
        yield Finding(
            f"no default index is configured, so uv asks the public one{pip}",
            "uv does not read pip's configuration",
            "set UV_DEFAULT_INDEX, or an [[index]] with default = true in ~/.config/uv/uv.toml",
        )
    else:
        index = found.defaults[0]
        yield from chain(indexes.compared(index, wanted), indexes.public(index, "uv"))
        if index.url.well_formed and not index.url.has_password and index.url.host not in indexes.PUBLIC:
            named = f"UV_INDEX_{index.name.upper().replace('-', '_')}_PASSWORD" if index.name else ""
            if not (netrc and netrc.serves(index.url.host)) and not machine.environment.get(named or "-"):
                yield Finding(
                    "neither the index URL nor a netrc has credentials for its host",
                    index.url.host,
                    f"add to ~/.netrc (mode 600): machine {index.url.host} login USER password PASSWORD, or keep them "
                    "with `uv auth login`",
                )
    if len({(index.url.address, index.url.path) for index in found.defaults}) > 1:
        others = ", ".join(index.origin for index in found.defaults[1:])
        yield Finding(
            "several places name different default indexes, and only one of them counts",
            f"{others}; what counts is that of {found.defaults[0].origin}",
            "keep it in one of them",
        )
    unsafe = [one for one in found.strategy[:1] if one[0].startswith("unsafe")]
    best = "uv takes the highest version of any" if unsafe else "uv takes the first that has the project"
    yield from indexes.several(found.others, best)
    yield from indexes.links(found.links)
    yield from indexes.unverified(found.hosts)
    for value, origin in unsafe:
        yield Finding(
            "versions are taken from any index", f"index-strategy {value}, from {origin}", "take it out: first-index"
        )
    for file in found.files:
        secret = any(index.url.has_password and index.origin.startswith(str(file)) for index in found.urls)
        yield from indexes.readable(file, secret)
