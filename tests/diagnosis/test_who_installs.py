"""What an account without any rights of an administrator is answered, told apart as far as that can be told."""

from __future__ import annotations

from typing import Any

import pytest

from artifactory_conformance.diagnosis import Certainty
from tests.diagnosis.made import CATALOG, ORGANIZATION, administrator, check, probes
from tests.diagnosis.test_rules import found, proved, refused

UNREAD, MISSING = refused(403, "read"), refused(404)
REMOTE = {"type": "remote", "packageType": "pypi", "url": f"{CATALOG}/{ORGANIZATION}/pypi"}
CONTAMINATED = check("isolation.nothing_public_is_seen_through_the_sites_virtual", "nonconformant", "VIRTUAL-03")
SHADOWED = check(
    "virtual_repository.no_other_member_offers_an_internal_name_of_the_site", "nonconformant", "VIRTUAL-08"
)


def likely(facts: dict[str, Any], *more: dict[str, Any]) -> set[str]:
    return {name for name, certainty in found(facts, *more).items() if certainty is Certainty.LIKELY}


SOME = {"pages": 2, "files": 2, "in_public_layout": 0}


@pytest.mark.parametrize(
    ("answers", "cause"),
    [
        ({"page": UNREAD, "file": UNREAD}, {"read-missing"}),
        ({"odd_page": UNREAD, "odd_stored_file": UNREAD}, {"read-missing"}),
        ({"page": UNREAD, "odd_stored_file": MISSING, "cache": SOME}, {"grant-pattern-hides-pages"}),
        ({"odd_page": UNREAD, "page": {"status": 200}}, set()),
        ({"page": MISSING, "odd_page": MISSING}, {"nothing-new-comes-from-the-catalog"}),
    ],
)
def test_what_is_refused_makes_a_missing_right_or_a_pattern_likely(answers: dict[str, Any], cause: set[str]) -> None:
    assert likely(probes(account=answers)) == cause
    assert proved(probes(account=answers)) == set()


def test_a_file_that_is_refused_while_its_page_comes_proves_a_pattern() -> None:
    assert proved(probes(account={"page": {"status": 200}, "file": UNREAD})) == {"grant-pattern-hides-files"}


@pytest.mark.parametrize("status", [404, 429, 500])
def test_a_file_that_fails_for_another_reason_says_nothing_of_patterns(status: int) -> None:
    told = found(probes(account={"page": UNREAD, "odd_stored_file": refused(status)}))
    assert "grant-pattern-hides-pages" not in told


def test_an_empty_page_behind_the_catalogs_own_url_speaks_of_the_field_that_nobody_filled_in() -> None:
    empty = {"status": 200, "is_a_page": True, "links": 0}
    told = likely(probes(account={"page": empty, "listed": {"activestate-platform": REMOTE}}))
    assert told == {"registry-url-is-the-public-index"}
    assert likely(probes(account={"page": empty})) == {"index-and-files-from-different-places"}


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("Could not find resource; Path: 'v:.pypi/x.html'", "remote-not-in-the-virtual"),
        ("No repository found to serve the request for v:.pypi/x.html", "virtual-patterns-hide-packages"),
    ],
)
def test_the_virtuals_own_words_tell_a_missing_member_from_a_pattern(said: str, cause: str) -> None:
    lacks = {**MISSING, "message": said}
    account = {"page_of_the_virtual": MISSING, "stored_page_of_the_virtual": lacks}
    assert likely(probes(account={**account, "page": {"status": 200}})) == {cause}
    assert cause not in found(probes(account={**account, "page": MISSING}))


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"odd_page_of_the_local": MISSING}, {"internal-repository-missing": Certainty.POSSIBLE}),
        ({"odd_page_of_the_local": UNREAD}, {"internal-repository-not-readable": Certainty.LIKELY}),
        ({"internal_page": UNREAD}, {"internal-repository-not-readable": Certainty.PROVED}),
        ({"odd_page_of_the_local": UNREAD, "internal_page": {"status": 200}}, {}),
        ({"odd_page_of_the_local": MISSING, "internal_page": {"status": 200}}, {}),
    ],
)
def test_a_page_of_the_internal_repository_tells_whether_it_is_there(
    answers: dict[str, Any], told: dict[str, Certainty]
) -> None:
    assert found(probes(account={"listed": {"internal-pypi": None}, **answers})) == told


def internal(*, remote: dict[str, Any], virtual: dict[str, Any], **more: dict[str, Any]) -> dict[str, Any]:
    pages = {"internal_page": served(1), "internal_page_of_the_remote": remote, "internal_page_of_the_virtual": virtual}
    return probes(account={**pages, **more})


def served(links: int) -> dict[str, Any]:
    return {"status": 200, "is_a_page": True, "links": links}


@pytest.mark.parametrize("links", [1, 2])
def test_an_internal_name_that_the_remote_serves_too_is_shadowed(links: int) -> None:
    assert found(internal(remote=served(1), virtual=served(links))) == {
        "internal-name-in-the-catalog": Certainty.PROVED
    }


def test_an_internal_page_that_the_virtual_lacks_beside_others_is_no_other_members_doing() -> None:
    others = internal(remote=MISSING, virtual=MISSING, page=served(2), page_of_the_virtual=served(2))
    assert found(others, SHADOWED) == {"local-not-in-the-virtual": Certainty.LIKELY}
    assert "local-not-in-the-virtual" not in found(internal(remote=MISSING, virtual=MISSING))
    lacking = internal(remote=MISSING, virtual=MISSING, page=served(2), page_of_the_virtual=MISSING)
    assert "local-not-in-the-virtual" not in found(lacking)


def test_an_internal_name_that_comes_with_something_public_is_not_blamed_on_the_catalog() -> None:
    facts = internal(remote=MISSING, virtual=served(3))
    assert "internal-name-in-the-catalog" in proved(facts, SHADOWED)
    assert "internal-name-in-the-catalog" not in found(facts, SHADOWED, CONTAMINATED)


def test_something_public_that_is_not_laid_out_as_the_public_index_comes_from_another_address() -> None:
    def pages(public: int) -> dict[str, Any]:
        own, more = {**served(5), "in_public_layout": 0}, {**served(9), "in_public_layout": public}
        return probes(account={"page": own, "page_of_the_virtual": more})

    assert "other-address-in-the-virtual" in likely(pages(0), CONTAMINATED)
    assert "other-address-in-the-virtual" not in found(pages(4), CONTAMINATED)
    assert "other-address-in-the-virtual" not in found(pages(0))
    unknown = probes(account={"page": MISSING, "page_of_the_virtual": {**served(9), "in_public_layout": 0}})
    assert "other-address-in-the-virtual" not in found(unknown, CONTAMINATED)


@pytest.mark.parametrize(
    ("key", "cause"),
    [
        ("curated-extra", "public-index-under-an-innocent-key"),
        ("activestate-mirror", "public-index-under-an-innocent-key"),
        ("platform-team-pypi", "public-index-in-the-virtual"),
    ],
)
def test_a_public_member_is_innocent_where_its_key_speaks_of_the_catalog(key: str, cause: str) -> None:
    member = {"key": key, "path": ["activestate-virtual", key], "url": "https://pypi.org"}
    assert cause in proved(probes(administrator=administrator(members=[member])))


def test_the_address_of_a_local_repository_is_no_address_of_a_catalog() -> None:
    local = {"type": "local", "packageType": "pypi", "url": "http://art.example.com/artifactory/activestate-platform"}
    told = found(probes(account={"listed": {"activestate-platform": local}}))
    assert "url-names-another-host" not in told
    assert told["catalog-key-is-no-remote"] is Certainty.PROVED
