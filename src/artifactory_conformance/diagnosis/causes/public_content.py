"""What besides the catalog can stand behind the virtual repository: the public index, by whatever way (users 3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from artifactory_conformance.diagnosis import facts
from artifactory_conformance.diagnosis.cause import Cause, Owner, Reach, Rule, found_by, never
from artifactory_conformance.diagnosis.seen import Seen

_WORDS = ("activestate", "curated", "catalog")
"""Words in a key that speak of the catalog."""

MEMBERS = "read the virtual's configuration, and that of each member, as an administrator"


def _members(seen: Seen) -> tuple[Mapping[str, Any], ...]:
    """Give all that stands behind the virtual, the catalog's own remote left out."""
    own = seen.get("known", "remote")
    return tuple(one for one in seen.rows("administrator", "members") if one.get("key") != own)


def _way(member: Mapping[str, Any]) -> str:
    return " > ".join(str(part) for part in member.get("path") or ())


def _addresses(member: Mapping[str, Any]) -> list[str]:
    return [str(member[name]) for name in facts.FIELDS if member.get(name)]


def _public(seen: Seen, member: Mapping[str, Any]) -> bool:
    return any(facts.is_public(seen, address) for address in _addresses(member))


def _mixed(seen: Seen, member: Mapping[str, Any]) -> bool:
    """Tell whether a member has one address at the catalog, and another at the public index."""
    at_home = any(facts.is_at_the_catalog(seen, address) for address in _addresses(member))
    return at_home and _public(seen, member)


def _deep(member: Mapping[str, Any]) -> bool:
    return len(member.get("path") or ()) > 2


def _public_member(deep: bool) -> Rule:
    def rule(seen: Seen) -> str:
        public = [one for one in _members(seen) if _public(seen, one) and not _speaks_of_the_catalog(seen, one)]
        found = [one for one in public if _deep(one) is deep]
        return "; ".join(f"{_way(one)} fetches from {', '.join(_addresses(one))}" for one in found)

    return rule


def _speaks_of_the_catalog(seen: Seen, member: Mapping[str, Any]) -> bool:
    """Tell whether a member is taken for the catalog's: by one of its addresses, or by a word in its key."""
    return _mixed(seen, member) or any(word in str(member.get("key")).lower() for word in _WORDS)


def _innocent(seen: Seen) -> str:
    found = [one for one in _members(seen) if _public(seen, one) and _speaks_of_the_catalog(seen, one)]
    return "; ".join(f"{_way(one)} has {' and '.join(_addresses(one))}" for one in found)


def _foreign(seen: Seen) -> str:
    found = [
        one
        for one in _members(seen)
        if facts.allowed(seen)
        and not _public(seen, one)
        and any(not facts.is_at_the_catalog(seen, address) for address in _addresses(one))
    ]
    return "; ".join(f"{_way(one)} fetches from {', '.join(_addresses(one))}" for one in found)


def _contaminated(seen: Seen) -> str:
    return found_by("isolation.nothing_public_is_seen_through_the_sites_virtual")(seen)


def _more_than_the_remote(seen: Seen) -> str:
    """Tell that a page of the virtual has the public index's layout, and the same page of the remote has not."""
    here, there = (seen.section("account", name) for name in ("page_of_the_virtual", "page"))
    more = here.get("in_public_layout") and there.get("in_public_layout") == 0
    return "the virtual's page links to paths of the public index, and the remote's does not" if more else ""


def _not_laid_out_as_the_public_index(seen: Seen) -> str:
    """Tell that something public comes through the virtual, and lies where the public index does not put files."""
    here, there = (seen.section("account", name) for name in ("page_of_the_virtual", "page"))
    listed = [int(one.get("links") or 0) for one in (here, there) if one.get("is_a_page")]
    more = len(listed) == 2 and listed[0] > listed[1] and here.get("in_public_layout") == 0
    return (
        "the virtual's page lists more than the remote's, and none of it lies as files at the public index do"
        if _contaminated(seen) and more
        else ""
    )


def virtual(id_: str, title: str, looks: str, remedy: str, *clauses: str, **rules: object) -> Cause:
    """Give a cause of what stands behind the virtual, or of the virtual itself; rules: further fields of it."""
    reach = rules.pop("reach", Reach.VIRTUAL)
    return Cause(id_, title, looks, MEMBERS, remedy, Owner.ADMINISTRATOR, clauses, reach, **rules)  # type: ignore[arg-type]


_PUBLIC = "Public packages, and higher versions of curated ones, come through the virtual; installations still succeed."
_TAKE_OUT = "Take it out of this virtual, and delete what the virtual has served from it (VIRTUAL-03)."
_OF_PUBLIC = ("VIRTUAL-03", "VIRTUAL-08")
GENERAL_PUBLIC = "public-index-behind-the-virtual"

PUBLIC = (
    virtual(
        GENERAL_PUBLIC,
        "Something else than the catalog answers through the virtual",
        _PUBLIC,
        "Find the member by the configurations of all of them, and take it out (VIRTUAL-03).",
        *_OF_PUBLIC,
        proved_when=_more_than_the_remote,
        likely_when=_contaminated,
        checks=("isolation.catalog_project_speaks_of_the_catalog",),
    ),
    *(
        virtual(
            id_,
            title,
            _PUBLIC,
            remedy,
            *_OF_PUBLIC,
            proved_when=rule,
            likely_when=likely,
            refines=(GENERAL_PUBLIC,),
            checks=(
                "isolation.catalog_project_speaks_of_the_catalog",
                "isolation.files_of_the_site_are_the_catalogs_own",
            ),
        )
        for id_, title, remedy, rule, likely in (
            (
                "public-index-in-the-virtual",
                "A remote of the public index is a member of the virtual",
                _TAKE_OUT,
                _public_member(deep=False),
                never,
            ),
            (
                "public-index-in-a-nested-virtual",
                "A virtual that has the public index behind it is a member of the virtual",
                _TAKE_OUT,
                _public_member(deep=True),
                never,
            ),
            (
                "public-index-under-an-innocent-key",
                "A member of the virtual that looks like the catalog's fetches pages or files from the public index",
                _TAKE_OUT,
                _innocent,
                never,
            ),
            (
                "other-address-in-the-virtual",
                "A member of the virtual fetches from an address that is not the catalog's: a mirror, a proxy, another "
                "Artifactory",
                _TAKE_OUT,
                _foreign,
                _not_laid_out_as_the_public_index,
            ),
        )
    ),
)
