"""The settings of one run, checked and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from urllib.parse import quote

from artifactory_conformance.verdicts import Level, Waiver


class TargetKind(str, Enum):
    """What is under test."""

    EMBEDDED = "embedded"
    CONTAINER = "container"
    INSTANCE = "instance"
    INDEX = "index"


class Standpoint(str, Enum):
    """Who runs the suite at the embedded target: the maker of it all, or somebody at an instance that others run."""

    EVERYTHING = "everything"  # with an administrator, the catalog and the server at hand
    ADMINISTRATOR = "administrator"  # an administrator beside the account that installs; the catalog is somebody else's
    ACCOUNT = "account"  # the account that installs, and nothing more


MODEL_PROFILES = ("7.84-pro", "7.117-pro", "7.146-pro", "7.161-pro", "oss")
"""What the reference model can play; a test compares them with the model's own."""


@dataclass(frozen=True)
class Administrator:
    """Credentials of an administrator: a token, or a user with a password."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


@dataclass(frozen=True)
class ContainerSettings:
    """What is started in containers.

    image: of an Artifactory. catalog_image: of our own services. versions: tags of the image to run one after the
    other; none for the image as it is. memory: like 6g. port: on loop-back, 0 for a free one. accept_eula: where one is
    asked for.
    """

    image: str = ""
    catalog_image: str = ""
    versions: tuple[str, ...] = ()
    memory: str = "6g"
    database: str = "derby"
    port: int = 0
    licence: str = field(default="", repr=False)
    accept_eula: bool = False


@dataclass(frozen=True)
class Bounds:
    """How much all processes of a run together may ask of somebody's server; 0 for no bound.

    connections: at once. max_requests, max_megabytes: in the whole run, the second of pages and files.
    """

    requests_per_second: int = 0
    connections: int = 0
    max_requests: int = 0
    max_megabytes: int = 0


@dataclass(frozen=True)
class Settings:
    """Everything that somebody can set for a run. Secrets are never part of a representation."""

    target: TargetKind
    level: Level
    repo: str
    virtual: str
    local: str
    reports: Path
    config: Path | None = None
    credentials: str = ""
    artifactory_url: str = ""
    index_url: str = ""
    project: str = ""
    page_period: int = 0
    organization: str = ""
    packages: tuple[str, ...] = ()
    sdist: str = ""
    canary: tuple[str, ...] = ()
    most_versions: int = 3
    model_profile: str = ""
    standpoint: Standpoint = Standpoint.EVERYTHING
    model_switch: tuple[str, ...] = ()
    defect: tuple[str, ...] = ()
    misconfiguration: tuple[str, ...] = ()
    variation: tuple[str, ...] = ()
    catalog_dir: Path | None = None
    catalog_control: str = ""
    catalog_address: str = ""
    catalog_other_address: str = ""
    set_up_site: bool = False
    ca_bundle: Path | None = None
    proxy: str = ""
    proxy_user: str = ""
    proxy_password: str = field(default="", repr=False)
    bounds: Bounds = Bounds()
    no_wrong_passwords: bool = False
    tls: bool = False
    exclusive: bool = False
    this_machine: bool = False
    require: tuple[str, ...] = ()
    waivers: Path | None = None
    waived: tuple[Waiver, ...] = ()
    fail_on_warning: bool = False
    bundle: bool = False
    user: str = ""
    password: str = field(default="", repr=False)
    administrator: Administrator | None = None
    catalog_user: str = ""
    catalog_password: str = field(default="", repr=False)
    containers: ContainerSettings = ContainerSettings()
    origins: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def url(self) -> str:
        """The address of what is under test, as it was given; empty for what the run starts itself."""
        return self.artifactory_url or self.index_url

    @property
    def proxy_with_credentials(self) -> str:
        """The proxy's URL as a client is given it: in its environment or in memory, and never shown."""
        if not self.proxy_user:
            return self.proxy
        scheme, _, place = self.proxy.partition("://")
        return f"{scheme}://{quote(self.proxy_user, safe='')}:{quote(self.proxy_password, safe='')}@{place}"

    def files(self) -> tuple[tuple[str, Path | None], ...]:
        """Give the files that the run goes by, each with what it holds; None where there is none."""
        return (("settings", self.config), ("waivers", self.waivers))

    def secrets(self) -> tuple[str, ...]:
        """Give every secret value that was set, for the redactor."""
        admin = self.administrator or Administrator()
        licence = self.containers.licence
        given = (
            self.password,
            admin.password,
            admin.token,
            self.catalog_password,
            self.proxy_password,
            licence,
            licence.strip(),
        )
        return tuple(s for s in given if s)
