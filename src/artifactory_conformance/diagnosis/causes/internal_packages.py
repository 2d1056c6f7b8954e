"""What can be wrong with the repository for internal packages, and with their names (VIRTUAL-01, VIRTUAL-08)."""

from __future__ import annotations

from artifactory_conformance.diagnosis import facts
from artifactory_conformance.diagnosis.cause import Reach, Rule, first_of, found_by, is_so, where
from artifactory_conformance.diagnosis.causes.public_content import virtual
from artifactory_conformance.diagnosis.causes.virtual_repository import NO_TARGET, has_class, has_type, not_in
from artifactory_conformance.diagnosis.seen import Seen


def _local_not_seen(seen: Seen) -> str:
    """Tell what is seen of a repository that is missing, and of one that is hidden from who may not read it."""
    key, listed = seen.get("known", "local"), seen.section("account", "listed")
    served = seen.get("account", "internal_page", "status") == 200
    gone = 404 in {seen.get("account", name, "status") for name in ("internal_page", "odd_page_of_the_local")}
    hidden = gone and not served and listed.get(key, "") is None
    return "the list does not show it, and a page of it is 404" if hidden else ""


def _unread(name: str) -> Rule:
    """Make a rule of an answer of the internal repository that names the missing right; a page that comes is none."""

    def rule(seen: Seen) -> str:
        served = seen.get("account", "internal_page", "status") == 200
        refused = seen.get("account", name, "refused_for") == facts.READ
        return (
            "a page of it is refused with 403, and the answer names the missing right"
            if (refused and not served)
            else ""
        )

    return rule


def _priority_on_the_remote(seen: Seen) -> str:
    on = facts.remote(seen).get("priorityResolution") is True
    return "the remote's configuration has Priority Resolution on" if on else ""


def _shadowed(seen: Seen) -> str:
    if seen.get("account", "internal_page_of_the_remote", "links"):
        return "the catalog's remote serves a page for the internal name as well"
    if seen.get("account", "internal_page_of_the_virtual", "status") == 404:
        return ""
    return found_by("virtual_repository.no_other_member_offers_an_internal_name_of_the_site")(seen)


def _others_answer(seen: Seen) -> str:
    """Tell that it is no business of the catalog's: the remote does not have the name, and something public does."""
    contaminated = seen.failed("isolation.nothing_public_is_seen_through_the_sites_virtual")
    absent = seen.get("account", "internal_page_of_the_remote", "status") == 404
    return (
        "what is public answers through the virtual, and the remote does not have the name"
        if (contaminated and absent)
        else ""
    )


def _public_answers(seen: Seen) -> str:
    """Tell that it is the public index that has the name, by the remote's own addresses or pages."""
    public = [one for one in facts.addresses(seen).values() if facts.is_public(seen, one)]
    return facts.public_layout(seen) or ("an address of the remote is the public index's" if public else "")


INTERNAL = (
    virtual(
        "local-not-in-the-virtual",
        "The internal repository is not among the virtual's members",
        "Internal packages are 404 at the virtual, and nothing can be uploaded there.",
        "Add it to the included repositories (VIRTUAL-02).",
        "VIRTUAL-02",
        "VIRTUAL-01",
        "VIRTUAL-04",
        brings=(NO_TARGET,),
        proved_when=not_in("local"),
        likely_when=where(
            lambda seen: (
                seen.get("account", "internal_page", "status") == 200
                and seen.get("account", "internal_page_of_the_virtual", "status") == 404
                and seen.get("account", "page_of_the_virtual", "status") == 200
            ),
            "an internal project's page is 200 at its repository and 404 at the virtual, which has others",
        ),
        excluded_when=where(
            lambda seen: seen.get("administrator", "local", "found") is False, "there is no such repository at all"
        ),
    ),
    virtual(
        "internal-repository-missing",
        "There is no repository for internal packages",
        "Internal packages are 404, and uploads are refused.",
        "Create a local PyPI repository, add it to the virtual, let uploads go there (VIRTUAL-01, VIRTUAL-04).",
        "VIRTUAL-01",
        *("VIRTUAL-02", "VIRTUAL-04", "VIRTUAL-08"),
        brings=("local-not-in-the-virtual", NO_TARGET),
        proved_when=is_so("administrator", "local", "found", value=False, words="the instance has none of that key"),
        possible_when=_local_not_seen,
    ),
    virtual(
        "internal-repository-not-readable",
        "Who installs may not read the repository for internal packages",
        "Internal packages are 403, or 404 where existence is hidden; catalog packages come.",
        "Grant Read on the internal repository (VIRTUAL-01, PERM-01).",
        "VIRTUAL-01",
        *("VIRTUAL-02", "PERM-10"),
        proved_when=_unread("internal_page"),
        likely_when=_unread("odd_page_of_the_local"),
    ),
    virtual(
        "internal-repository-of-another-kind",
        "The repository for internal packages is not a local one of package type PyPI",
        "Internal packages cannot be listed or uploaded.",
        "Create a local PyPI repository, and upload the packages there (VIRTUAL-01).",
        "VIRTUAL-01",
        *("VIRTUAL-02", "VIRTUAL-04", "VIRTUAL-08"),
        brings=("local-not-in-the-virtual", NO_TARGET),
        proved_when=first_of(has_class("local", "local"), has_type("local")),
    ),
    virtual(
        "internal-name-in-the-catalog",
        "Another member offers an internal name",
        "A higher version from elsewhere wins over the internal one (VIRTUAL-08, V-03).",
        "Exclude .pypi/<name>.* on the remote and delete its cached page, or try Priority Resolution on the internal "
        "repository and verify (VIRTUAL-08).",
        "VIRTUAL-08",
        reach=Reach.OWN,
        proved_when=_shadowed,
        excluded_when=first_of(_public_answers, _others_answer),
    ),
    virtual(
        "priority-on-the-remote",
        "Priority Resolution is on for the catalog's remote",
        "Internal versions of a name that the catalog has, too, disappear from the page (V-04).",
        "Switch it off there, and on for the internal repository (VIRTUAL-08).",
        "VIRTUAL-08",
        reach=Reach.OWN,
        refines=("internal-name-in-the-catalog",),
        proved_when=_priority_on_the_remote,
    ),
)
