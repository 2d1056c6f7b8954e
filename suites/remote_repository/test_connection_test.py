from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from artifactory_conformance.artifactory import ConnectionTest, Identity, RemoteRepository
from artifactory_conformance.catalog import Fault, Organization, at_base
from artifactory_conformance.catalog_url import CatalogUrl
from artifactory_conformance.checks import assert_not_an_index, clause, control, relied_on
from artifactory_conformance.checks.causes import CATALOG_IS_A_REMOTE, CREDENTIALS_ARE_NEEDED, SET_UP
from artifactory_conformance.evidence import RecordedSession
from artifactory_conformance.labs import Lab
from artifactory_conformance.sites import Site

GUARDED = at_base(200)
OPEN = at_base(200, unguarded=True)
NO_HEAD = at_base(405, "HEAD")
NOTHING_THERE = at_base(404)


@clause("TEST-01", facts=("admin 4.1", "G3"))
def test_button_is_green_where_url_and_credentials_are_right(lab: Lab, catalog: Organization) -> None:
    """Test is green for the guide's set-up, at a catalog that lets the credentials in at the address in URL."""
    catalog.set_faults(*GUARDED)
    remote = lab.remote_repository(catalog)

    verdict = lab.test_button.press(remote.key)
    assert verdict.green, verdict
    with control("something that nobody has cached comes through the remote"):
        lab.administrator.page(remote, catalog.publish_new().project)


@clause("TEST-01", facts=("admin 4.1", "admin 11.17", "C-11", "G6"))
@pytest.mark.parametrize("at_url", [NO_HEAD, NOTHING_THERE], ids=["no-head", "nothing-there"])
def test_button_is_green_wherever_the_index_works(lab: Lab, catalog: Organization, at_url: tuple[Fault, ...]) -> None:
    """Test is green for the guide's set-up also at a catalog that serves its index, but nothing at the URL itself."""
    catalog.set_faults(*at_url)
    remote = lab.remote_repository(catalog)
    with control("something that nobody has cached comes through the remote"):
        lab.administrator.page(remote, catalog.publish_new().project)

    verdict = lab.test_button.press(remote.key)
    assert verdict.green, f"the index works, and Test is {verdict}"


@clause(
    "TEST-02",
    facts=("admin 4.1", "G4"),
    builds_on=["remote_repository.button_is_green_where_url_and_credentials_are_right"],
)
@pytest.mark.parametrize("address", ["https://catalog.invalid", "http://127.0.0.1:9"], ids=["no-name", "no-port"])
def test_button_is_red_for_an_unreachable_host(lab: Lab, catalog: Organization, address: str) -> None:
    """Test is red for URLs whose host cannot be reached."""
    catalog.set_faults(*GUARDED)
    remote = lab.remote_repository(catalog)

    verdict = lab.test_button.press(remote.key, typed=f"{address}/{catalog.id}/pypi")
    assert not verdict.green, verdict
    with control("for the catalog's own URL it is green"):
        assert lab.test_button.press(remote.key).green


@clause(
    "TEST-02",
    facts=("admin 4.1", "G4"),
    builds_on=["remote_repository.button_is_green_where_url_and_credentials_are_right"],
)
def test_button_is_red_where_no_answer_comes(lab: Lab, catalog: Organization) -> None:
    """Test is red where the catalog drops the connection instead of answering."""
    catalog.set_faults(*GUARDED)
    remote = lab.remote_repository(catalog)
    with control("where the catalog answers it is green"):
        assert lab.test_button.press(remote.key).green
    catalog.set_faults(Fault("*", reset=True, unguarded=True))

    verdict = lab.test_button.press(remote.key)
    assert not verdict.green, verdict


@clause(
    "TEST-03",
    facts=("admin 4.1", "G3"),
    builds_on=["remote_repository.button_is_green_where_url_and_credentials_are_right"],
)
@pytest.mark.parametrize("wrong", ["password", "username"])
def test_button_is_red_for_wrong_credentials(lab: Lab, catalog: Organization, wrong: str) -> None:
    """Test is red for a wrong password, and for a wrong user name, at a catalog that guards the address in URL."""
    catalog.set_faults(*GUARDED)
    locked_out = lab.remote_repository(catalog, **{wrong: "wrong"})

    verdict = lab.test_button.press(locked_out.key)
    assert not verdict.green, verdict
    with control("the catalog was shown credentials, and refused them"):
        assert "wrong" in {request.credentials for request in catalog.journal.requests()}
    with control("with the right ones it is green"):
        assert lab.test_button.press(lab.remote_repository(catalog).key).green


@clause(
    "TEST-03",
    facts=("admin 4.1", "open 26", "C-11", "G6"),
    builds_on=[CREDENTIALS_ARE_NEEDED],
)
def test_button_is_red_for_wrong_credentials_wherever_the_index_needs_them(lab: Lab, catalog: Organization) -> None:
    """Test is red for a wrong password also at a catalog whose index needs it, but not the address in URL itself."""
    catalog.set_faults(*OPEN)
    locked_out = lab.remote_repository(catalog, password=catalog.id)
    with control("nothing comes through the remote"):
        assert_not_an_index("example", lab.administrator.get_page(locked_out, catalog.publish("example").project))

    verdict = lab.test_button.press(locked_out.key)
    assert not verdict.green, f"nothing comes through the remote, and Test is {verdict}"


@clause(
    "TEST-04",
    facts=("admin 4.1", "E10"),
    builds_on=["remote_repository.button_is_green_where_url_and_credentials_are_right"],
)
@pytest.mark.parametrize("typed", ["not a URL", "https:///pypi", "catalog/pypi"], ids=["words", "no-host", "no-scheme"])
def test_button_is_red_for_a_malformed_url(lab: Lab, catalog: Organization, typed: str) -> None:
    """Test is red for something in the URL fields that is no URL."""
    catalog.set_faults(*GUARDED)
    remote = lab.remote_repository(catalog)

    verdict = lab.test_button.press(remote.key, typed=typed)
    assert not verdict.green, verdict
    with control("for the catalog's own URL it is green"):
        assert lab.test_button.press(remote.key).green


@clause(
    "TEST-04", facts=("admin 4.1",), builds_on=["remote_repository.button_is_green_where_url_and_credentials_are_right"]
)
@pytest.mark.parametrize("left", ["YOUR-ORG-ID", "<YOUR-ORG-ID>"], ids=["words", "brackets"])
def test_button_is_red_where_the_placeholder_was_left_in(lab: Lab, catalog: Organization, left: str) -> None:
    """Test is red for URLs in which the guide's placeholder stands instead of the organization id."""
    catalog.set_faults(*GUARDED)
    remote = lab.remote_repository(catalog)

    verdict = lab.test_button.press(remote.key, typed=f"{catalog.service.address}/{left}/pypi")
    assert not verdict.green, verdict
    with control("for the organization's own URL it is green"):
        assert lab.test_button.press(remote.key).green


@clause(
    "TEST-04",
    facts=("admin 4.1", "U5", "R-05"),
    builds_on=["remote_repository.button_is_green_where_url_and_credentials_are_right"],
)
@pytest.mark.parametrize("root", [200, 403], ids=["root-served", "root-refused"])
def test_button_is_red_for_simple_on_url(lab: Lab, catalog: Organization, root: int) -> None:
    """Test is red where /simple stands at the end of URL, whether the catalog serves its root index or refuses it."""
    catalog.set_faults(*GUARDED, *([Fault("/simple/", status=root)] if root != 200 else []))
    remote = lab.remote_repository(catalog, url=f"{catalog.url}/simple")

    verdict = lab.test_button.press(remote.key)
    assert not verdict.green, verdict
    catalog.set_faults(*GUARDED)
    with control("without /simple it is green"):
        assert lab.test_button.press(lab.remote_repository(catalog).key).green


@clause(
    "TEST-04",
    facts=("admin 4.1", "R-05", "row 38"),
    builds_on=["remote_repository.simple_in_registry_url_hides_every_project[bare]"],
)
def test_button_is_red_for_simple_on_registry_url(lab: Lab, catalog: Organization) -> None:
    """Test is red where /simple stands at the end of Registry URL, so that no project is found."""
    catalog.set_faults(*GUARDED)
    remote = lab.remote_repository(catalog, pyPIRegistryUrl=f"{catalog.url}/simple")
    with control("no project is found through the remote"):
        assert_not_an_index("example", lab.administrator.get_page(remote, catalog.publish("example").project))

    verdict = lab.test_button.press(remote.key)
    assert not verdict.green, f"no project is found, and Test is {verdict}"


@clause("TEST-01", "TEST-03", "TEST-04", facts=("admin 4.1", "admin 11.2", "open 26", "C-11", "G2"), observes=True)
@pytest.mark.parametrize("registry", ["", "/simple"], ids=["right-registry", "wrong-registry"])
@pytest.mark.parametrize("credentials", ["right", "wrong"])
@pytest.mark.parametrize("at_url", [GUARDED, OPEN, NO_HEAD], ids=["guarded", "open", "no-head"])
def test_what_the_button_shows_beside_what_a_client_gets(
    lab: Lab,
    catalog: Organization,
    at_url: tuple[Fault, ...],
    credentials: str,
    registry: str,
    observe: Callable[[str, Any], None],
) -> None:
    """Records what Test asks the catalog and what it shows, beside a project's page that nobody has cached."""
    catalog.set_faults(*at_url)
    password = catalog.password if credentials == "right" else catalog.id
    remote = lab.remote_repository(catalog, password=password, pyPIRegistryUrl=catalog.url + registry)
    observe("Test", str(lab.test_button.press(remote.key)))
    asked = [str(request).replace(catalog.id, "<ORG-ID>") for request in catalog.journal.requests()]
    observe("asked at the catalog", asked)
    observe("status of the page", lab.administrator.get_page(remote, catalog.publish_new().project).status)


@clause("TEST-05", facts=("admin 4.1", "admin 11.17"), builds_on=SET_UP)
def test_button_is_green_for_what_the_site_has_saved(
    test_button: ConnectionTest,
    site: Site,
    downloads: Identity,
    remote_index: RemoteRepository,
    known_project: str,
    observe: Callable[[str, Any], None],
) -> None:
    """Test is green for the values that are saved on the catalog's remote repository."""
    observe("status of the page of a known project", downloads.get_page(remote_index, known_project).status)

    verdict = test_button.press(site.remote)
    assert verdict.green, verdict


@clause(
    "TEST-01",
    "TEST-02",
    "TEST-03",
    "TEST-04",
    facts=("admin 4.1", "admin 11.2", "C-11"),
    builds_on=[CATALOG_IS_A_REMOTE],
    observes=True,
)
def test_what_the_button_shows_at_the_site(
    test_button: ConnectionTest, site: Site, admin: RecordedSession, observe: Callable[[str, Any], None]
) -> None:
    """Records what Test shows for the site's saved values, and for values that are typed in and not saved."""
    url = RemoteRepository(site.remote, admin).configuration()["url"].rstrip("/")
    typed = {
        "the saved values": "",
        "a host that does not exist": "https://catalog.invalid/pypi",
        "no URL": "not a URL",
        "/simple behind both URLs": f"{url}/simple",
        "the placeholder": url.replace(CatalogUrl.read(url).organization, "YOUR-ORG-ID"),
    }
    for what, text in typed.items():
        observe(what, str(test_button.press(site.remote, typed=text)))


@clause("TEST-03", facts=("admin 4.1", "admin 11.2", "C-11"), builds_on=[CATALOG_IS_A_REMOTE], observes=True)
@pytest.mark.usefixtures("wrong_credentials")
def test_what_the_button_shows_for_a_user_whom_the_catalog_does_not_know(
    test_button: ConnectionTest, site: Site, observe: Callable[[str, Any], None]
) -> None:
    """Records what Test shows for the site's remote with a made-up user typed in, and not saved."""
    observe("a user whom the catalog does not know", str(test_button.press(site.remote, stranger=f"no-{uuid4().hex}")))


@relied_on("admin 4.2")
def test_verify_connection_tells_right_credentials_from_wrong_ones(lab: Lab, catalog: Organization) -> None:
    """JFrog's documented connection check is 200 for the catalog's index with the right password, 400 with a wrong."""
    index = f"{catalog.url}/simple/"

    assert lab.test_button.verify(index, catalog.user, catalog.password).status == 200
    assert lab.test_button.verify(index, catalog.user, catalog.id).status == 400
    with control("the catalog was asked both times"):
        assert {"right", "wrong"} <= {request.credentials for request in catalog.journal.requests()}
