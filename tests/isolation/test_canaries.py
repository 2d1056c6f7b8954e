"""What the canary protocol makes of answers."""

import pytest

from artifactory_conformance.isolation import Finding, answers_to_names, unheard_of
from tests.isolation.made import INDEX, answer, page

COLD = page("curated_example-1.0-py3-none-any.whl")


@pytest.mark.parametrize("status", [403, 404])
def test_a_canary_that_is_refused_like_an_unknown_name_is_clean(status: int) -> None:
    assert answers_to_names(COLD, answer(status), {"canary": answer(status)}, INDEX).finding is Finding.CLEAN


@pytest.mark.parametrize("unknown", [answer(404), answer(401), answer(500), page()])
@pytest.mark.parametrize("cold", [COLD, answer(500)])
def test_a_canary_with_files_is_foreign_whatever_else_is_seen(cold: object, unknown: object) -> None:
    sight = answers_to_names(cold, unknown, {"other": answer(404), "canary": page("canary-9.tar.gz")}, INDEX)

    assert sight.finding is Finding.FOREIGN
    assert "canary-9.tar.gz" in sight.seen


def test_a_canary_that_leads_to_another_address_is_foreign() -> None:
    away = answer(404, url="https://pypi.org/simple/canary/")

    assert answers_to_names(COLD, answer(404), {"canary": away}, INDEX).finding is Finding.FOREIGN


@pytest.mark.parametrize("cold", [COLD, answer(404)])
def test_an_empty_page_of_a_canary_alone_is_foreign(cold: object) -> None:
    assert answers_to_names(cold, answer(404), {"canary": page()}, INDEX).finding is Finding.FOREIGN


@pytest.mark.parametrize("cold", [answer(404), answer(401), answer(503), answer(200, "")])
def test_without_catalog_content_nothing_is_known(cold: object) -> None:
    assert answers_to_names(cold, answer(404), {"canary": answer(404)}, INDEX).finding is Finding.UNCLEAR


@pytest.mark.parametrize("unknown", [answer(401), answer(429), answer(500), answer(302), page()])
def test_an_unknown_name_that_is_not_refused_as_such_tells_nothing(unknown: object) -> None:
    assert answers_to_names(COLD, unknown, {"canary": unknown}, INDEX).finding is Finding.UNCLEAR


def test_a_canary_that_is_refused_otherwise_tells_nothing() -> None:
    sight = answers_to_names(COLD, answer(404), {"canary": answer(403)}, INDEX)

    assert sight.finding is Finding.UNCLEAR
    assert "403" in sight.seen


def test_no_canary_tells_nothing() -> None:
    assert answers_to_names(COLD, answer(404), {}, INDEX).finding is Finding.UNCLEAR


def test_made_up_names_are_never_the_same() -> None:
    assert unheard_of("canary") != unheard_of("canary")
