"""Mistakes in the remote repository's addresses."""

from __future__ import annotations

from urllib.parse import urlsplit

from artifactory_conformance.catalog import Organization
from artifactory_conformance.guide import PRINTED_EXAMPLE
from artifactory_conformance.misconfigurations.administrator import Administrator
from artifactory_conformance.misconfigurations.misconfiguration import misconfiguration

PUBLIC_INDEX = "https://pypi.org"
"""What Artifactory fills in as Registry URL (R-02)."""

PUBLIC_FILES = "https://files.pythonhosted.org"
"""Where the public index keeps its files, so that a remote of it has this as URL (U-07)."""


@misconfiguration("REMOTE-04", "VIRTUAL-03", "ladder E1", "ladder E2")
def registry_url_left_at_its_default(administrator: Administrator) -> None:
    """Registry URL still names the public index, as Artifactory fills it in."""
    administrator.let_the_public_index_have_everything()
    administrator.change_remote(pyPIRegistryUrl=PUBLIC_INDEX)
    administrator.look_at_the_example(administrator.site.remote)


@misconfiguration("REMOTE-04")
def registry_url_of_another_organization(administrator: Administrator) -> None:
    """URL was corrected to the customer's organization, and Registry URL forgotten."""
    administrator.change_remote(pyPIRegistryUrl=Organization(administrator.catalog).url)


@misconfiguration("REMOTE-06")
def simple_behind_both_urls(administrator: Administrator) -> None:
    """Both URL fields end in /simple, as clients' index URLs do."""
    url = f"{administrator.catalog_url}/simple"
    administrator.change_remote(url=url, pyPIRegistryUrl=url)


@misconfiguration("REMOTE-06")
def simple_behind_registry_url(administrator: Administrator) -> None:
    """Registry URL ends in /simple/, which Artifactory appends itself."""
    administrator.change_remote(pyPIRegistryUrl=f"{administrator.catalog_url}/simple/")


@misconfiguration("REMOTE-06")
def simple_behind_url(administrator: Administrator) -> None:
    """URL ends in /simple, so that pages come and the files are looked for in the wrong place."""
    administrator.change_remote(url=f"{administrator.catalog_url}/simple")


@misconfiguration("REMOTE-15", "ACCESS-01")
def suffix_emptied(administrator: Administrator) -> None:
    """The Registry suffix was emptied, so that projects are looked for beside the index."""
    administrator.change_remote(pyPIRepositorySuffix="")


@misconfiguration("REMOTE-15", "ACCESS-01")
def suffix_doubled(administrator: Administrator) -> None:
    """The Registry suffix holds the word twice."""
    administrator.change_remote(pyPIRepositorySuffix="simple/simple")


@misconfiguration("REMOTE-05")
def placeholder_left_in(administrator: Administrator) -> None:
    """Both URL fields hold the guide's placeholder instead of an organization id."""
    administrator.name_organization("YOUR-ORG-ID")


@misconfiguration("REMOTE-05")
def organization_of_the_printed_example(administrator: Administrator) -> None:
    """Both URL fields hold the organization id that the guide prints as its example."""
    administrator.name_organization(PRINTED_EXAMPLE)


@misconfiguration("REMOTE-05")
def organization_of_somebody_else(administrator: Administrator) -> None:
    """Both URL fields hold another customer's organization id."""
    administrator.name_organization(Organization(administrator.catalog).id)


@misconfiguration("REMOTE-03")
def another_host(administrator: Administrator) -> None:
    """Both URL fields name a host that the catalog is not at."""
    administrator.name_both(f"https://repository.example.com/{administrator.site.organization}/pypi")


@misconfiguration("REMOTE-03")
def another_scheme(administrator: Administrator) -> None:
    """Both URL fields have http where the catalog speaks https, or the other way round."""
    url = urlsplit(administrator.catalog_url)
    administrator.name_both(url._replace(scheme={"http": "https"}.get(url.scheme, "http")).geturl())


@misconfiguration("REMOTE-03")
def pypi_left_off_the_urls(administrator: Administrator) -> None:
    """Both URL fields end with the organization id."""
    administrator.name_both(administrator.catalog_url.removesuffix("/pypi"))


@misconfiguration("REMOTE-03", "VIRTUAL-03", "VIRTUAL-08", "REMOTE-04", "ladder E1", "ladder E2")
def the_public_index_under_the_catalogs_key(administrator: Administrator) -> None:
    """The addresses are the public index's, under the key that everybody takes for the catalog's."""
    administrator.let_the_public_index_have_everything()
    administrator.change_remote(url=PUBLIC_FILES, pyPIRegistryUrl=PUBLIC_INDEX)
    administrator.look_at_the_example(administrator.site.remote)


@misconfiguration("REMOTE-03", "VIRTUAL-03", "VIRTUAL-08", "REMOTE-04", "ladder E1", "ladder E2")
def a_mirror_under_the_catalogs_key(administrator: Administrator) -> None:
    """Both URL fields name a mirror of the public index at a host of the company."""
    administrator.name_both(administrator.mirror())
