"""Which checks run at an index that is known by its URL alone: read off what they ask for, like everything else."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from artifactory_conformance.plugin.any_index import MAKES_ITS_OWN, OF_AN_ARTIFACTORY, OF_ANY_INDEX
from artifactory_conformance.plugin.gating import has_it_alone, missing
from artifactory_conformance.plugin.offer import Offer, offer_of
from artifactory_conformance.settings import resolve
from artifactory_conformance.verdicts import Level, Reason

ROOT = Path(__file__).parents[2]
ALONE = {"target": "index", "index_url": "http://127.0.0.1:1/simple", "project": "example"}
UUID = "01234567-89ab-cdef-0123-456789abcdef"
WITH_CATALOG = {
    "target": "index",
    "index_url": "http://127.0.0.1:1/simple",
    "catalog_control": "http://127.0.0.1:2",
    "organization": UUID,
}


def offer(options: dict[str, object]) -> Offer:
    return offer_of(resolve(options, {"CATALOG_USER": UUID, "CATALOG_PASS": "x"} if options != ALONE else {}))


def reason(options: dict[str, object], *fixtures: str) -> Reason | None:
    told = missing(fixtures, offer(options))
    return told[0] if told else None


def fixtures_of(file: Path) -> set[str]:
    return {
        node.name
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and any("fixture" in ast.unparse(decorator) for decorator in node.decorator_list)
    }


def test_each_fixture_asks_for_any_index_or_for_an_artifactory():
    made = {name for file in (ROOT / "fixtures").glob("*.py") for name in fixtures_of(file)}
    assert made == OF_ANY_INDEX | OF_AN_ARTIFACTORY
    assert not OF_ANY_INDEX & OF_AN_ARTIFACTORY


@pytest.mark.parametrize("fixture", ["lab", "admin", "remote_index", "clock", "artifactory", "site_virtual"])
def test_what_an_artifactory_alone_has_is_not_asked_of_an_index(fixture: str):
    assert reason(ALONE, "run", fixture) is Reason.NEEDS_ARTIFACTORY
    assert reason(WITH_CATALOG, "run", "downloads", fixture) is Reason.NEEDS_ARTIFACTORY


@pytest.mark.parametrize(("fixture", "told"), [("proxy", "--organization"), ("certificate", "https:// URL")])
def test_what_is_lacking_is_asked_for_in_words_of_an_index(fixture: str, told: str):
    lacking = missing(["run", fixture], offer(ALONE))
    assert lacking is not None
    assert told in lacking[1]
    assert "embedded" not in lacking[1]


def test_what_is_read_by_url_runs_with_a_url_alone():
    assert reason(ALONE, "run", "downloads", "site_indexes", "site_files", "pip", "accept") is None


def test_a_proxy_needs_the_catalog_behind_it_and_no_administrator():
    assert reason(ALONE, "run", "proxy") is Reason.NEEDS_CATALOG
    assert reason(WITH_CATALOG, "run", "proxy") is None
    given = {"target": "instance", "artifactory_url": "http://h", "catalog_control": "http://127.0.0.1:2"}
    assert reason(given, "run", "proxy") is Reason.NEEDS_MUTATE


def test_pages_that_expire_are_waited_for_where_the_period_is_known():
    assert reason(WITH_CATALOG, "run", "expiring_proxy") is Reason.NEEDS_PAGE_PERIOD
    assert reason({**WITH_CATALOG, "page_period": "2"}, "run", "expiring_proxy") is None


def test_an_index_is_pulled_from():
    assert offer(ALONE).level is Level.PULL
    assert missing(["run", "expiring_proxy", "lab", "clock"], offer_of(resolve({}, {}))) is None


@pytest.mark.parametrize("fixture", sorted(MAKES_ITS_OWN))
def test_checks_that_share_the_catalog_of_an_index_run_one_at_a_time(fixture: str):
    assert has_it_alone(["run", fixture], offer(WITH_CATALOG))
    assert not has_it_alone(["run", fixture], offer_of(resolve({}, {})))
    assert not has_it_alone(["run", "downloads"], offer(WITH_CATALOG))
