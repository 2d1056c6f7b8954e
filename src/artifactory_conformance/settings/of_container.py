"""What a run in containers takes of the settings: an image, what it may use of this machine, and a licence."""

from __future__ import annotations

import re

from artifactory_conformance.settings.given import Given
from artifactory_conformance.settings.of_index import EMBEDDED_ONLY
from artifactory_conformance.settings.table import TABLE
from artifactory_conformance.settings.values import ContainerSettings

CONTAINER_ONLY = tuple(setting.name for setting in TABLE if setting.of_container)

DATABASES = ("derby", "postgresql")

LONGEST_LICENCE = 64 * 1024
"""Characters: a licence is a page of text."""

_MADE = (
    *("artifactory_url", "index_url", "project", "page_period", "organization", "packages", "sdist", "ca_bundle"),
    *("catalog_control", "catalog_address", "catalog_other_address", "user", "admin_user", "admin_token"),
    "catalog_user",
)
_FLAGS_OF_OTHERS = ("set_up_site", "exclusive", "tls")
_IMAGE = re.compile(r"[a-z0-9][A-Za-z0-9._:/@-]*")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_MEMORY = re.compile(r"(?i)[1-9][0-9]{0,8}[kmg]b?")


def container_settings(given: Given) -> ContainerSettings:
    """Give what the settings say of containers. Raises MalformedSettings."""
    for name in ("artifactory_image", "catalog_image"):
        if not _IMAGE.fullmatch(given.text(name)):
            raise given[name].refuse("is no name of an image")
    versions = given.several("artifactory_version")
    for version in versions:
        if not _VERSION.fullmatch(version):
            raise given["artifactory_version"].refuse(f"{version!r} is no version, like 7.146.17 or 7.146.x")
    if not _MEMORY.fullmatch(given.text("artifactory_memory")):
        raise given["artifactory_memory"].refuse("must be a size like 512m or 6g")
    if given.text("artifactory_database") not in DATABASES:
        raise given["artifactory_database"].refuse(f"must be one of {', '.join(DATABASES)}")
    port = given.number("artifactory_port") if given.text("artifactory_port") else 0
    if port > 65535:
        raise given["artifactory_port"].refuse("must be a port, at most 65535")
    return ContainerSettings(
        image=given.text("artifactory_image"),
        catalog_image=given.text("catalog_image"),
        versions=versions,
        memory=given.text("artifactory_memory").lower(),
        database=given.text("artifactory_database"),
        port=port,
        licence=_licence(given),
        accept_eula=given.switch("artifactory_accept_eula"),
    )


def _licence(given: Given) -> str:
    """The text of a licence, its line breaks kept (admin 1.4); empty if there is none."""
    if given.text("artifactory_license"):
        if given.text("license"):
            raise given["artifactory_license"].refuse("contradicts ARTIFACTORY_LICENSE; give one of the two")
        text = given.file_text("artifactory_license", LONGEST_LICENCE)
        if not text.strip():
            raise given["artifactory_license"].refuse("is empty")
        return text
    return given.text("license")


def contradictions_of_container(given: Given) -> None:
    """Refuse what cannot be meant of containers that are made for the run. Raises MalformedSettings."""
    for name in EMBEDDED_ONLY:
        if given.text(name):
            raise given[name].refuse("is for the embedded target only; a stand-in's image says what it plays")
    for name in _MADE:
        if given.text(name):
            raise given[name].refuse("contradicts the container target, which makes its own; use --target instance")
    for name in _FLAGS_OF_OTHERS:
        if given.switch(name):
            raise given[name].refuse("is not for the container target, which has its instance to itself, over http")


def refuse_container_settings(given: Given) -> None:
    """Refuse options of containers where there are none; in the environment they may lie around."""
    for name in CONTAINER_ONLY:
        if given[name].origin == "the command line":
            raise given[name].refuse("is for --target container only")
