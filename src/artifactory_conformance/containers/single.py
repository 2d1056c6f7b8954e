"""Single containers by testcontainers: one Artifactory per version, a second site, a catalog that nobody trusts.

testcontainers' own reaper is a container, too, whose image cannot be had everywhere: it is off, and labels do its work.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from artifactory_conformance.containers.engine import Engine, EngineRefused, EngineUnusable
from artifactory_conformance.containers.leftovers import labels, remove_run
from artifactory_conformance.containers.readiness import refuse_ended
from artifactory_conformance.containers.stack import (
    ARTIFACTORY_PORT,
    CATALOG,
    CATALOG_FILES,
    CATALOG_PORT,
    DATA,
    FIRST_SITE,
    OWNER,
    PUBLIC_INDEX,
    SECOND_SITE,
    UNTRUSTED,
    Running,
    Wanted,
    what_to_do,
)
from artifactory_conformance.limits import LIMITS, Limits

MISSING = "testcontainers is not installed: pip install 'artifactory-conformance[containers]'"

ROLE = "artifactory-conformance.role"
"""Label with the host name that a container of a run goes by."""

PUBLIC_NAMES = ("pypi.org", "files.pythonhosted.org")
"""Whoever asks for these on a stack's network is answered by nobody."""

OURS: Mapping[str, Any] = {
    "read_only": True,
    "mem_limit": "512m",
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges:true"],
}
"""How containers of our own services are held, as in docker-compose.yml."""

ENVIRONMENT: Mapping[str, str] = {
    "JF_SHARED_DATABASE_TYPE": "derby",
    "JF_SHARED_DATABASE_ALLOWNONPOSTGRESQL": "true",  # admin 2.3
    "JF_JFCONNECT_ENABLED": "false",  # admin 2.4
    "EXTRA_JAVA_OPTIONS": "-Xms512m -Xmx2g -Dartifactory.onboarding.skipWizard=true",  # admin 2.4, admin 2.6
    "STAND_IN_NEIGHBOURS": ",".join((CATALOG, CATALOG_FILES, PUBLIC_INDEX, UNTRUSTED, FIRST_SITE, SECOND_SITE)),
    "STAND_IN_PUBLIC_INDEX": f"http://{PUBLIC_INDEX}:{CATALOG_PORT}",
}
"""What an Artifactory's container is told, as in docker-compose.yml; a test compares the two."""


@dataclass(frozen=True)
class Single:
    """One container. names: its host names on the network. files: to be there before it starts, all may read them."""

    image: str
    run: str
    network: str
    names: Sequence[str]
    port: int
    command: Sequence[str] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    more: Mapping[str, Any] = field(default_factory=dict)
    volumes: Mapping[str, str] = field(default_factory=dict)
    published: int = 0


def start_single(wanted: Single) -> str:
    """Start a container, published on loop-back alone, and give its id. Raises EngineUnusable or EngineRefused."""
    library = _library()
    container = library.container(wanted.image, env=dict(wanted.environment))
    container.ports[str(wanted.port)] = ("127.0.0.1", wanted.published or None)
    container.with_tmpfs_mount("/tmp")  # noqa: S108
    container.with_kwargs(init=True, labels={**labels(wanted.run), ROLE: wanted.names[0]}, **wanted.more)
    container.with_network(library.network(wanted.network)).with_network_aliases(*wanted.names)
    if wanted.command:
        container.with_command(list(wanted.command))
    for volume, path in wanted.volumes.items():
        container.with_volume_mapping(volume, path, "rw")
    for path, content in wanted.files.items():
        container.with_copy_into_container(content, path)
    try:
        return str(container.start().get_container_id())
    except library.errors as error:
        problem = " ".join(str(error).split())[-400:]
        raise what_to_do(problem) or EngineRefused(f"{wanted.image} cannot be started: {problem}") from None


def start_artifactory(
    engine: Engine,
    wanted: Wanted,
    network: str,
    name: str,
    port: int = 0,
    files: Mapping[str, bytes] | None = None,
) -> str:
    """Start an Artifactory by its image, with a volume of its own, and give the container's id.

    files: by their paths in the volume, which then is a fresh one. Raises EngineUnusable or EngineRefused.
    """
    volume = f"conformance-{wanted.run}-{name}"
    named = [part for item in labels(wanted.run).items() for part in ("--label", "=".join(item))]
    if files:
        engine.ask("volume", "rm", "--force", volume)
    engine.ask("volume", "create", *named, volume)
    if files:
        engine.fill(volume, DATA, files, OWNER, wanted.image, *named)
    return start_single(
        Single(
            *(wanted.image, wanted.run, network, [name], ARTIFACTORY_PORT),
            environment=ENVIRONMENT,
            more={"mem_limit": wanted.memory},
            volumes={volume: DATA},
            published=port,
        )
    )


def start_catalog(
    wanted: Wanted, network: str, names: Sequence[str], *options: str, files: Mapping[str, bytes] | None = None
) -> str:
    """Start a fake catalog, or public index, and give the container's id. Raises EngineUnusable or EngineRefused.

    files: what it has to read; the engine puts nothing into a file system that is read-only.
    """
    files = files or {}
    held = {**OURS, "read_only": not files}
    return start_single(
        Single(wanted.catalog_image, wanted.run, network, names, CATALOG_PORT, command=options, more=held, files=files)
    )


class SingleStack:
    """A stack whose containers are started one by one: for a version other than that of the compose file."""

    def __init__(self, engine: Engine, wanted: Wanted, limits: Limits = LIMITS) -> None:
        _library()
        if wanted.database != "derby":
            raise EngineUnusable("a version of its own runs on its embedded database: leave ARTIFACTORY_DATABASE out")
        self._engine = engine
        self._wanted = wanted
        self._limits = limits

    def start(self) -> Running:
        """Start the containers. Raises EngineUnusable, EngineRefused or NotStarted; `stop` then cleans up."""
        network = f"conformance-{self._wanted.run}"
        named = (part for item in labels(self._wanted.run).items() for part in ("--label", "=".join(item)))
        self._engine.ask("network", "create", *named, network)
        catalog = start_catalog(self._wanted, network, [CATALOG, CATALOG_FILES])
        public = start_catalog(self._wanted, network, [PUBLIC_INDEX, *PUBLIC_NAMES], "--layout", "pypi")
        site = start_artifactory(self._engine, self._wanted, network, FIRST_SITE, self._wanted.port)
        at = ((site, ARTIFACTORY_PORT), (catalog, CATALOG_PORT), (public, CATALOG_PORT))
        try:
            urls = [f"http://127.0.0.1:{self._engine.published(*one)}" for one in at]
        except EngineRefused:
            refuse_ended(self._engine, site)  # which is published nowhere
            raise
        return Running(urls[0], urls[1], urls[2], site, network)

    def stop(self) -> list[str]:
        """Remove everything of it, by its labels."""
        return remove_run(self._engine, self._wanted.run, self._limits)


@dataclass(frozen=True)
class _Library:
    """What is used of testcontainers, which an ordinary run does not have."""

    container: Callable[..., Any]
    make_network: Callable[[], Any]
    errors: tuple[type[Exception], ...]

    def network(self, name: str) -> Any:
        """Give a network that is there already."""
        found = self.make_network()
        found.name = name
        return found


def _library() -> _Library:
    """Give it, its reaper off. Raises EngineUnusable where it is not installed."""
    try:
        from docker.errors import DockerException
        from requests import RequestException
        from testcontainers.core.config import testcontainers_config
        from testcontainers.core.container import DockerContainer
        from testcontainers.core.network import Network
    except ImportError:
        raise EngineUnusable(MISSING) from None
    testcontainers_config.ryuk_disabled = True
    return _Library(DockerContainer, Network, (DockerException, RequestException))
