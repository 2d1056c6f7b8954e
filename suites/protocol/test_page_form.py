"""The HTML of project pages, as strict clients read it (PEP 503, PEP 629)."""

from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from packaging.specifiers import SpecifierSet

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, until
from artifactory_conformance.artifactory.anchors import DOCTYPE, anchors_of, meta_of
from artifactory_conformance.artifactory.site_content import SiteIndex, SitePage
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_lists, assert_serves, control, relied_on
from artifactory_conformance.distributions import DistributionSpec, build_wheel
from artifactory_conformance.labs import Lab

KNOWN_VERSION = "1."
"""The major version of the simple index that clients know; they stop at another one (PEP 629)."""


@relied_on("row 1", "row 2", "H-01", "H-02", "B-04")
def test_page_is_html_with_a_doctype(downloads: Identity, site_indexes: tuple[SiteIndex, ...]) -> None:
    """A page is HTML by its Content-Type and begins with the doctype, without which pip 22 refuses it."""
    for index in site_indexes:
        answer = downloads.get_page(index.repository, index.project)

        assert answer.status == 200, str(answer)
        assert answer.media_type == "text/html", f"{index}: {answer.headers.get('Content-Type')}"
        assert answer.text.lower().startswith(DOCTYPE), f"{index} begins with {answer.text[:40]!r}"


@relied_on("row 1", "I-01", "open 29")
def test_page_is_text_in_the_character_set_that_it_names(
    site_pages: tuple[SitePage, ...], observe: Callable[[str, Any], None]
) -> None:
    """A page can be decoded as its Content-Type says, and as UTF-8 where that says nothing."""
    for index, answer in site_pages:
        named = answer.headers.get("Content-Type", "").partition("charset=")[2].strip("\"' ")

        observe(f"{index.repository} names", named or "no character set")
        text = answer.body.decode(named or "utf-8", "replace")
        assert text, str(answer)
        assert "\N{REPLACEMENT CHARACTER}" not in text, f"{index} is not {named or 'utf-8'}"


@relied_on("H-03")
def test_page_claims_no_version_of_the_index_that_clients_refuse(
    site_pages: tuple[SitePage, ...], observe: Callable[[str, Any], None]
) -> None:
    """A page names no other major version of the simple index than 1; an unnamed one is 1."""
    for index, answer in site_pages:
        told = meta_of(answer.text)

        observe(f"{index.repository} says of itself", told)
        assert told.get("pypi:repository-version", "1.0").startswith(KNOWN_VERSION), f"{index}: {told}"


@relied_on("H-04", "B-14")
def test_text_of_each_link_is_the_name_of_its_file(downloads: Identity, site_indexes: tuple[SiteIndex, ...]) -> None:
    """The text of each link is the file name that its address ends in."""
    for index in site_indexes:
        answer = downloads.get_page(index.repository, index.project)

        anchors = anchors_of(answer.text)
        assert anchors, f"no link on {answer}"
        for anchor in anchors:
            assert anchor.text.strip() == unquote(urlsplit(anchor.href).path.rpartition("/")[2])


@relied_on("H-04", "H-11", observes=True)
def test_attributes_of_links(site_pages: tuple[SitePage, ...], observe: Callable[[str, Any], None]) -> None:
    """Which attributes links of the site have is recorded."""
    for index, page in site_pages:
        anchors = anchors_of(page.text)
        names = Counter(name for anchor in anchors for name in anchor.attributes)
        observe(f"{index.repository}: {len(anchors)} links", dict(sorted(names.items())))


@relied_on("row 6", "H-12", "B-25", "B-26", "client C20")
def test_each_link_states_a_sha256(downloads: Identity, site_indexes: tuple[SiteIndex, ...]) -> None:
    """Each link states the sha256 of its file: lock files and --require-hashes rest on it, and on no other hash."""
    for index in site_indexes:
        page = assert_lists(index.project, downloads.get_page(index.repository, index.project))

        assert page.links, f"{page.url} lists no file"
        for link in page.links:
            assert link.sha256, f"{index}: {link.href} states none"
            assert len(link.sha256) == 64
            assert set(link.sha256) <= set("0123456789abcdef"), f"{index}: {link.sha256}"


@relied_on("row 61", "H-07")
def test_files_are_listed_in_the_order_of_their_names(lab: Lab, catalog: Organization) -> None:
    """Pages list files sorted by file name as text, wherever they come from."""
    for version in ("23.3.0", "23.29.0", "3.0"):
        catalog.publish("ordered-thing", version)
        catalog.publish("ordered-thing", version, kind="sdist")
    remote, local, virtual, user = lab.set_up(catalog)
    for version in ("23.4.0", "23.30.0"):
        lab.upload(local, "ordered-thing", version)

    for repository in (remote, local, virtual):
        page = assert_lists("ordered-thing", user.get_page(repository, "ordered-thing"))
        names = [link.filename for link in page.links]
        assert len(names) > 1
        assert names == sorted(names), f"{repository}: {names}"


@relied_on("row 62", "H-04", "H-08")
@pytest.mark.parametrize("wanted", [">=3.8,<4", "!=3.9.*,>3"], ids=["range", "exclusion"])
def test_requires_python_is_right_and_escaped(
    wanted: str, lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """A page says of Requires-Python what the distribution wants, with `<` and `>` escaped; a local never omits it."""
    curated = catalog.publish("curated-thing", requires_python=wanted)
    remote, local, virtual, user = lab.set_up(catalog)
    internal = lab.upload(local, "internal-thing", requires_python=wanted)
    with control("the catalog states it"):
        assert "data-requires-python" in catalog.ask("simple/curated-thing/").text

    for repository, offered in ((remote, curated), (virtual, curated), (local, internal), (virtual, internal)):
        answer = user.get_page(repository, offered.project)
        told = assert_lists(offered.project, answer, offered.filename).link_to(offered.filename).requires_python
        written = [anchor.written[1:-1] for anchor in anchors_of(answer.text)]

        if offered is internal:
            assert told, f"{repository} omits it"
        observe(f"{offered.project} through {type(repository).__name__}", told or "omitted")
        assert told is None or SpecifierSet(told) == SpecifierSet(wanted), f"{repository} says {told!r}"
        assert not [tag for tag in written if "<" in tag or ">" in tag], f"not escaped (PEP 503): {written}"


@relied_on("H-09")
@pytest.mark.parametrize("reason", ["broken, see #7", 'a < b & "c"'], ids=["plain", "to_be_escaped"])
def test_what_a_page_says_of_yanking_is_the_catalogs(
    reason: str, lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """A file is shown as yanked only if the catalog has yanked it; whether it is, and the reason told, are recorded."""
    yanked = catalog.publish("curated-thing", "1.0", yanked=reason)
    other = catalog.publish("curated-thing", "1.1")
    remote, _, virtual, user = lab.set_up(catalog)
    with control("the catalog states it"):
        assert "data-yanked" in catalog.ask("simple/curated-thing/").text

    for repository in (remote, virtual):
        page = assert_lists("curated-thing", user.get_page(repository, "curated-thing"), other.filename)
        if yanked.filename in page.filenames():
            observe(f"through {type(repository).__name__}", page.link_to(yanked.filename).yanked)
        assert page.link_to(other.filename).yanked is False


@relied_on("H-09", "B-39", observes=True)
def test_whether_a_local_keeps_that_an_upload_is_yanked(lab: Lab, observe: Callable[[str, Any], None]) -> None:
    """Whether a local's page says that a file is yanked which was uploaded with that mark is recorded."""
    local = lab.local_repository()
    lab.upload(local, "internal-thing", "1.0")
    wheel = build_wheel(DistributionSpec("internal-thing", "1.1"))
    address = f"api/pypi/{local.key}/"

    answer = lab.administrator.upload_to(address, wheel, yanked="true", yanked_reason="broken")
    page = until(
        f"{local} lists it",
        lambda: lab.administrator.page(local, "internal-thing"),
        holds=lambda seen: wheel.filename in seen.filenames(),
    )

    observe("upload", answer.status)
    observe("the page says", page.link_to(wheel.filename).yanked)


@relied_on("row 7", "U-07", "U-08", "R-01", "R-06")
def test_file_of_a_remote_with_the_public_layout_can_be_had(
    lab: Lab, index_in_public_layout: Organization, observe: Callable[[str, Any], None]
) -> None:
    """A remote of an index with public PyPI's layout and absolute links serves its files; their form is recorded."""
    wheel = index_in_public_layout.publish("public-thing")
    remote = lab.remote_repository(index_in_public_layout)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    page = assert_lists("public-thing", user.get_page(remote, "public-thing"), wheel.filename)

    path = wheel.path.rpartition("/")[0]
    observe("link", page.link_to(wheel.filename).href.partition("#")[0].replace(path, "<path>"))
    assert_serves(user, remote, wheel)
    with control("the catalog's path has that layout"):
        assert path.startswith("/packages/")
