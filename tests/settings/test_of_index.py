"""What a run at an index takes, and what it refuses."""

from __future__ import annotations

import pytest

from artifactory_conformance.settings import TargetKind, resolve
from artifactory_conformance.verdicts import Level
from tests.settings.examples import SECRET, refusal

ALONE = {"target": "index", "index_url": "https://index.example.org/simple/", "project": "example"}
UUID = "01234567-89ab-cdef-0123-456789abcdef"
WITH_CATALOG = {
    "target": "index",
    "index_url": "http://127.0.0.1:1/simple",
    "catalog_control": "http://127.0.0.1:2",
    "organization": UUID,
}
ACCOUNT = {"CATALOG_USER": UUID, "CATALOG_PASS": SECRET}


def test_an_index_is_its_url_and_a_project():
    found = resolve(ALONE, {})
    assert (found.target, found.level, found.url) == (TargetKind.INDEX, Level.PULL, "https://index.example.org/simple")
    assert (found.virtual, found.local, found.model_profile, found.page_period) == ("", "", "", 0)


def test_an_index_in_front_of_a_catalog_may_say_how_long_it_keeps_pages():
    found = resolve({**WITH_CATALOG, "page_period": "2"}, ACCOUNT)
    assert (found.page_period, found.catalog_address) == (2, "http://127.0.0.1:2")
    assert SECRET in found.secrets()
    assert SECRET not in repr(found)


@pytest.mark.parametrize(
    ("options", "named", "why"),
    [
        ({**ALONE, "project": None}, "--target", "needs --project, or --catalog-control"),
        ({**ALONE, "level": "observe"}, "--level", "at level pull"),
        ({**ALONE, "level": "mutate"}, "--level", "at level pull"),
        ({**ALONE, "virtual": "v"}, "--virtual", "is for an Artifactory"),
        ({**ALONE, "artifactory_url": "http://h"}, "--artifactory-url", "is for an Artifactory"),
        ({**ALONE, "exclusive": True}, "--exclusive", "is for an Artifactory"),
        ({**ALONE, "defect": ["x"]}, "--defect", "embedded target only"),
        ({**ALONE, "tls": True}, "--tls", "embedded target only"),
        ({**ALONE, "page_period": "2"}, "--page-period", "give --catalog-control"),
        ({**ALONE, "organization": UUID}, "--organization", "give --catalog-control"),
        ({**WITH_CATALOG, "page_period": "61"}, "--page-period", "no check waits for longer than 60"),
        ({**WITH_CATALOG, "page_period": "0"}, "--page-period", "whole number"),
        ({**WITH_CATALOG, "organization": None}, "--catalog-control", "needs --organization"),
        ({**WITH_CATALOG, "project": "example"}, "--project", "makes its own"),
        ({"index_url": "http://h/simple"}, "--index-url", "contradicts the embedded target"),
        ({"target": "instance", "artifactory_url": "http://h", "project": "x"}, "--project", "is for --target index"),
    ],
)
def test_what_cannot_be_meant_of_an_index_is_refused(options: dict[str, object], named: str, why: str):
    text = refusal(options, ACCOUNT if "catalog_control" in options else {})
    assert text.startswith(named)
    assert why in text


def test_a_catalog_behind_an_index_needs_what_the_index_has_for_it():
    assert "CATALOG_USER and CATALOG_PASS" in refusal(WITH_CATALOG)


def test_an_index_may_need_an_account():
    found = resolve(ALONE, {"ARTIFACTORY_USER": "somebody", "ARTIFACTORY_PASS": SECRET})
    assert found.user == "somebody"
