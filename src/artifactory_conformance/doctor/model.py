"""What a look at the machine gives: settings with where they come from, and findings with their remedies."""

from __future__ import annotations

from dataclasses import dataclass

from artifactory_conformance.clients.index_urls import IndexUrl


@dataclass(frozen=True)
class Effective:
    """One setting that counts. value: without anything secret. origin: the file or variable that it comes from."""

    name: str
    value: str
    origin: str


@dataclass(frozen=True)
class Finding:
    """One thing to put right. where: the place that says so, and what it says. remedy: what to do."""

    problem: str
    where: str
    remedy: str


@dataclass(frozen=True)
class Section:
    """One client, or what all of them share. note: what could not be looked at, and why."""

    title: str
    settings: tuple[Effective, ...] = ()
    findings: tuple[Finding, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class NamedIndex:
    """An index that a client asks, and where it is named. name: its own, if the client gives indexes names."""

    url: IndexUrl
    origin: str
    name: str = ""

    @property
    def shown(self) -> str:
        """The address without user, password and what follows a question mark."""
        return shown(self.url)


def shown(url: IndexUrl) -> str:
    """Give an index as a person may see it."""
    return f"{url.address}{url.path.partition('?')[0].partition('#')[0]}" if url.address else "(no URL)"


def place(text: str) -> str:
    """Give a folder or a URL that files are taken from, without anything secret."""
    url = IndexUrl.read(text)
    return shown(url) if url.address else text


def host(text: str) -> str:
    """Give the name of a host, without anything secret that somebody has written before it."""
    url = IndexUrl.read(text)
    return shown(url) if url.address else text.rpartition("@")[2]
