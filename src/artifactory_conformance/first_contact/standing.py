"""What a difference stands on in the model: rules and switches, found by the facts that a check cites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from artifactory_conformance.artifactory.version_order import is_before
from artifactory_conformance.reference.profiles import PROFILES, Edition, Profile
from artifactory_conformance.reference.rules import AREAS, Rule
from artifactory_conformance.reference.switches import SWITCHES


def rules_about(facts: Iterable[str]) -> list[Rule]:
    """Give the model's rules that cite any of some facts, in the order of docs/model.md."""
    wanted = set(facts)
    return [rule for area in AREAS for rule in area.rules if wanted.intersection(rule.facts)]


def switches_about(facts: Iterable[str]) -> list[str]:
    """Give the switches that vary rules which cite any of some facts, or that hold one of them open themselves."""
    wanted = set(facts)
    found = [name for rule in rules_about(wanted) for name in rule.switches]
    found += [name for name, switch in SWITCHES.items() if wanted.intersection(switch.fact.split(", "))]
    return list(dict.fromkeys(found))


def facts_of(switch: str) -> tuple[str, ...]:
    """Give the facts that leave a switch open."""
    return tuple(SWITCHES[switch].fact.split(", "))


def other_values(switch: str, profile: Profile) -> Iterator[str]:
    """Give the values that a switch could have in a profile's version, and has not."""
    played = profile.switch_set({}).value(switch)
    yield from (value for value in SWITCHES[switch].possible(profile.version) if value != played)


def profile_for(version: str, *, serves_pypi: bool) -> Profile:
    """Give the profile for an Artifactory: that of the newest line which it is not older than, else the oldest.

    version: as an instance tells it; one that tells nothing is not known to be older than any.
    """
    edition = Edition.PRO if serves_pypi else Edition.OSS
    known = [profile for profile in PROFILES.values() if profile.edition is edition]
    known.sort(key=lambda profile: [int(number) for number in profile.version.split(".")])
    line = [profile for profile in known if not is_before(version, ".".join(profile.version.split(".")[:2]))]
    return (line or known)[-1 if line else 0]
