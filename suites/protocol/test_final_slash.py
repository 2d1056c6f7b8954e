from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from artifactory_conformance.artifactory import Identity
from artifactory_conformance.artifactory.site_content import SiteIndex
from artifactory_conformance.checks import assert_lists, assert_redirect_stays, control, relied_on

REDIRECTS = (301, 302, 303, 307, 308)


@relied_on("row 3", "U-02", "U-03", "B-15", "B-38", "T28", "release 2", "open 28")
def test_page_without_final_slash_never_answers_with_links_that_lead_astray(
    downloads: Identity, site_indexes: tuple[SiteIndex, ...], observe: Callable[[str, Any], None]
) -> None:
    """Without its final slash a page is a redirect to itself, at the same scheme, host and port, or a client error."""
    for index in site_indexes:
        with control(f"the page of {index} answers with its final slash"):
            page = downloads.page(index.repository, index.project)

        answer = downloads.get(page.url.rstrip("/"))

        observe(f"{index.repository} answers", answer.status)
        assert answer.status in REDIRECTS or 400 <= answer.status < 500, f"its links lead a folder too high: {answer}"
        assert_redirect_stays(answer)
        if answer.status in REDIRECTS:
            assert urljoin(answer.url, answer.headers["Location"]) == page.url


@relied_on("row 5", "U-06", "B-13", "B-24", "T13")
def test_links_of_a_page_stay_below_the_repository(
    downloads: Identity, site_indexes: tuple[SiteIndex, ...], observe: Callable[[str, Any], None]
) -> None:
    """Every link of a page leads below the address of its repository, whether it is relative or not."""
    for index in site_indexes:
        page = assert_lists(index.project, downloads.get_page(index.repository, index.project))
        below = downloads.home_url(index.repository)

        assert page.links, f"{page.url} lists no file"
        # An instance was never seen to write others than relative ones (U-06); clients follow any.
        observe(f"links of {index.repository} are relative", all(link.href.startswith("../") for link in page.links))
        for link in page.links:
            assert link.url.startswith(below), f"{index}: {link.href} leads to {link.url}"


@relied_on("client C13", "U-01", "U-02", "release 2")
def test_index_without_final_slash_keeps_the_host(
    downloads: Identity, site_indexes: tuple[SiteIndex, ...], observe: Callable[[str, Any], None]
) -> None:
    """The index's address as the guide writes it, without a final slash, leads to no other scheme, host or port."""
    for index in site_indexes:
        answer = downloads.get(downloads.index_url(index.repository))

        observe(f"{index.repository} answers", f"{answer.status} {answer.headers.get('Location', '')}".strip())
        assert answer.status < 500, str(answer)
        assert_redirect_stays(answer)
