"""Options and environment become Settings, or one line that names the setting, its origin and no secret."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import certifi
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artifactory_conformance.settings import TABLE, MalformedSettings, Settings, TargetKind, resolve
from artifactory_conformance.verdicts import Level

SECRET = "s3cret-value"
INSTANCE = {"target": "instance", "artifactory_url": "https://artifacts.example.org/artifactory"}
ADMIN = {"ARTIFACTORY_ADMIN_TOKEN": SECRET}
BY_NAME = {setting.name: setting for setting in TABLE}


def refusal(options: dict[str, object], environment: dict[str, str] | None = None) -> str:
    with pytest.raises(MalformedSettings) as refused:
        resolve(options, environment or {}, clauses=("REMOTE-01",))
    text = str(refused.value)
    assert text.isprintable(), "one line, whatever was given"
    assert SECRET not in text
    return text


# ---------------------------------------------------------------- what comes out


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


# ---------------------------------------------------------------- the table


@pytest.mark.parametrize("setting", TABLE, ids=lambda setting: setting.name)
def test_every_setting_has_a_variable_a_meaning_and_an_option_unless_it_is_secret(setting):
    assert re.fullmatch(r"(CONFORMANCE|ARTIFACTORY|CATALOG)_[A-Z_]+", setting.environment)
    assert setting.help
    assert setting.help[0].islower() or setting.help[0] == "a"
    assert (setting.option == "") == setting.secret
    if not setting.secret:
        assert re.fullmatch(r"--[a-z-]+", setting.option)
        assert setting.flag or setting.metavar or setting.default


def test_names_and_variables_are_unique_and_every_field_of_settings_has_one():
    assert len({setting.environment for setting in TABLE}) == len(BY_NAME) == len(TABLE)
    made_of_several = {"administrator", "origins"}
    fields = {field.name for field in dataclasses.fields(Settings)} - made_of_several
    assert fields == set(BY_NAME) - {"admin_user", "admin_password", "admin_token"}


# ---------------------------------------------------------------- what is refused

LONG = "x" * 5000
BAD_OPTIONS = [
    ("target", "cloud", "--target 'cloud'", "must be one of embedded, container, instance, index"),
    ("target", "", "--target ''", "must be one of"),
    ("target", "index", "--target 'index'", "come later"),
    ("target", "container", "--target 'container'", "come later"),
    ("target", "instance", "--target 'instance'", "needs --artifactory-url"),
    ("level", "destroy", "--level 'destroy'", "must be one of observe, pull, mutate"),
    ("repo", "", "--repo ''", "must be the key"),
    ("repo", "a b", "--repo 'a b'", "is no repository key"),
    ("repo", "1st", "--repo '1st'", "is no repository key"),
    ("repo", "a/b", "--repo 'a/b'", "is no repository key"),
    ("repo", "../x", "--repo '../x'", "is no repository key"),
    ("repo", "ü", "--repo 'ü'", "is no repository key"),
    ("repo", "a\n", "--repo 'a\\n'", "is no repository key"),
    ("repo", "x" * 65, "--repo 'xxx", "at most 64"),
    ("repo", "internal-pypi", "--repo 'internal-pypi'", "three different keys"),
    ("repo", "Internal-PyPI", "--repo 'Internal-PyPI'", "three different keys"),
    ("virtual", "activestate-platform", "--virtual 'activestate-platform'", "three different keys"),
    ("local", "activestate-platform", "--local 'activestate-platform'", "three different keys"),
    ("virtual", "-x", "--virtual '-x'", "is no repository key"),
    ("local", "x?", "--local 'x?'", "is no repository key"),
    ("organization", "acme", "--organization 'acme'", "must be your organization's UUID"),
    ("organization", "b5865a43-1f24-48df-b6f3-8c932c7aae29", "--organization 'b5865a43", "printed example"),
    ("organization", "B5865A43-1F24-48DF-B6F3-8C932C7AAE29", "--organization 'B5865A43", "printed example"),
    ("organization", "01234567-89ab-cdef-0123-456789abcdef", "--organization '0123", "contradicts the embedded target"),
    ("artifactory_url", "http://h", "--artifactory-url 'http://h'", "contradicts the embedded target"),
    ("artifactory_url", "h:8081", "--artifactory-url 'h:8081'", "http:// or https://"),
    ("artifactory_url", "ftp://h", "--artifactory-url 'ftp://h'", "http:// or https://"),
    ("artifactory_url", "http://", "--artifactory-url 'http://'", "with a host"),
    ("artifactory_url", "http://[", "--artifactory-url 'http://['", "is no URL"),
    ("artifactory_url", "http://h:port", "--artifactory-url 'http://h:port'", "is no URL"),
    ("artifactory_url", "http://h:70000", "--artifactory-url 'http://h:70000'", "is no URL"),
    ("artifactory_url", "http://h\n/x", "--artifactory-url 'http://h\\n/x'", "control characters"),
    ("artifactory_url", " http://h", "--artifactory-url ' http://h'", "blanks"),
    ("artifactory_url", f"http://h/?token={SECRET}", "--artifactory-url 'http://h/…'", "query"),
    ("artifactory_url", f"http://h/#{SECRET}", "--artifactory-url 'http://h/…'", "fragment"),
    ("artifactory_url", "http://h?", "--artifactory-url", "query"),
    ("artifactory_url", f"http://me:{SECRET}@h", "--artifactory-url '…h'", "credentials do not belong"),
    ("artifactory_url", f"http://{SECRET}@h", "--artifactory-url '…h'", "credentials do not belong"),
    ("artifactory_url", f"http://me:{SECRET}@h:port", "--artifactory-url", "credentials do not belong"),
    ("artifactory_url", f"http://me:{SECRET}/x@h", "--artifactory-url", "credentials do not belong"),
    ("artifactory_url", f"http://me:{SECRET}#x@h", "--artifactory-url", "credentials do not belong"),
    ("artifactory_url", f"me:{SECRET}@h", "--artifactory-url", "credentials do not belong"),
    ("catalog_control", f"http://me:{SECRET}@h", "--catalog-control", "credentials do not belong"),
    ("catalog_control", "http://h", "--catalog-control 'http://h'", "contradicts the embedded target"),
    ("catalog_address", "nowhere", "--catalog-address 'nowhere'", "http:// or https://"),
    ("catalog_dir", "/nowhere/at/all", "--catalog-dir '/nowhere/at/all'", "is not a folder"),
    ("catalog_dir", __file__, "--catalog-dir", "is not a folder"),
    ("catalog_dir", "a\0b", "--catalog-dir 'a\\x00b'", "folder"),
    ("catalog_dir", LONG, "--catalog-dir", "cannot be looked at"),
    ("reports", __file__, "--reports", "is not a folder"),
    ("reports", f"{__file__}/x", "--reports", "is not a folder"),
    ("reports", "", "--reports ''", "must be the name of a folder"),
    ("reports", "a\0b", "--reports 'a\\x00b'", "must be the name of a folder"),
    ("reports", LONG, "--reports", "cannot be looked at"),
    ("reports", "\ud800", "--reports '\\ud800'", "cannot be looked at"),
    ("set_up_site", "perhaps", "--set-up-site 'perhaps'", "must be one of"),
    ("ca_bundle", "nowhere.pem", "--ca-bundle 'nowhere.pem'", "not a file that can be read"),
    ("ca_bundle", "pyproject.toml", "--ca-bundle", "holds no certificate"),
    ("tls", "2", "--tls '2'", "must be one of"),
    ("fail_on_warning", "2", "--fail-on-warning '2'", "must be one of"),
    ("require", "REMOTE-99", "--require", "'REMOTE-99' is no clause"),
    ("require", "a\nb", "--require", "'a\\nb' is no clause"),
]


@pytest.mark.parametrize(("name", "value", "shown", "problem"), BAD_OPTIONS)
def test_a_bad_option_is_refused_by_name_with_its_origin(name: str, value: str, shown: str, problem: str):
    text = refusal({name: value})
    assert text.startswith(shown)
    assert "(from the command line)" in text
    assert problem in text


@pytest.mark.parametrize(("name", "value", "shown", "problem"), [row for row in BAD_OPTIONS if row[1]])
def test_a_bad_variable_is_refused_likewise(name: str, value: str, shown: str, problem: str):
    text = refusal({}, {BY_NAME[name].environment: value})
    assert text.startswith(shown)
    assert f"(from environment variable {BY_NAME[name].environment})" in text
    assert problem in text


SET_UP = {**INSTANCE, "level": "mutate", "set_up_site": True, "catalog_control": "http://127.0.0.1:1"}


@pytest.mark.parametrize(
    ("options", "environment", "named", "problem"),
    [
        (INSTANCE, {"ARTIFACTORY_USER": SECRET}, "ARTIFACTORY_USER", "without ARTIFACTORY_PASS"),
        (INSTANCE, {"ARTIFACTORY_PASS": SECRET}, "ARTIFACTORY_PASS", "without ARTIFACTORY_USER"),
        (INSTANCE, {"ARTIFACTORY_ADMIN_USER": SECRET}, "ARTIFACTORY_ADMIN_USER", "without ARTIFACTORY_ADMIN_PASS"),
        (INSTANCE, {"ARTIFACTORY_ADMIN_PASS": SECRET}, "ARTIFACTORY_ADMIN_PASS", "without ARTIFACTORY_ADMIN_USER"),
        (INSTANCE, {"CATALOG_USER": SECRET}, "CATALOG_USER", "without CATALOG_PASS"),
        (INSTANCE, {"CATALOG_PASS": SECRET}, "CATALOG_PASS", "without CATALOG_USER"),
        (INSTANCE, {**ADMIN, "ARTIFACTORY_ADMIN_PASS": "x"}, "ARTIFACTORY_ADMIN_TOKEN", "give one of the two"),
        ({}, {"ARTIFACTORY_USER": SECRET, "ARTIFACTORY_PASS": SECRET}, "ARTIFACTORY_USER", "contradicts the embedded"),
        ({}, ADMIN, "ARTIFACTORY_ADMIN_TOKEN", "contradicts the embedded"),
        ({**INSTANCE, "model_profile": "oss"}, {}, "--model-profile", "embedded target only"),
        ({**INSTANCE, "catalog_dir": "."}, {}, "--catalog-dir", "embedded target only"),
        ({**INSTANCE, "tls": True}, {}, "--tls", "embedded target only"),
        ({"ca_bundle": certifi.where()}, {}, "--ca-bundle", "contradicts the embedded"),
        ({**INSTANCE, "level": "mutate"}, {}, "--level", "needs an administrator"),
        ({**SET_UP, "level": "pull"}, ADMIN, "--set-up-site", "needs --level mutate"),
        ({**SET_UP, "catalog_control": None}, ADMIN, "--set-up-site", "needs --catalog-control"),
        (SET_UP, {**ADMIN, "ARTIFACTORY_USER": "u", "ARTIFACTORY_PASS": SECRET}, "ARTIFACTORY_USER", "makes its own"),
        ({**SET_UP, "organization": "01234567-89ab-cdef-0123-456789abcdef"}, ADMIN, "--organization", "makes its own"),
        ({}, {"CATALOG_USER": "u", "CATALOG_PASS": SECRET}, "CATALOG_USER", "contradicts the embedded"),
        ({**INSTANCE, "local": "x", "virtual": "x"}, {}, "--local 'x'", "both 'x'"),
    ],
)
def test_what_cannot_be_meant_together_is_refused(options, environment, named: str, problem: str):
    text = refusal(options, environment)
    assert text.startswith(named)
    assert problem in text


def test_what_is_trusted_is_taken_from_a_file():
    assert resolve({**INSTANCE, "ca_bundle": certifi.where()}, {}).ca_bundle == Path(certifi.where())
    assert resolve(INSTANCE, {}).ca_bundle is None


def test_a_set_up_that_is_complete_is_taken():
    found = resolve(SET_UP, ADMIN)
    assert found.set_up_site
    assert (found.virtual, found.local) == ("activestate-virtual", "internal-pypi")


texts = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["instance", "embedded", "mutate", "pull", "http://h", "https://h:1/x", "a", "true", "0", ".", "/"]
    ),
)
names = st.sampled_from(sorted(BY_NAME))
variables = st.sampled_from(sorted(setting.environment for setting in TABLE))


@settings(max_examples=300)
@given(st.dictionaries(names, texts, max_size=8), st.dictionaries(variables, texts, max_size=8))
def test_whatever_is_given_it_is_taken_or_refused_in_one_line(options: dict[str, str], environment: dict[str, str]):
    try:
        found = resolve(options, environment, clauses=("REMOTE-01",))
    except MalformedSettings as error:
        text = str(error)
    else:
        text = repr(found.target)
        assert found.level in Level
    assert text.isprintable()


@given(
    name=st.sampled_from(["password", "admin_password", "admin_token", "catalog_password"]),
    secret=st.from_regex(r"[^\s']{12,20}", fullmatch=True),
)
def test_no_message_shows_a_secret(name: str, secret: str):
    message = ""
    try:
        resolve({}, {BY_NAME[name].environment: secret})
    except MalformedSettings as error:
        message = str(error)
    assert secret not in message


# ---------------------------------------------------------------- looking for public content


def test_canaries_are_harmless_ones_unless_others_are_named():
    assert resolve({}, {}).canary == ("sampleproject", "pip-install-test")
    assert resolve({"canary": ["torch", "tensorflow"]}, {}).canary == ("torch", "tensorflow")
    assert resolve({}, {"CONFORMANCE_CANARY": "torch, tensorflow"}).canary == ("torch", "tensorflow")


def test_a_project_to_be_built_is_a_name_and_for_an_instance():
    instance = {"target": "instance", "artifactory_url": "https://host"}
    assert resolve({}, {}).sdist == ""
    assert resolve({**instance, "sdist": "some-thing"}, {}).sdist == "some-thing"
    assert "is no name of a project" in refusal({**instance, "sdist": "../thing"})
    assert "--sdist" in refusal({"sdist": "some-thing"})


@pytest.mark.parametrize("name", ["../etc", "a b", "-x", "https://pypi.org/simple/a/", "a" * 200])
def test_a_canary_that_is_no_project_name_is_refused(name):
    assert "--canary" in refusal({"canary": [name]})


def test_the_number_of_versions_is_a_whole_number():
    assert resolve({}, {}).most_versions == 3
    assert resolve({"most_versions": "12"}, {}).most_versions == 12
    for text in ("0", "-1", "1.5", "many", "1e3", "9" * 20):
        assert "--most-versions" in refusal({"most_versions": text})
