"""Every value of every switch can be seen from outside; the profiles are what they claim."""

import pytest

from artifactory_conformance.reference.profiles import PROFILES, Edition
from artifactory_conformance.reference.switches import SWITCHES, SwitchSet, UnknownSwitch
from tests.reference.model_client import NOBODY
from tests.reference.switch_probes import FILES, NEEDS, PROBES


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, switch in SWITCHES.items() for value in switch.values]
)
def test_a_value_of_a_switch_is_seen_from_outside(start, catalog, tmp_path, name, value):
    wanted = {**NEEDS.get(name, {}), name: value}
    editions = [
        one for one in PROFILES.values() if one.edition is (Edition.OSS if name.startswith("oss_") else Edition.PRO)
    ]
    profile = next(one for one in editions if all(v in SWITCHES[n].possible(one.version) for n, v in wanted.items()))
    if name in FILES:
        place, text = FILES[name]
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).write_text(text)
    model = start(profile.name, state_dir=tmp_path, **wanted)
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
    answer = model.get("/api/system/version")
    assert answer.json()["version"] == profile.version
    assert answer.headers["X-JFrog-Version"] == f"Artifactory/{profile.version} {profile.revision}"


@pytest.mark.parametrize(
    ("profile", "switch"), [("7.117-pro", {"json": "on"}), ("7.146-pro", {"legacy_json_local": "off"})]
)
def test_a_value_that_a_version_cannot_have_is_refused(profile, switch):
    with pytest.raises(UnknownSwitch, match="cannot be"):
        PROFILES[profile].switch_set(switch)


def test_every_profile_has_a_value_for_every_switch_and_knows_how_to_have_it():
    for profile in PROFILES.values():
        for name, value in profile.switch_set({}).values().items():
            assert value in profile.open_questions().get(name, (value,))
    assert {"json", "legacy_json_local", "range"} & set(PROFILES["7.84-pro"].open_questions()) == {
        "range"
    }  # J-01, U-17


@pytest.mark.parametrize("values", [{"nonsense": "1"}, {"range": "207"}])
def test_an_unknown_switch_or_value_is_refused(values):
    with pytest.raises(UnknownSwitch):
        SwitchSet(values)


def test_every_switch_has_a_fact_and_at_least_two_values():
    for switch in SWITCHES.values():
        assert switch.fact
        assert switch.meaning
        assert len(set(switch.values)) >= 2
