from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import Identity
from artifactory_conformance.catalog import CatalogAccount
from artifactory_conformance.catalog_url import CatalogUrl
from artifactory_conformance.checks import assert_lists, clause
from artifactory_conformance.checks.causes import REMOTE_IS_SHOWN
from artifactory_conformance.sites import Site


@clause(
    "PRE-04",
    facts=("U1", "U3", "U4"),
    builds_on=[
        REMOTE_IS_SHOWN,
        "remote_repository.whoever_installs_is_shown_the_catalogs_url",
        "remote_repository.whoever_installs_is_shown_the_customers_organization",
    ],
)
def test_the_catalog_accepts_its_credentials(
    catalog_account: CatalogAccount,
    site_user: Identity,
    site: Site,
    known_project: str,
    observe: Callable[[str, Any], None],
) -> None:
    """The catalog itself gives a project's page for the credentials at hand, at the URL that the remote has."""
    observe("status without credentials", catalog_account.get_page_without_password(known_project).status)

    assert CatalogUrl.read(catalog_account.url).path == CatalogUrl.read(site_user.listed(site.remote)["url"]).path
    assert assert_lists(known_project, catalog_account.get_page(known_project)).links
