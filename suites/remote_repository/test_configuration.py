import re
from collections.abc import Callable

from artifactory_conformance.artifactory import Identity, Link, RemoteRepository
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_shown, clause, control
from artifactory_conformance.checks.causes import CATALOG_IS_A_REMOTE, REMOTE_IS_SHOWN, UNCACHED_FILE_COMES
from artifactory_conformance.labs import Lab
from artifactory_conformance.sites import Site

KEY = re.compile(r"[a-z0-9-]+")


@clause("REMOTE-01")
def test_the_catalog_is_a_remote_pypi_repository(site_remote: RemoteRepository) -> None:
    """The catalog is proxied by a repository of class remote and package type PyPI."""
    configuration = site_remote.find()

    assert configuration is not None, f"there is no repository {site_remote}: create it, or give --repo"
    found = configuration["rclass"], configuration["packageType"].lower()
    assert found == ("remote", "pypi"), f"{site_remote} is {' '.join(found)}"


@clause("REMOTE-01", builds_on=["permissions.the_installing_account_has_both_rights", CATALOG_IS_A_REMOTE])
def test_whoever_installs_is_shown_a_remote_pypi_repository(site_user: Identity, site: Site) -> None:
    """The account that installs packages is shown the catalog as a remote repository of package type PyPI."""
    shown = assert_shown(site_user, site.remote)

    assert shown["type"].lower() == "remote"
    assert shown["packageType"].lower() == "pypi"


@clause("REMOTE-02", builds_on=[REMOTE_IS_SHOWN])
def test_key_is_lower_case_with_hyphens(site_user: Identity, site: Site) -> None:
    """The repository key is made of lower-case letters, digits and hyphens."""
    key = site_user.listed(site.remote)["key"]

    assert KEY.fullmatch(key), f"the key is {key}"


@clause("REMOTE-09", facts=("row 65", "T21"))
def test_artifacts_are_stored_locally(site_remote: RemoteRepository) -> None:
    """Store Artifacts Locally is on."""
    stored = site_remote.configuration()["storeArtifactsLocally"]

    assert stored is True, f"Store Artifacts Locally is {stored}"


@clause("REMOTE-09", facts=("T20",), builds_on=[UNCACHED_FILE_COMES])
def test_what_the_site_serves_is_in_its_cache(
    downloads: Identity, site_remote: RemoteRepository, site_catalog: Organization
) -> None:
    """A file of the catalog that is installed through the site is in the site's cache afterwards."""
    wheel = site_catalog.publish_new()
    downloads.fetch_ok(downloads.page(site_remote, wheel.project).link_to(wheel.filename))

    assert site_remote.cache.holds_file(wheel.filename)


@clause("REMOTE-09", facts=("T20",))
def test_what_the_installing_account_brings_in_is_in_the_cache(
    downloads: Identity, remote_index: RemoteRepository, uncached_file: Link
) -> None:
    """A file that nobody has cached is in the cache of the site's remote after the installing account fetched it."""
    with control("the file is not cached, and it comes"):
        assert not remote_index.cache.holds_file(uncached_file.filename)
        downloads.fetch_ok(uncached_file)

    assert remote_index.cache.holds_file(uncached_file.filename)


@clause("REMOTE-09", facts=("row 23", "row 24"))
def test_page_and_file_are_stored_where_the_setting_is_on(lab: Lab, catalog: Organization) -> None:
    """With Store Artifacts Locally on, the page and the file of an installed package are in the cache."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    lab.administrator.fetch_ok(lab.administrator.page(remote, "example").link_to(wheel.filename))

    assert remote.cache.holds_page("example")
    assert remote.cache.holds_file(wheel.filename)


@clause("REMOTE-13")
def test_description_or_notes_warn_of_public_pypi(site_remote: RemoteRepository) -> None:
    """The description or the notes call it the Curated Catalog and name public PyPI, which is not to be mixed in."""
    configuration = site_remote.configuration()
    words = f"{configuration.get('description', '')} {configuration.get('notes', '')}".lower()

    assert "curated catalog" in words, f"description and notes: {words!r}"
    assert "public pypi" in words or "pypi.org" in words, f"description and notes: {words!r}"


@clause("REMOTE-13", builds_on=[REMOTE_IS_SHOWN], observes=True)
def test_what_whoever_installs_is_shown_as_description(
    site_user: Identity, site: Site, observe: Callable[[str, object], None]
) -> None:
    """Records the description that the installing account is shown of the remote; its notes are for administrators."""
    observe("description", site_user.listed(site.remote).get("description", ""))
