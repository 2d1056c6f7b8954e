"""What a run cannot give, and what an edition has no use for, is read off the fixtures that a check asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from artifactory_conformance.artifactory import SystemVersion
from artifactory_conformance.plugin.gating import level_of, missing, not_applicable, unclear, vantage_of
from artifactory_conformance.plugin.offer import offer_of
from artifactory_conformance.settings import resolve
from artifactory_conformance.verdicts import CheckInfo, Level, Reason

PRO = SystemVersion("7.84.17", "1", ("pypi",))
FREE = SystemVersion("7.84.17", "1", ())
CHECK = CheckInfo(id="folder.check", title="A check.", clauses=("PRE-01",))


def reason_on(version: SystemVersion, *fixtures: str) -> Reason | None:
    told = not_applicable(CHECK, fixtures, version)
    return told[0] if told else None


@pytest.mark.parametrize("fixture", ["lab", "grants", "test_button", "downloads"])
def test_free_edition_has_nothing_for_what_needs_pypi_or_rest(fixture: str) -> None:
    assert reason_on(FREE, fixture) is Reason.EDITION
    assert reason_on(PRO, fixture) is None


@pytest.mark.parametrize("fixture", ["free_edition", "free_edition_writes", "free_lab", "first_start"])
def test_what_a_free_edition_refuses_is_no_subject_on_pro(fixture: str) -> None:
    assert reason_on(PRO, fixture) is Reason.EDITION
    assert reason_on(FREE, fixture) is None


@pytest.mark.parametrize(
    ("told", "since", "before", "reason", "open_"),
    [
        ("7.84.17", "7.90", "", Reason.VERSION, False),
        ("7.84.17", "7.84", "7.85", None, False),
        ("7.x-SNAPSHOT", "7.90", "", None, True),
        ("7.x-SNAPSHOT", "", "7.90", None, True),
        ("7.x-SNAPSHOT", "", "", None, False),
        ("7.x-SNAPSHOT", "", "6.18", Reason.VERSION, False),
        ("7.x-SNAPSHOT", "7.49", "6.18", Reason.VERSION, True),
        ("7.90.0-SNAPSHOT", "7.84", "", None, False),
    ],
)
def test_version_that_cannot_be_compared_is_not_older(
    told: str, since: str, before: str, reason: Reason | None, open_: bool
) -> None:
    check, version = replace(CHECK, since=since, before=before), replace(PRO, version=told)
    found = not_applicable(check, (), version)
    assert (found[0] if found else None) is reason
    assert (told in unclear(check, version)) is open_
    assert bool(unclear(check, version)) is open_


def test_administrator_and_version_are_there_in_every_edition() -> None:
    assert reason_on(FREE, "admin", "site_user", "anonymous") is None


@pytest.mark.parametrize(
    ("fixtures", "level"),
    [
        (("admin",), Level.OBSERVE),
        (("test_button", "admin"), Level.PULL),
        (("free_edition",), Level.PULL),
        (("free_edition_writes", "free_edition"), Level.MUTATE),
        (("first_start",), Level.MUTATE),
        (("router",), Level.OBSERVE),
        (("downloads", "lab"), Level.MUTATE),
    ],
)
def test_highest_level_that_a_fixture_needs_counts(fixtures: tuple[str, ...], level: Level) -> None:
    assert level_of(fixtures) is level


@pytest.mark.parametrize("fixture", ["admin", "grants", "lab", "test_button", "free_edition", "first_start"])
def test_whoever_acts_as_an_administrator_sees_as_one(fixture: str) -> None:
    assert vantage_of((fixture, "site_user")) == "administrator"


def test_catalog_is_asked_directly_only_with_its_credentials() -> None:
    given = {"target": "instance", "artifactory_url": "https://artifactory.example.com"}
    environment = {"ARTIFACTORY_USER": "somebody", "ARTIFACTORY_PASS": "x"}
    without = offer_of(resolve(given, environment))
    told = missing(["site", "catalog_account"], without)
    assert told is not None
    assert (told[0], told[1]) == (Reason.NEEDS_CATALOG_CREDENTIALS, "set CATALOG_USER and CATALOG_PASS")
    assert missing(["site", "catalog_account"], replace(without, catalog_credentials=True)) is None
    known = offer_of(resolve(given, {**environment, "CATALOG_USER": "o", "CATALOG_PASS": "p"}))
    assert missing(["site", "catalog_account"], known) is None


@pytest.mark.parametrize(("installed", "told"), [("23.0.1", "install pip 23.1 or newer"), ("23.1", None)])
def test_a_pip_that_is_too_old_is_named(monkeypatch: pytest.MonkeyPatch, installed: str, told: str | None) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda name: {"pip": installed}[name])
    found = missing(["pip", "credentials_by_index"], offer_of(resolve({}, {})))
    assert found == (None if told is None else (Reason.NEEDS_CLIENT, told))
