from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import RemoteRepository
from artifactory_conformance.artifactory.errors import in_short
from artifactory_conformance.catalog import Organization, at_base
from artifactory_conformance.catalog.addresses import NO_WAY, with_other_scheme
from artifactory_conformance.checks import assert_not_an_index, clause, control
from artifactory_conformance.checks.causes import CREDENTIALS_ARE_NEEDED
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS

GREEN = ["remote_repository.button_is_green_where_url_and_credentials_are_right"]
"""What the controls of these checks ask for."""


@clause("TROUBLE-02", facts=("admin 4.1", "R-04", "R-05", "row 38", "G3", "G4"), builds_on=GREEN)
def test_simple_at_the_end_of_the_urls_shows_as_connection_failed(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """With /simple at the end of both URLs, Test fails, and no project is found."""
    address = f"{catalog.url}/simple"
    faulty = _remote(lab, catalog, url=address, pyPIRegistryUrl=address)

    _assert_connection_failed(lab, catalog, faulty, observe)


@clause(
    "TROUBLE-02",
    facts=("admin 4.1", "open 26", "M-02", "B-45", "T10", "G3", "G4"),
    builds_on=[*GREEN, CREDENTIALS_ARE_NEEDED],
)
def test_wrong_credentials_show_as_connection_failed(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """With a wrong password, Test fails, and no project is found."""
    faulty = _remote(lab, catalog, password=catalog.id)

    _assert_connection_failed(lab, catalog, faulty, observe)


@clause("TROUBLE-02", facts=("admin 4.1", "M-04", "row 34", "G4"), builds_on=GREEN)
def test_blocked_outbound_connections_show_as_connection_failed(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Where no packet comes back from the catalog's address, Test fails, and no project is found."""
    address = catalog.url.replace(catalog.service.address, NO_WAY)
    faulty = _remote(lab, catalog, url=address, pyPIRegistryUrl=address)

    _assert_connection_failed(lab, catalog, faulty, observe)


@clause("TROUBLE-02", facts=("admin 4.1", "M-04", "G4"), builds_on=GREEN)
def test_tls_fault_shows_as_connection_failed(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Where no TLS connection to the catalog's address comes about, Test fails, and no project is found."""
    address = with_other_scheme(catalog.url)
    faulty = _remote(lab, catalog, url=address, pyPIRegistryUrl=address)

    _assert_connection_failed(lab, catalog, faulty, observe)


def _remote(lab: Lab, catalog: Organization, **fault: Any) -> RemoteRepository:
    catalog.publish("example")
    catalog.set_faults(*at_base(200))
    return lab.remote_repository(catalog, socketTimeoutMillis=LIMITS.impatience, **fault)


def _assert_connection_failed(
    lab: Lab, catalog: Organization, faulty: RemoteRepository, observe: Callable[[str, Any], None]
) -> None:
    with control("the guide's set-up passes Test, and serves the project"):
        right = lab.remote_repository(catalog)
        assert lab.test_button.press(right.key).green
        lab.administrator.page(right, "example")

    page, verdict = lab.administrator.get_page(faulty, "example"), lab.test_button.press(faulty.key)

    observe("what the client sees", in_short(page))
    observe("what Test says", str(verdict))
    assert_not_an_index("example", page)
    assert not verdict.green, f"no project is found, and Test is {verdict}"
