"""What is dated: which profile plays it (releases of users-and-clients, and what is assumed for 7.84)."""

import pytest

from artifactory_conformance.reference.profiles import PROFILES

PRO = ("7.84-pro", "7.117-pro", "7.146-pro", "7.161-pro")


@pytest.mark.parametrize(
    ("switch", "values"),
    [
        ("legacy_json_local", ("off", "on", "on", "on")),  # 7.108.3
        ("json", ("off", "off", "off", "off")),  # possible from 7.132, to be switched on
        ("access_json", ("pretty", "compact", "compact", "compact")),  # 7.117.5
        ("list_remote_folder_items", ("true", "false", "false", "false")),  # 7.94.0
        ("api_key_creation", ("201", "403", "403", "403")),  # 7.98
        ("core_metadata", ("unadvertised",) * 4),
        ("range", ("200", "200", "200", "206")),
        ("index_etag", ("off", "on", "on", "on")),
        ("local_href", ("packages", "packages", "packages", "bare")),
        ("login_suspension", ("login_failures",) * 3 + ("request_failures",)),
        ("zap_permission", ("delete_or_manage",) * 4),
    ],
)
def test_a_profile_plays_what_is_known_of_its_version(switch, values):
    assert tuple(PROFILES[name].switch_set({}).value(switch) for name in PRO) == values


@pytest.mark.parametrize(
    ("name", "switch", "possible"),
    [
        ("7.117-pro", "json", None),
        ("7.146-pro", "json", ("off", "on")),
        ("7.84-pro", "assumed_offline_recovery", ("recovers", "stays")),
        ("7.117-pro", "assumed_offline_recovery", None),
        ("7.117-pro", "zap_permission", None),
        ("7.161-pro", "location_base", None),
    ],
)
def test_what_is_settled_for_a_version_is_no_open_question_of_it(name, switch, possible):
    assert PROFILES[name].open_questions().get(switch) == possible
