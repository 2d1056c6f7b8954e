"""Each client led to one index by each of the ways that there are: the guide's options A to E, and the client's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from artifactory_conformance.clients import private_etc
from artifactory_conformance.clients.client_run import ClientRun
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.clients.pdm import Pdm
from artifactory_conformance.clients.pip_compile import PipCompile
from artifactory_conformance.clients.pip_run import PipRun
from artifactory_conformance.clients.pip_sync import PipSync
from artifactory_conformance.clients.pipenv import Pipenv
from artifactory_conformance.clients.poetry import Poetry
from artifactory_conformance.clients.sealed_client import SealedClient
from artifactory_conformance.clients.sealed_home import PipConfiguration
from artifactory_conformance.clients.twine import Twine
from artifactory_conformance.clients.uv import Uv
from artifactory_conformance.distributions import DistributionSpec, build_wheel

PROJECT = "example"


class Way(str, Enum):
    """How a client is told where the index is and who asks."""

    OWN = "its own"
    A = "A: pip config set"
    B = "B: ~/.pip/pip.conf"
    C = "C: line in requirements.txt"
    D = "D: PIP_INDEX_URL"
    E = "E: netrc, bare host"
    E_PORT = "netrc, host:port"
    E_DEFAULT = "netrc, default"


NETRC = (Way.E, Way.E_PORT, Way.E_DEFAULT)
FILES = {Way.A: PipConfiguration.USER, Way.B: PipConfiguration.LEGACY}


@dataclass(frozen=True)
class Told:
    """Where the index is, and who asks. locked: requirements with hashes, for a client that takes nothing else."""

    index_url: str
    with_password: str
    upload_url: str
    user: str
    password: str = field(repr=False)
    netrc: Mapping[Way, str] = field(repr=False)
    locked: str


Environment = Mapping[str, str]
Driver = Callable[[SealedClient, Way, Told, Environment], "ClientRun | PipRun"]


def _of_the_environment(way: Way, told: Told) -> str | None:
    """The index in PIP_INDEX_URL, where a way has one there."""
    if way in NETRC:
        return told.index_url
    return told.with_password if way in {Way.D, Way.OWN} else None


def _pip(client: SealedClient, way: Way, told: Told, environment: Environment) -> PipRun:
    assert isinstance(client, Installer)
    wanted: tuple[str | Path, ...] = (PROJECT,)
    if way is Way.C:
        wanted = (client.home.write_requirements(f"--index-url {told.with_password}\n{PROJECT}\n"),)
    return client.install(*wanted, index_url=_of_the_environment(way, told), environment=environment)


def _pip_compile(client: SealedClient, way: Way, told: Told, environment: Environment) -> ClientRun:
    assert isinstance(client, PipCompile)
    wanted = (f"--index-url {told.with_password}", PROJECT) if way is Way.C else (PROJECT,)
    return client.compile(*wanted, index_url=_of_the_environment(way, told), environment=environment)


def _pip_sync(client: SealedClient, way: Way, told: Told, environment: Environment) -> ClientRun:
    assert isinstance(client, PipSync)
    text = f"--index-url {told.with_password}\n{told.locked}" if way is Way.C else told.locked
    return client.sync(text, index_url=_of_the_environment(way, told), environment=environment)


def _uv(client: SealedClient, way: Way, told: Told, environment: Environment) -> ClientRun:
    assert isinstance(client, Uv)
    if way is Way.C:
        lines = client.home.write_requirements(f"--index-url {told.with_password}\n{PROJECT}\n")
        return client.pip_install("--requirement", str(lines), environment=environment)
    if way in {Way.A, Way.B, Way.D}:
        more = {"PIP_INDEX_URL": told.with_password} if way is Way.D else {}
        return client.pip_install(PROJECT, environment={"UV_HTTP_RETRIES": "0", **more, **environment})
    return client.sync(
        PROJECT, index_url=told.with_password if way is Way.OWN else told.index_url, environment=environment
    )


def _twine(client: SealedClient, way: Way, told: Told, environment: Environment) -> ClientRun:
    assert isinstance(client, Twine)
    wheel = build_wheel(DistributionSpec("internal-thing"))
    return client.upload(
        wheel, repository_url=told.upload_url, user=told.user, password=told.password, environment=environment
    )


def _with_an_index_of_its_own(client: SealedClient, way: Way, told: Told, environment: Environment) -> ClientRun:
    assert isinstance(client, Poetry | Pdm | Pipenv)
    install = client.install if isinstance(client, Pipenv) else client.lock_and_install
    if way in {Way.A, Way.B, Way.D}:
        more = {"PIP_INDEX_URL": told.with_password} if way is Way.D else {}
        index = "https://pypi.org/simple" if isinstance(client, Pipenv) else None  # what its new projects begin with
        return install(PROJECT, index_url=index, environment={**more, **environment})  # type: ignore[arg-type]
    credentials = {"user": told.user, "password": told.password} if way is Way.OWN else {}
    return install(PROJECT, index_url=told.index_url, environment=environment, **credentials)


@dataclass(frozen=True)
class Client:
    """A client that is led. ways: those that it could have. parts: what is looked at."""

    name: str
    distribution: str
    kind: type[SealedClient]
    drive: Driver
    ways: tuple[Way, ...]
    parts: tuple[str, ...] = ("install", "ways", "faults", "redirects")

    def prepare(self, client: SealedClient, way: Way, told: Told) -> None:
        """Give its user the files that a way needs: a netrc or a pip.conf, and no other one of the machine."""
        if way in NETRC:
            client.home.write_netrc(told.netrc[way])
        if way in FILES:
            if private_etc.is_allowed():
                client.home.write_pip_conf("", PipConfiguration.MACHINE)
            client.home.write_pip_conf(f"[global]\nindex-url = {told.with_password}\n", FILES[way])


# What comes first is what the faults are tried with.
_PIPS = (Way.D, Way.A, Way.B, Way.C, *NETRC)
_OTHERS = (Way.OWN, Way.A, Way.B, Way.D, *NETRC)
CLIENTS = (
    Client("pip", "pip", Installer, _pip, _PIPS),
    Client("pip-compile", "pip-tools", PipCompile, _pip_compile, _PIPS),
    Client("pip-sync", "pip-tools", PipSync, _pip_sync, _PIPS, ("install", "ways")),  # the rest is pip's
    Client("uv", "uv", Uv, _uv, (Way.OWN, *_PIPS)),
    Client("poetry", "poetry", Poetry, _with_an_index_of_its_own, _OTHERS),
    Client("pdm", "pdm", Pdm, _with_an_index_of_its_own, _OTHERS),
    Client("pipenv", "pipenv", Pipenv, _with_an_index_of_its_own, _OTHERS),
)
TWINE = Client("twine", "twine", Twine, _twine, (Way.OWN,), ("install", "faults"))
