"""What can be wrong with URL, Registry URL and the suffix of the remote (step 3)."""

from __future__ import annotations

from collections.abc import Callable

from artifactory_conformance.catalog_url import CatalogUrl
from artifactory_conformance.diagnosis import facts
from artifactory_conformance.diagnosis.cause import Cause, Owner, Reach, Rule, first_of, found_by, never
from artifactory_conformance.diagnosis.seen import Seen
from artifactory_conformance.guide import PRINTED_EXAMPLE

GENERAL = "nothing-new-comes-from-the-catalog"
READ_IT = "read URL, Registry URL and suffix of the remote as an administrator, and compare them letter by letter"


def _field(test: Callable[[Seen, str], bool], *fields: str) -> Rule:
    """Make a rule of a test of an address: it names the fields that it holds of."""

    def rule(seen: Seen) -> str:
        found = {field: one for field, one in facts.addresses(seen).items() if not fields or field in fields}
        said = [f"{field} is {address}" for field, address in found.items() if test(seen, address)]
        return "; ".join(said)

    return rule


def _part(test: Callable[[Seen, CatalogUrl], bool], *fields: str) -> Rule:
    """Make the same rule of a test of an address at the catalog's host, taken apart."""

    def whole(seen: Seen, address: str) -> bool:
        return facts.is_at_the_catalog(seen, address) and test(seen, CatalogUrl.read(address))

    return _field(whole, *fields)


def _foreign(seen: Seen, address: str) -> bool:
    return bool(facts.allowed(seen)) and not (
        facts.is_at_the_catalog(seen, address) or facts.is_public(seen, address) or _plain(seen, address)
    )


def _plain(seen: Seen, address: str) -> bool:
    return address.startswith("http://") and facts.is_at_the_catalog(seen, "https://" + address.removeprefix("http://"))


def _is_placeholder(_: Seen, url: CatalogUrl) -> bool:
    word = url.organization.lower()
    return any(mark in word for mark in ("<", "%3c", "{", "your-org", "your_org", "org-id"))


def _is_printed(_: Seen, url: CatalogUrl) -> bool:
    return url.organization.lower() == PRINTED_EXAMPLE


def _is_anothers(seen: Seen, url: CatalogUrl) -> bool:
    known = str(seen.get("known", "organization") or "").lower()
    return bool(known) and url.names_an_organization and url.organization.lower() != known


def _no_organization(seen: Seen, url: CatalogUrl) -> bool:
    known = not (_is_placeholder(seen, url) or _is_printed(seen, url))
    return known and not url.names_an_organization and not url.ends_in_simple


def _no_pypi(_: Seen, url: CatalogUrl) -> bool:
    return not url.ending.removesuffix("simple").strip("/") and bool(url.organization)


def _other_path(_: Seen, url: CatalogUrl) -> bool:
    ending = url.ending.removesuffix("/simple")
    return ending not in {"pypi", "", "simple"} and url.names_an_organization


def _suffix(seen: Seen) -> str:
    suffix = facts.remote(seen).get("pyPIRepositorySuffix")
    return f"the suffix is {suffix!r}" if suffix is not None and suffix != "simple" else ""


def _public_pages(seen: Seen) -> str:
    """Tell it by what pages link to, where nobody may read Registry URL."""
    unread = not facts.remote(seen).get("pyPIRegistryUrl")
    return facts.public_layout(seen) if unread else ""


def _empty(seen: Seen) -> str:
    page = seen.section("account", "page")
    empty = page.get("is_a_page") is True and page.get("links") == 0
    return "the page of a project that the catalog has lists nothing" if empty else ""


def _emptied_by_the_default(seen: Seen) -> str:
    """Tell that URL is the catalog's and pages list nothing: Registry URL is the public index unless changed (R-02)."""
    read = facts.addresses(seen)
    known = "URL" in read and facts.is_at_the_catalog(seen, read["URL"]) and "Registry URL" not in read
    return (
        f"{_empty(seen)}, URL is the catalog's, and Registry URL, unread, is the public index unless changed"
        if (known and _empty(seen))
        else ""
    )


def _address(
    id_: str,
    title: str,
    looks: str,
    remedy: str,
    clause: str,
    proved: Rule,
    *more: str,
    refines: tuple[str, ...] = (),
    rows: tuple[str, ...] = ("TROUBLE-02",),
    likely_when: Rule = never,
) -> Cause:
    return Cause(
        id_,
        title,
        looks,
        READ_IT,
        remedy,
        Owner.ADMINISTRATOR,
        (clause, *more),
        Reach.DOWNLOADS,
        rows,
        refines=(GENERAL, *refines),
        proved_when=proved,
        likely_when=likely_when,
    )


DIVIDED = "index-and-files-from-different-places"


ADDRESSES = (
    Cause(
        DIVIDED,
        "Pages come from one place and files from another, so that pages list nothing that can be had",
        "Pages are there and empty: installers see no version at all (R-08).",
        READ_IT,
        "Set both URL fields to the same value, the catalog's; then delete the cached pages (REMOTE-04).",
        Owner.ADMINISTRATOR,
        ("REMOTE-04", "REMOTE-03"),
        Reach.DOWNLOADS,
        ("TROUBLE-08", "TROUBLE-11"),
        refines=(GENERAL,),
        likely_when=_empty,
    ),
    _address(
        "registry-url-is-the-public-index",
        "Registry URL names the public index",
        "Pages list public files, and catalog packages may not install; the remote is no wall against public PyPI.",
        "Set Registry URL to the value of URL, then delete the pages and files under <key>-cache (REMOTE-04).",
        "REMOTE-04",
        _field(facts.is_public, "Registry URL"),
        "VIRTUAL-03",
        rows=("TROUBLE-02", "TROUBLE-08"),
        likely_when=first_of(_public_pages, _emptied_by_the_default),
        refines=(DIVIDED,),
    ),
    _address(
        "url-is-the-public-index",
        "URL names the public index",
        "Files are fetched from the public index, or not at all.",
        "Set URL to https://repository.activestate.com/<ORG-ID>/pypi (REMOTE-03), then delete what is in the cache.",
        "REMOTE-03",
        _field(facts.is_public, "URL"),
        "VIRTUAL-03",
        refines=(DIVIDED,),
    ),
    _address(
        "url-names-another-host",
        "URL or Registry URL names a host that is not the catalog's",
        "Nothing new comes: 404 for pages or for files; Test may be red, with a host that does not answer.",
        "Set both URL fields to the catalog's address (REMOTE-03, REMOTE-04).",
        "REMOTE-03",
        first_of(_field(_foreign)),
        "REMOTE-04",
        "VIRTUAL-03",
        refines=(DIVIDED,),
    ),
    _address(
        "url-without-tls",
        "URL or Registry URL begins with http",
        "The password goes over the wire in clear, or the catalog redirects and nothing comes.",
        "Begin both URL fields with https (REMOTE-03).",
        "REMOTE-03",
        _field(_plain),
        "REMOTE-04",
    ),
    _address(
        "placeholder-in-the-url",
        "The guide's placeholder stands where the organization id belongs",
        "404 for every package, as for one that is outside the catalog.",
        "Put the organization's own UUID into both URL fields (REMOTE-05).",
        "REMOTE-05",
        _part(_is_placeholder),
    ),
    _address(
        "printed-example-in-the-url",
        "The organization id is the one that the guide prints",
        "404 for every package: that organization is nobody's.",
        "Put the organization's own UUID into both URL fields (REMOTE-05).",
        "REMOTE-05",
        _part(_is_printed),
    ),
    _address(
        "organization-of-somebody-else",
        "The organization id in URL or Registry URL is another one than the customer's",
        "404 for every package, or another catalog than the agreed one.",
        "Put the organization's own UUID into both URL fields (REMOTE-05, REMOTE-04).",
        "REMOTE-05",
        _part(_is_anothers),
        "REMOTE-04",
        refines=(DIVIDED,),
    ),
    _address(
        "organization-is-no-uuid",
        "What stands where the organization id belongs is no UUID",
        "404 for every package.",
        "Set both URL fields to https://repository.activestate.com/<ORG-ID>/pypi with the UUID (REMOTE-05).",
        "REMOTE-05",
        _part(_no_organization),
        "REMOTE-03",
    ),
    _address(
        "simple-behind-registry-url",
        "Registry URL ends in /simple, which Artifactory appends itself",
        "404 for every project: the catalog is asked for /simple/simple.",
        "Take /simple off Registry URL (REMOTE-06).",
        "REMOTE-06",
        _field(lambda _, one: CatalogUrl.read(one).ends_in_simple, "Registry URL"),
        "REMOTE-04",
        rows=("TROUBLE-02", "TROUBLE-08"),
    ),
    _address(
        "simple-behind-url",
        "URL ends in /simple",
        "Pages come, and 404 for the files that they list: URL is the base of the files.",
        "Take /simple off URL (REMOTE-06).",
        "REMOTE-06",
        first_of(
            _field(lambda _, one: CatalogUrl.read(one).ends_in_simple, "URL"),
            found_by("remote_repository.neither_url_ends_in_simple"),
        ),
        "REMOTE-04",
        rows=("TROUBLE-02", "TROUBLE-08"),
    ),
    _address(
        "pypi-left-off-the-url",
        "URL or Registry URL ends with the organization id: /pypi is missing",
        "404 for every package.",
        "End both URL fields with /<ORG-ID>/pypi (REMOTE-03).",
        "REMOTE-03",
        _part(_no_pypi),
        "REMOTE-04",
    ),
    _address(
        "url-of-another-path",
        "URL or Registry URL has another path than /<ORG-ID>/pypi",
        "404 for every package.",
        "Set both URL fields to https://repository.activestate.com/<ORG-ID>/pypi (REMOTE-03).",
        "REMOTE-03",
        _part(_other_path),
        "REMOTE-04",
    ),
    _address(
        "registry-suffix-changed",
        "The Registry suffix is not simple",
        "404 for every project: the index is asked for at an address that the catalog does not have.",
        "Restore the suffix to simple (REMOTE-15).",
        "REMOTE-15",
        first_of(_suffix, found_by("remote_repository.registry_suffix_is_simple")),
        rows=("TROUBLE-08",),
    ),
)
