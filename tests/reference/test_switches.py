"""Every value of every switch can be seen from outside; the profiles are what they claim."""

import pytest

from artifactory_conformance.reference.profiles import PROFILES
from artifactory_conformance.reference.switches import SWITCHES, SwitchSet, UnknownSwitch
from tests.reference.model_client import NOBODY
from tests.reference.switch_probes import NEEDS, PROBES


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, switch in SWITCHES.items() for value in switch.values]
)
def test_a_value_of_a_switch_is_seen_from_outside(start, catalog, tmp_path, name, value):
    model = start("7.84-pro", state_dir=tmp_path, **{**NEEDS.get(name, {}), name: value})
    assert PROBES[name](model, catalog) == value


def test_the_control_interface_tells_the_switches(start):
    model = start("7.161-pro", range="200")
    told = {one["name"]: one["value"] for one in model.get(f"{model.origin}/_control/switches", NOBODY).json()}
    assert set(told) == set(SWITCHES)
    assert (told["range"], told["index_etag"], told["local_href"]) == ("200", "on", "bare")


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.name)
def test_a_profile_names_existing_switches_and_tells_its_version(start, profile):
    model = start(profile.name)
    assert set(profile.departures) <= set(SWITCHES)
    assert set(profile.settled) <= set(SWITCHES)
    assert set(profile.open_questions()) == set(SWITCHES) - profile.settled
    answer = model.get("/api/system/version")
    assert answer.json()["version"] == profile.version
    assert answer.headers["X-JFrog-Version"] == f"Artifactory/{profile.version} {profile.revision}"


@pytest.mark.parametrize("values", [{"nonsense": "1"}, {"range": "207"}])
def test_an_unknown_switch_or_value_is_refused(values):
    with pytest.raises(UnknownSwitch):
        SwitchSet(values)


def test_every_switch_has_a_fact_and_at_least_two_values():
    for switch in SWITCHES.values():
        assert switch.fact
        assert switch.meaning
        assert len(set(switch.values)) >= 2
