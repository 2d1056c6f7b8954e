"""Findings about the indexes that a client asks: whose they are, how many, and what their URLs give away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from artifactory_conformance.clients.index_urls import IndexUrl
from artifactory_conformance.doctor.model import Finding, NamedIndex

PUBLIC = frozenset({"pypi.org", "pypi.python.org", "test.pypi.org", "files.pythonhosted.org"})

ENCODE = (
    "write user and password percent-encoded: "
    "python3 -c 'import urllib.parse; print(urllib.parse.quote(input(), safe=\"\"))'"
)
ONE_INDEX = "remove it: everything is to come through one index, which is the instance's"
_OTHERS_MAY_READ = 0o077


def public(index: NamedIndex, client: str) -> Iterator[Finding]:
    """Tell that an index is the public one."""
    if index.url.host in PUBLIC:
        yield Finding(
            f"{client} asks the public index",
            f"{index.shown}, from {index.origin}",
            "name the instance's index there: https://HOST/artifactory/api/pypi/REPOSITORY/simple",
        )


def compared(index: NamedIndex, wanted: IndexUrl | None) -> Iterator[Finding]:
    """Tell what is wrong with the one index that a client is to ask. wanted: the instance's, if it is known."""
    where = f"{index.shown}, from {index.origin}"
    if not index.url.well_formed:
        yield Finding(
            "a character that ends a host stands unencoded in user or password, so clients go to another host",
            f"an index of {index.origin}",
            ENCODE,
        )
        return
    if wanted is None:
        return
    if index.url.address != wanted.address:
        yield Finding("the index is not the instance's", where, f"name {wanted} there")
    elif index.url.path != wanted.path:
        hint = "append /simple: " if f"{index.url.path}/simple" == wanted.path else ""
        yield Finding("the index is at the instance, but its path is another", where, f"{hint}name {wanted} there")


def several(indexes: Sequence[NamedIndex], consequence: str) -> Iterator[Finding]:
    """Tell of every index beside the one. consequence: what the client makes of several."""
    for index in indexes:
        yield Finding(
            f"another index is asked as well, and {consequence}", f"{index.shown}, from {index.origin}", ONE_INDEX
        )


def links(places: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    """Tell of every other place that files are taken from. places: each with where it is named."""
    for text, origin in places:
        yield Finding("files are taken from another place as well", f"{text}, from {origin}", ONE_INDEX)


def unverified(hosts: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    """Tell of every host whose certificate nobody verifies. hosts: each with where it is named."""
    for host, origin in hosts:
        yield Finding(
            "certificates of a host are not verified",
            f"{host}, from {origin}",
            "remove it, and trust the host's authority instead (SSL_CERT_FILE, PIP_CERT)",
        )


def readable(file: Path, has_password: bool) -> Iterator[Finding]:
    """Tell that a file with a password can be read by others."""
    try:
        mode = file.stat().st_mode & 0o777
    except OSError:
        return
    if has_password and mode & _OTHERS_MAY_READ:
        yield Finding("a file with a password can be read by others", f"{file}, mode {mode:04o}", f"chmod 600 {file}")
