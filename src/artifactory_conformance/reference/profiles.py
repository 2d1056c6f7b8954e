"""The versions and editions that the model plays: a version, an edition and a value for each switch."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from artifactory_conformance.reference.switches import SWITCHES, SwitchSet


class Edition(enum.Enum):
    """What is licensed."""

    PRO = "pro"
    OSS = "oss"  # no PyPI, most of REST refused (admin 1.1, admin 1.2)


class UnknownProfile(Exception):
    """A profile that does not exist."""


@dataclass(frozen=True)
class Profile:
    """One version and edition. `departures` are the switches that differ from the first value of the table.

    `settled` are the switches that are no open question of this version, since facts name the value.
    """

    name: str
    version: str
    edition: Edition
    departures: Mapping[str, str] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()

    def open_questions(self) -> Mapping[str, tuple[str, ...]]:
        """The switches that nobody knows the right value of for this version, with their values."""
        return {name: switch.values for name, switch in SWITCHES.items() if name not in self.settled}

    @property
    def revision(self) -> str:
        """The number behind the version in X-JFrog-Version: 7.161.20 is 86120900 in the captures."""
        major, minor, patch = (int(part) for part in self.version.split("."))
        return str(major * 10_000_000 + minor * 100_000 + patch * 1_000 + 900)

    def switch_set(self, overrides: Mapping[str, str]) -> SwitchSet:
        """The switches of this profile with some set otherwise. Raises UnknownSwitch."""
        return SwitchSet({**self.departures, **overrides})


_CAPTURED = {  # what the capture of 7.161.20 shows, and U-18
    "range": "206",
    "suffix_range": "last",
    "index_etag": "on",
    "local_href": "bare",
    "origin_remote_path": "on",
    "legacy_json_local": "on",
    "upload_index_lag": "3s",
    "login_suspension": "request_failures",
}

PROFILES = {
    profile.name: profile
    for profile in (
        Profile("7.84-pro", "7.84.17", Edition.PRO, settled=frozenset({"json", "legacy_json_local"})),  # J-01, U-17
        Profile("7.161-pro", "7.161.20", Edition.PRO, _CAPTURED, settled=frozenset({"legacy_json_local"})),  # U-17
        Profile("oss", "7.84.17", Edition.OSS),
    )
}


def profile_named(name: str) -> Profile:
    """The profile of that name. Raises UnknownProfile."""
    if name not in PROFILES:
        raise UnknownProfile(f"unknown profile {name!r}: there are {', '.join(PROFILES)}")
    return PROFILES[name]
