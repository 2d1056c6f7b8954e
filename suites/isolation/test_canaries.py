"""The canary protocol: in one session of one identity a cold page of the catalog is served, then a name that nobody
has and a name that only the public index has get the same refusal, and the public index was asked nothing."""

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, RemoteRepository, VirtualRepository
from artifactory_conformance.artifactory.identity import Keyed
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import (
    assert_lists,
    assert_never_asked,
    assert_not_an_index,
    assert_refused,
    clause,
    control,
)
from artifactory_conformance.checks.causes import UNCACHED_FILE_COMES
from artifactory_conformance.isolation import unheard_of
from artifactory_conformance.labs import Lab


@clause("REMOTE-04", "VIRTUAL-03", builds_on=[UNCACHED_FILE_COMES])
def test_a_public_package_is_unknown_to_the_sites_remote(
    downloads: Identity, site_remote: RemoteRepository, site_catalog: Organization, public_index: Organization
) -> None:
    """The site's remote answers for a package of the public index as for one that nobody has, and asks nobody else."""
    claim_isolation(downloads, site_remote, site_catalog, public_index)


@clause("VIRTUAL-03", builds_on=[UNCACHED_FILE_COMES, "virtual_repository.the_sites_virtual_has_what_the_remote_has"])
def test_a_public_package_is_unknown_to_the_sites_virtual(
    downloads: Identity, site_virtual: VirtualRepository, site_catalog: Organization, public_index: Organization
) -> None:
    """The site's virtual answers for a package of the public index as for one that nobody has, and asks nobody else."""
    claim_isolation(downloads, site_virtual, site_catalog, public_index)


@clause("REMOTE-04")
def test_a_public_package_is_unknown_to_a_remote(lab: Lab, catalog: Organization, public_index: Organization) -> None:
    """With URL and Registry URL at the catalog a remote knows no package of the public index, and never asks there."""
    remote = lab.remote_repository(catalog)

    claim_isolation(lab.user(remote, READ, DEPLOY_CACHE), remote, catalog, public_index)


@clause("VIRTUAL-03")
def test_a_public_package_is_unknown_to_a_virtual(lab: Lab, catalog: Organization, public_index: Organization) -> None:
    """A virtual of the catalog's remote and a local knows no package of the public index, and never asks there."""
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    virtual = lab.virtual_repository(remote, local)

    claim_isolation(lab.user(remote, local, READ, DEPLOY_CACHE), virtual, catalog, public_index)


@clause("VIRTUAL-03", builds_on=["isolation.nested_virtual_serves_what_its_members_have"])
def test_a_public_package_is_unknown_to_a_virtual_of_virtuals(
    lab: Lab, catalog: Organization, public_index: Organization
) -> None:
    """A virtual that reaches the catalog's remote through another one knows no package of the public index either."""
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    outer = lab.virtual_repository(lab.virtual_repository(remote), local)

    claim_isolation(lab.user(remote, local, READ, DEPLOY_CACHE), outer, catalog, public_index)


def claim_isolation(identity: Identity, repository: Keyed, catalog: Organization, public_index: Organization) -> None:
    """Go through the protocol with names of this check's own."""
    cold, canary, nobodys = catalog.publish_new(), public_index.publish(unheard_of("canary")), unheard_of()

    public, unknown = identity.get_page(repository, canary.project), identity.get_page(repository, nobodys)
    fresh = identity.get_page(repository, cold.project)

    assert_not_an_index(canary.project, public)
    assert_never_asked(public_index)
    with control("a page of the catalog that nobody has cached is served, a name that nobody has is refused"):
        assert_lists(cold.project, fresh, cold.filename)
        assert_refused(unknown)
    assert public.status == unknown.status, f"a name that nobody has got {unknown.status}, the canary: {public}"
    assert public.url.startswith(identity.index_url(repository)), f"led away from the repository: {public}"
    with control("the catalog was asked for all three names"):
        assert catalog.journal.pages(cold.project)
        assert catalog.journal.asked_for_page(nobodys)
        assert catalog.journal.asked_for_page(canary.project)
