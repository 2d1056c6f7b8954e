from collections.abc import Callable
from hashlib import sha256
from typing import Any

from artifactory_conformance.artifactory import Identity, RemoteRepository
from artifactory_conformance.catalog import CatalogAccount, Organization
from artifactory_conformance.checks import assert_lists, assert_not_an_index, assert_served, clause, control
from artifactory_conformance.checks.causes import HASH_AT_THE_SITE, HASH_IS_THE_SAME, SET_UP
from artifactory_conformance.labs import Lab


@clause(
    "TROUBLE-09",
    builds_on=[*SET_UP, "edition.the_catalog_accepts_its_credentials", HASH_AT_THE_SITE],
    facts=("U3", "T05", "T10"),
)
def test_package_of_the_site_can_be_verified_at_the_catalog(
    catalog_account: CatalogAccount,
    downloads: Identity,
    remote_index: RemoteRepository,
    known_project: str,
    observe: Callable[[str, Any], None],
) -> None:
    """The catalog, asked with the organization's credentials, has a package of the site, with the same hashes."""
    direct = assert_lists(known_project, catalog_account.get_page(known_project))
    through = assert_lists(known_project, downloads.get_page(remote_index, known_project))
    here = {link.filename: link.sha256 for link in through.links}
    there = {link.filename: link.sha256 for link in direct.links}

    observe("only at the catalog", sorted(there.keys() - here.keys()))  # the page may be cached, and older
    observe("only through the instance", sorted(here.keys() - there.keys()))
    common = here.keys() & there.keys()
    assert common, f"no file of {known_project} is both at the catalog and in the page of {remote_index.key}"
    assert {name: here[name] for name in common} == {name: there[name] for name in common}


@clause("TROUBLE-09", facts=("U3", "U4", "T10", "T05", "R-09"), builds_on=[HASH_IS_THE_SAME])
def test_package_can_be_verified_at_the_catalog(lab: Lab, catalog: Organization) -> None:
    """What one remote does not find is seen at the catalog, and comes with its hash where credentials are right."""
    wheel = catalog.publish("example")
    locked_out = lab.remote_repository(catalog, password=catalog.id)
    with control("through the instance it is not found"):
        assert_not_an_index("example", lab.administrator.get_page(locked_out, "example"))

    with control("asked with the credentials, the catalog has it, and without them gives nothing"):
        at_the_catalog = assert_lists("example", catalog.ask("simple/example/")).link_to(wheel.filename)
        assert catalog.ask("simple/example/", with_password=False).status == 401

    through = assert_lists("example", lab.administrator.get_page(lab.remote_repository(catalog), "example"))
    assert wheel.filename in through.filenames()
    link = through.link_to(wheel.filename)
    assert link.sha256 == at_the_catalog.sha256
    file = lab.administrator.fetch(link)
    assert_served(file)
    assert sha256(file.body).hexdigest() == at_the_catalog.sha256, str(file)


@clause("TROUBLE-09", facts=("T05", "T10", "U15"), builds_on=[HASH_IS_THE_SAME])
def test_catalog_and_instance_can_be_compared(lab: Lab, catalog: Organization) -> None:
    """The catalog, asked directly, lists the same files with the same hashes as the page through the instance."""
    for version in ("1.0", "1.1"):
        catalog.publish("example", version)
    remote = lab.remote_repository(catalog)

    direct = assert_lists("example", catalog.ask("simple/example/"))
    through = assert_lists("example", lab.administrator.get_page(remote, "example"))

    assert {(link.filename, link.sha256) for link in direct.links} == {(x.filename, x.sha256) for x in through.links}
