"""What an account without any rights of an administrator is answered, told apart as far as that can be told."""

from __future__ import annotations

from typing import Any

import pytest

from artifactory_conformance.diagnosis import Certainty
from tests.diagnosis.made import CATALOG, ORGANIZATION, check, probes
from tests.diagnosis.test_rules import found, proved, refused

UNREAD, MISSING = refused(403, "read"), refused(404)
REMOTE = {"type": "remote", "packageType": "pypi", "url": f"{CATALOG}/{ORGANIZATION}/pypi"}
CONTAMINATED = check("isolation.nothing_public_is_seen_through_the_sites_virtual", "nonconformant", "VIRTUAL-03")
SHADOWED = check(
    "virtual_repository.no_other_member_offers_an_internal_name_of_the_site", "nonconformant", "VIRTUAL-08"
)


def likely(facts: dict[str, Any], *more: dict[str, Any]) -> set[str]:
    return {name for name, certainty in found(facts, *more).items() if certainty is Certainty.LIKELY}


@pytest.mark.parametrize(
    ("page", "file", "cause"),
    [
        (UNREAD, UNREAD, "read-missing"),
        (UNREAD, MISSING, "grant-pattern-hides-pages"),
        ({"status": 200}, UNREAD, "grant-pattern-hides-files"),
    ],
)
def test_which_of_pages_and_files_are_refused_tells_a_missing_right_from_a_pattern(
    page: dict[str, Any], file: dict[str, Any], cause: str
) -> None:
    assert proved(probes(account={"page": page, "file": file})) == {cause}
    assert proved(probes(account={"odd_page": page, "odd_stored_file": file})) <= {cause}


def test_what_is_missing_is_no_matter_of_rights() -> None:
    assert proved(probes(account={"page": MISSING, "file": MISSING})) == set()


def test_where_no_file_was_asked_for_a_refused_page_makes_a_missing_right_likely() -> None:
    assert likely(probes(account={"page": UNREAD})) == {"read-missing"}
    assert proved(probes(account={"page": UNREAD})) == set()


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
    assert likely(probes(account={"page": {"status": 200}, "page_of_the_virtual": lacks})) == {cause}
    assert likely(probes(account={"page": MISSING, "page_of_the_virtual": lacks})).isdisjoint({cause})


@pytest.mark.parametrize(
    ("listed", "answer", "cause", "certainty"),
    [
        (None, MISSING, "internal-repository-missing", Certainty.POSSIBLE),
        ({"type": "local", "packageType": "pypi"}, UNREAD, "internal-repository-not-readable", Certainty.PROVED),
        (None, UNREAD, "internal-repository-not-readable", Certainty.PROVED),
    ],
)
def test_a_page_of_the_internal_repository_tells_whether_it_is_there(
    listed: object, answer: dict[str, Any], cause: str, certainty: Certainty
) -> None:
    told = found(probes(account={"listed": {"internal-pypi": listed}, "odd_page_of_the_local": answer}))
    assert told == {cause: certainty}


def internal(*, remote: dict[str, Any], virtual: dict[str, Any], hidden: int = 0) -> dict[str, Any]:
    pages = {"internal_page": {"status": 200, "links": 1}, "internal_page_of_the_remote": remote}
    files = {"all": 1, "not_at_the_virtual": hidden}
    return probes(account={**pages, "internal_page_of_the_virtual": virtual, "internal_files": files})


def served(links: int) -> dict[str, Any]:
    return {"status": 200, "is_a_page": True, "links": links}


def test_an_internal_name_that_the_remote_serves_too_is_shadowed_and_may_be_hidden() -> None:
    assert proved(internal(remote=served(1), virtual=served(2))) == {"internal-name-in-the-catalog"}
    told = proved(internal(remote=served(1), virtual=served(1), hidden=1))
    assert "priority-on-the-remote" in told


def test_an_internal_page_that_the_virtual_lacks_is_no_other_members_doing() -> None:
    told = found(internal(remote=MISSING, virtual=MISSING, hidden=1), SHADOWED)
    assert told == {"local-not-in-the-virtual": Certainty.LIKELY}


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
