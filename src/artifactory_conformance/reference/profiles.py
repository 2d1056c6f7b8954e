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
    """One version and edition. `departures` are the switches of which something is known: all others have
    the first value of the table that the version can have."""

    name: str
    version: str
    edition: Edition
    departures: Mapping[str, str] = field(default_factory=dict)

    def open_questions(self) -> Mapping[str, tuple[str, ...]]:
        """The switches that nobody knows the right value of for this version, with the values it can have."""
        possible = {name: switch.possible(self.version) for name, switch in SWITCHES.items()}
        return {name: values for name, values in possible.items() if len(values) > 1}

    @property
    def revision(self) -> str:
        """The number behind the version in X-JFrog-Version: 7.161.20 is 86120900 in the captures."""
        major, minor, patch = (int(part) for part in self.version.split("."))
        return str(major * 10_000_000 + minor * 100_000 + patch * 1_000 + 900)

    def switch_set(self, overrides: Mapping[str, str]) -> SwitchSet:
        """The switches of this profile with some set otherwise. Raises UnknownSwitch."""
        return SwitchSet({**self.departures, **overrides}, self.version)


_MAY_2025 = {  # a site on the cloud (I-02, I-03, F-02), between the lines 7.111 and 7.117
    "index_etag": "on",
    "file_cache_control": "1y",
}
_SEEN = {  # at 7.161.20 and .26: I-02, U-09, F-03, T-04, P-11, admin 11.13
    "range": "206",  # of Docker's blobs; of files on /api/pypi unknown (F-06)
    "index_etag": "on",
    "local_href": "bare",
    "origin_remote_path": "on",
    "upload_index_lag": "some",
    "login_suspension": "request_failures",
    "request_out_columns": "11",
}

PROFILES = {
    profile.name: profile
    for profile in (
        Profile("7.84-pro", "7.84.17", Edition.PRO),
        Profile("7.117-pro", "7.117.5", Edition.PRO, _MAY_2025),
        Profile("7.146-pro", "7.146.17", Edition.PRO, {"index_etag": "on"}),  # I-02: seen before and after
        Profile("7.161-pro", "7.161.20", Edition.PRO, _SEEN),
        Profile("oss", "7.84.17", Edition.OSS),
    )
}


def profile_named(name: str) -> Profile:
    """The profile of that name. Raises UnknownProfile."""
    if name not in PROFILES:
        raise UnknownProfile(f"unknown profile {name!r}: there are {', '.join(PROFILES)}")
    return PROFILES[name]
