"""pip: what configures it, as it says itself, and what of that to put right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from artifactory_conformance.clients.effective import ConfigurationFile, EffectiveConfiguration
from artifactory_conformance.clients.index_urls import IndexUrl
from artifactory_conformance.clients.own_configuration import PipNotAsked, own_configuration
from artifactory_conformance.doctor import indexes
from artifactory_conformance.doctor.machine import Machine
from artifactory_conformance.doctor.model import Effective, Finding, NamedIndex, Section, host, place, shown

_LINE = re.compile(
    r"^\s*(?:(?P<index>-i|--index-url|--pypi-url)|(?P<extra>--extra-index-url)|(?P<links>-f|--find-links)"
    r"|(?P<trusted>--trusted-host))(?:\s+|=)(?P<value>\S+)"
)
"""What a requirements file says of indexes; there it outweighs command line, environment and configuration."""


def look_at_pip(machine: Machine, wanted: IndexUrl | None) -> Section:
    """Look at what `pip install` goes by, for the pip of the machine's interpreter."""
    title = f"pip of {machine.python}"
    try:
        found = own_configuration(machine.python, machine.environment)
    except PipNotAsked as error:
        return Section(title, note=f"{error}: name the interpreter whose pip is used with --python")
    return Section(title, tuple(_settings(found)), tuple(_findings(found, wanted, machine)))


def _origin(found: EffectiveConfiguration, key: str) -> str:
    return found.origins.get(key, "the default")


def _settings(found: EffectiveConfiguration) -> Iterator[Effective]:
    index = shown(found.index_url) if found.index_url else "https://pypi.org/simple"
    yield Effective("index-url", index, _origin(found, "index-url"))
    rows = {
        "extra-index-url": [shown(url) for url in found.extra_index_urls],
        "find-links": list(found.find_links),
        "trusted-host": list(map(host, found.trusted_hosts)),
        "cert": [found.certificates] if found.certificates else [],
    }
    for key, values in rows.items():
        if values:
            yield Effective(key, " ".join(map(place, values)), _origin(found, key))
    for file in found.files:
        yield Effective("reads", str(file.path), f"mode {file.mode:04o}")


def _findings(found: EffectiveConfiguration, wanted: IndexUrl | None, machine: Machine) -> Iterator[Finding]:
    if found.index_url is None:
        yield Finding(
            "no index is configured, so pip asks the public one",
            "neither a file nor a variable names one",
            "pip config set global.index-url https://HOST/artifactory/api/pypi/REPOSITORY/simple, with the password in "
            "a netrc",
        )
    else:
        index = NamedIndex(found.index_url, _origin(found, "index-url"))
        yield from chain(indexes.compared(index, wanted), indexes.public(index, "pip"))
        yield from _credentials(found, index)
    others = [NamedIndex(url, _origin(found, "extra-index-url")) for url in found.extra_index_urls]
    yield from indexes.several(others, "pip takes the highest version of any")
    yield from indexes.links([(place(text), _origin(found, "find-links")) for text in found.find_links])
    yield from indexes.unverified([(host(name), _origin(found, "trusted-host")) for name in found.trusted_hosts])
    yield from _conflict(found.files, _origin(found, "index-url"))
    for file in found.files:
        yield from indexes.readable(file.path, file.has_password)
    yield from _requirements(machine.folder, wanted)


def _credentials(found: EffectiveConfiguration, index: NamedIndex) -> Iterator[Finding]:
    url = index.url
    by_netrc = found.netrc is not None and found.netrc.serves(url.host)
    served = url.has_password or by_netrc or "keyring-provider" in found.origins
    if url.well_formed and not served and url.host not in indexes.PUBLIC:
        yield Finding(
            "neither the index URL nor a netrc has credentials for its host",
            url.host,
            f"add to ~/.netrc (mode 600): machine {url.host} login USER password PASSWORD",
        )


def _conflict(files: tuple[ConfigurationFile, ...], counts: str) -> Iterator[Finding]:
    naming = [file for file in files if file.index_url is not None]
    if len({file.index_url for file in naming}) > 1:
        yield Finding(
            "files name different indexes, and only one of them counts",
            f"{', '.join(str(file.path) for file in naming)}; what counts is that of {counts}",
            "keep it in one of them: `pip config set` writes ~/.config/pip/pip.conf, which outweighs ~/.pip/pip.conf",
        )


def _requirements(folder: Path, wanted: IndexUrl | None) -> Iterator[Finding]:
    """Look at requirements files, whose own index outweighs everything else."""
    for file in sorted(folder.glob("*requirements*.txt")):
        try:
            lines = file.read_text("utf-8", "replace").splitlines()
        except OSError:
            continue
        for number, line in enumerate(lines, 1):
            if match := _LINE.match(line):
                yield from _line(match, f"{file}, line {number}", wanted)


def _line(match: re.Match[str], origin: str, wanted: IndexUrl | None) -> Iterator[Finding]:
    index = NamedIndex(IndexUrl.read(match["value"]), origin)
    if match["index"]:
        yield from chain(indexes.compared(index, wanted), indexes.public(index, "pip"))
    elif match["extra"]:
        yield from indexes.several([index], "pip takes the highest version of any")
    elif match["links"]:
        yield from indexes.links([(place(match["value"]), origin)])
    else:
        yield from indexes.unverified([(host(match["value"]), origin)])
    if index.url.has_password and not match["trusted"]:
        yield Finding(
            "a password stands in a file that goes with the project",
            origin,
            "take it out, change it, and put it into a netrc",
        )
