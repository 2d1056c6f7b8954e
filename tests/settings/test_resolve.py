"""Options and environment become Settings: which of them counts, and what their values become."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import certifi
import pytest

from artifactory_conformance.settings import TargetKind, resolve
from artifactory_conformance.verdicts import Level
from tests.settings.examples import ADMIN, BY_NAME, INSTANCE, SECRET, SET_UP


def test_without_anything_the_embedded_target_is_meant():
    found = resolve({}, {})
    assert (found.target, found.level, found.repo) == (TargetKind.EMBEDDED, Level.MUTATE, "activestate-platform")
    assert (found.virtual, found.local, found.model_profile) == ("activestate-virtual", "internal-pypi", "7.84-pro")
    assert found.reports == Path("reports").absolute()
    assert found.secrets() == ()


def test_an_instance_is_pulled_from_but_not_changed_by_default():
    found = resolve(INSTANCE, {})
    assert (found.target, found.level) == (TargetKind.INSTANCE, Level.PULL)
    assert (found.virtual, found.local, found.model_profile, found.administrator) == ("", "", "", None)


def test_an_option_wins_over_the_environment_and_the_environment_over_the_default():
    environment = {"CONFORMANCE_REPO": "from-environment"}
    assert resolve({}, {}).repo == "activestate-platform"
    assert resolve({"repo": None}, environment).repo == "from-environment"
    assert resolve({"repo": "from-option"}, environment).repo == "from-option"
    assert resolve({}, {"CONFORMANCE_REPO": ""}).repo == "activestate-platform"


def test_every_value_remembers_where_it_came_from():
    found = resolve({"repo": "mine"}, {"CONFORMANCE_LOCAL": "ours"}).origins
    assert found["repo"] == "the command line"
    assert found["local"] == "environment variable CONFORMANCE_LOCAL"
    assert found["virtual"] == "the default"
    assert set(found) == set(BY_NAME)


@pytest.mark.parametrize("name", ["set_up_site", "fail_on_warning"])
@pytest.mark.parametrize(("text", "meant"), [("1", True), ("TRUE", True), ("on", True), ("0", False), ("No", False)])
def test_a_flag_takes_the_usual_words(name: str, text: str, meant: bool):
    environment = {**ADMIN, "CONFORMANCE_CATALOG_CONTROL": "http://127.0.0.1:1", BY_NAME[name].environment: text}
    assert getattr(resolve({**INSTANCE, "level": "mutate"}, environment), name) is meant


def test_an_url_loses_its_final_slash_and_an_organization_its_spelling(tmp_path: Path):
    upper = "01234567-89AB-CDEF-0123-456789ABCDEF"
    found = resolve({**INSTANCE, "artifactory_url": "http://127.0.0.1:8081/", "organization": upper}, {})
    assert (found.artifactory_url, found.organization) == ("http://127.0.0.1:8081", upper.lower())
    assert resolve({"catalog_dir": str(tmp_path)}, {}).catalog_dir == tmp_path.resolve()


def test_required_clauses_come_from_repeated_options_or_a_list():
    known = ("REMOTE-01", "REMOTE-02")
    assert resolve({"require": ["REMOTE-01", "REMOTE-02"]}, {}, clauses=known).require == known
    assert resolve({}, {"CONFORMANCE_REQUIRE": " REMOTE-01, REMOTE-02,"}, clauses=known).require == known


def test_the_catalog_is_reached_by_the_target_where_the_suite_reaches_it_unless_said_otherwise():
    control = {**INSTANCE, "catalog_control": "http://127.0.0.1:5"}
    assert resolve(control, {}).catalog_address == "http://127.0.0.1:5"
    assert resolve({**control, "catalog_address": "http://catalog:5"}, {}).catalog_address == "http://catalog:5"
    assert resolve({**INSTANCE, "catalog_address": "http://catalog:5"}, {}).catalog_control == ""
    other = {"catalog_other_address": "http://store:5/"}
    assert resolve({**control, **other}, {}).catalog_other_address == "http://store:5"


@pytest.mark.parametrize("level", Level)
def test_the_embedded_target_takes_any_level(level: Level):
    assert resolve({"level": level.value}, {}).level is level


def test_settings_are_frozen_and_their_representation_holds_no_secret():
    environment = {
        "ARTIFACTORY_USER": "me",
        "ARTIFACTORY_PASS": f"{SECRET}1",
        "ARTIFACTORY_ADMIN_USER": "admin",
        "ARTIFACTORY_ADMIN_PASS": f"{SECRET}2",
        "CATALOG_USER": "org",
        "CATALOG_PASS": f"{SECRET}3",
    }
    found = resolve(INSTANCE, environment)
    assert SECRET not in repr(found)
    assert found.secrets() == (f"{SECRET}1", f"{SECRET}2", f"{SECRET}3")
    assert resolve(INSTANCE, ADMIN).secrets() == (SECRET,)
    assert SECRET not in repr(resolve(INSTANCE, ADMIN))
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.repo = "other"


def test_what_is_trusted_is_taken_from_a_file():
    assert resolve({**INSTANCE, "ca_bundle": certifi.where()}, {}).ca_bundle == Path(certifi.where())
    assert resolve(INSTANCE, {}).ca_bundle is None


def test_a_set_up_that_is_complete_is_taken():
    found = resolve(SET_UP, ADMIN)
    assert found.set_up_site
    assert (found.virtual, found.local) == ("activestate-virtual", "internal-pypi")
