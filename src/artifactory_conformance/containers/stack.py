"""What a stack of containers is to be, what it is once it runs, and what both ways to start one have in common."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from artifactory_conformance.containers.causes import likely_reason
from artifactory_conformance.containers.engine import Engine, EngineRefused, EngineUnusable

ARTIFACTORY_PORT, CATALOG_PORT = 8082, 8990
"""Of the router, by which everything of an Artifactory is reached (admin 2.2), and of our own services."""

CATALOG, CATALOG_FILES, PUBLIC_INDEX = "catalog", "catalog-files", "public-index"
"""Names of hosts on a stack's network: the catalog has two, for a catalog may keep its files at another host."""

FIRST_SITE, SECOND_SITE, UNTRUSTED = "first-site", "second-site", "untrusted"
"""Names of the Artifactory under test, of another beside it, and of a catalog that neither trusts."""

FRESH_SITE = "fresh-site"
"""Name of one that is started for a single check."""

LOGS = "/opt/jfrog/artifactory/var/log"
"""Where an Artifactory's container has its log files (admin 2.2)."""

DATA = "/opt/jfrog/artifactory/var"

OWNER = 1030
"""Whose an Artifactory's files are, user and group (admin 2.2)."""

_SIZE = re.compile(r"(?i)([1-9][0-9]*)([kmg])b?")
_UNITS = {"k": 1024, "m": 1024**2, "g": 1024**3}


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to run.

    image: of an Artifactory. catalog_image: of our own services. run: its name. memory: of the Artifactory's container,
    like 6g. database: derby or postgresql. database_password: for this stack alone. port: where it is published on
    loop-back; 0 takes a free one. accept_eula: where the Artifactory asks for it.
    """

    image: str
    catalog_image: str
    run: str
    memory: str = "6g"
    database: str = "derby"
    database_password: str = field(default="", repr=False)
    port: int = 0
    accept_eula: bool = False


@dataclass(frozen=True)
class Running:
    """A stack as it is reached from this machine. container: the id of the Artifactory's. network: the name."""

    artifactory: str
    catalog: str
    public_index: str
    container: str
    network: str


class Stack(Protocol):
    """One Artifactory with a catalog and a public index, which ends with the run whatever happens."""

    def start(self) -> Running:
        """Start its containers, which then need minutes. Raises EngineUnusable, EngineRefused or NotStarted."""

    def stop(self) -> list[str]:
        """Remove everything of it, as often as called; give what stays behind. Never raises."""


def bytes_of(memory: str) -> int:
    """Give a size like 512m or 6g in bytes. Raises ValueError."""
    found = _SIZE.fullmatch(memory)
    if found is None:
        raise ValueError(memory)
    return int(found[1]) * _UNITS[found[2].lower()]


def look_ahead(engine: Engine, wanted: Wanted, tell: Callable[[str], None], part_of_memory: float) -> None:
    """See that everything is there before anything is started, and fetch an image that is not.

    Raises EngineUnusable, with what to do.
    """
    if bytes_of(wanted.memory) > part_of_memory * engine.memory:
        raise EngineUnusable(
            f"too little memory: the Artifactory is to have {wanted.memory}, and the Docker engine has "
            f"{engine.memory / 1024**3:.1f} GiB in all; give it more, or set ARTIFACTORY_MEMORY"
        )
    if not engine.has_image(wanted.catalog_image):
        raise EngineUnusable(f"there is no image {wanted.catalog_image}; `docker/build` makes it")
    if engine.has_image(wanted.image):
        return
    tell(f"image {wanted.image} is not here yet: fetching it")
    try:
        engine.pull(wanted.image)
    except EngineRefused as error:
        raise EngineUnusable(
            f"image {wanted.image} is not here and cannot be fetched ({error}); see its name and `docker login`, or "
            "set ARTIFACTORY_IMAGE"
        ) from None


def what_to_do(problem: str) -> EngineUnusable | None:
    """Tell from what the engine said at a start whether somebody has to put something right; None if not."""
    line = " ".join(problem.split())[-400:]
    reason = likely_reason([problem])
    return EngineUnusable(f"the containers cannot be started: {reason} ({line})") if reason else None
