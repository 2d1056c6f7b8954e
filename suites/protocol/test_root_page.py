"""The root page: the list of projects. Clients do not need it, tools that look around do (H-05, H-06)."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urljoin

from artifactory_conformance.artifactory import Identity
from artifactory_conformance.artifactory.anchors import DOCTYPE, anchors_of
from artifactory_conformance.artifactory.site_content import SiteIndex
from artifactory_conformance.catalog import Fault, Organization
from artifactory_conformance.checks import (
    assert_becomes,
    assert_lists,
    assert_redirect_stays,
    assert_served,
    assert_serves,
    control,
    relied_on,
)
from artifactory_conformance.labs import Lab

SOME = 3
"""Projects of a root page that are followed; an instance may list thousands."""


@relied_on("row 22", "H-05", "H-06", "B-36", "B-37", "U-14")
def test_root_page_of_a_local_leads_to_its_projects(lab: Lab) -> None:
    """A local's root page has a link with just the project's name for each project, and the link leads to its page."""
    local = lab.local_repository()
    wheels = [lab.upload(local, name, requires_python=">=3.8,<4") for name in ("first-thing", "Second_Thing")]
    user = lab.administrator
    address, names = f"{user.index_url(local)}/", ["first-thing", "second-thing"]
    assert_becomes(  # indexed behind the uploads, like the pages (T-04)
        "the root page lists both projects",
        lambda: [anchor.text for anchor in anchors_of(user.get(address).text)],
        holds=lambda seen: seen == names,
    )

    root = user.get(address)

    assert_served(root)
    assert root.media_type == "text/html", str(root)
    assert root.text.lower().startswith(DOCTYPE)
    anchors = anchors_of(root.text)
    assert [anchor.text for anchor in anchors] == names
    for anchor, wheel in zip(anchors, wheels, strict=True):
        assert anchor.href.strip("/").rpartition("/")[2] == anchor.text
        led_to = user.get(urljoin(root.url, anchor.href))
        assert_redirect_stays(led_to)
        assert_lists(wheel.project, user.follow(led_to), wheel.filename)


@relied_on("H-05", "H-06", "V-10", "B-36", "B-37", "U5", "open 11")
def test_root_page_of_the_site_never_breaks(
    downloads: Identity, site_indexes: tuple[SiteIndex, ...], observe: Callable[[str, Any], None]
) -> None:
    """The root page of every index of the site comes or is refused; its links keep the host, their text is recorded."""
    for index in site_indexes:
        root = downloads.get(f"{downloads.index_url(index.repository)}/")
        anchors = anchors_of(root.text) if root.status == 200 else ()
        observe(str(index.repository), f"{root.status}, {len(anchors)} projects")

        assert root.status == 200 or 400 <= root.status < 500, str(root)
        for anchor in anchors[:SOME]:
            led_to = downloads.get(urljoin(root.url, anchor.href))
            assert_redirect_stays(led_to)
        names = {unquote(anchor.href.strip("/").rpartition("/")[2]): anchor.text.strip() for anchor in anchors}
        other = [text for name, text in names.items() if text != name]
        observe(f"{index.repository}: text that is not the name (H-06)", other[:SOME])


@relied_on("V-10", "U5", "U9", "open 11")
def test_catalog_without_a_root_page_serves_projects_all_the_same(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Where the catalog forbids its root page, as one has been seen to do, projects are served all the same."""
    wheel = catalog.publish("curated-thing")
    catalog.set_faults(Fault("/simple/", status=403))
    remote, local, virtual, user = lab.set_up(catalog)
    internal = lab.upload(local, "internal-thing")

    for repository in (remote, virtual):
        root = user.get(f"{user.index_url(repository)}/")
        observe(type(repository).__name__, f"{root.status}, {[anchor.text for anchor in anchors_of(root.text)]}")
        assert root.status < 500, str(root)
        assert_serves(user, repository, wheel)
    assert_serves(user, virtual, internal)


@relied_on("V-10", "U5", "open 11", observes=True)
def test_what_root_pages_list(lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]) -> None:
    """Whose projects the root pages of a remote and a virtual list, and whether the catalog is asked, is recorded."""
    for name in ("cached-thing", "other-thing"):
        catalog.publish(name)
    remote, local, virtual, user = lab.set_up(catalog)
    lab.upload(local, "internal-thing")
    user.page(remote, "cached-thing")
    catalog.journal.clear()

    for repository in (remote, virtual):
        root = user.get(f"{user.index_url(repository)}/")
        observe(f"{type(repository).__name__} lists", sorted(anchor.text for anchor in anchors_of(root.text)))
    observe(
        "the catalog's root page was asked for", sum(r.path.endswith("/simple/") for r in catalog.journal.requests())
    )
    with control("the catalog has another root page"):
        assert "other-thing" in catalog.ask("simple/").text
