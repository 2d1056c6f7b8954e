import pytest

from artifactory_conformance.catalog_url import ACTIVESTATE, CatalogUrl
from artifactory_conformance.guide import PRINTED_EXAMPLE
from artifactory_conformance.sites import Site

OWN = "0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9"
GUIDE = f"{ACTIVESTATE}/{OWN}/pypi"


def test_the_guides_form_is_taken_apart() -> None:
    url = CatalogUrl.read(GUIDE)

    assert (url.address, url.organization, url.ending) == (ACTIVESTATE, OWN, "pypi")
    assert url.names_an_organization
    assert not url.ends_in_simple


@pytest.mark.parametrize("text", [f"{GUIDE}/", GUIDE.replace("repository.activestate", "Repository.ActiveState")])
def test_a_final_slash_and_the_case_of_the_host_make_no_difference(text: str) -> None:
    assert CatalogUrl.read(text) == CatalogUrl.read(GUIDE)


@pytest.mark.parametrize("text", [GUIDE.replace("https", "http"), GUIDE.replace(".com", ".com:8443")])
def test_another_scheme_or_port_is_another_address(text: str) -> None:
    assert CatalogUrl.read(text).address != ACTIVESTATE


@pytest.mark.parametrize("organization", ["<YOUR-ORG-ID>", "", "acme", OWN[:-1], PRINTED_EXAMPLE.upper()])
def test_a_placeholder_and_the_printed_example_name_no_organization(organization: str) -> None:
    assert not CatalogUrl.read(f"{ACTIVESTATE}/{organization}/pypi").names_an_organization


@pytest.mark.parametrize("text", [f"{GUIDE}/simple", f"{GUIDE}/simple/", "https://pypi.org/simple"])
def test_a_simple_suffix_is_seen(text: str) -> None:
    assert CatalogUrl.read(text).ends_in_simple


def test_a_password_in_the_url_is_not_shown() -> None:
    url = CatalogUrl.read(GUIDE.replace("https://", "https://user:canary-secret@"))

    assert "canary-secret" not in repr(url)
    assert url.address != ACTIVESTATE


def test_a_given_address_takes_the_place_of_the_declared_ones() -> None:
    assert ACTIVESTATE in Site(remote="r").catalog_addresses
    assert Site(remote="r", catalog_address="https://catalog.test").catalog_addresses == ("https://catalog.test",)
