"""What can be wrong with the virtual repository and what stands behind it."""

from __future__ import annotations

from artifactory_conformance.diagnosis import facts
from artifactory_conformance.diagnosis.cause import Reach, Rule, first_of, found_by, is_so, where
from artifactory_conformance.diagnosis.causes.public_content import virtual
from artifactory_conformance.diagnosis.causes.remote_repository import class_of, package_type_of
from artifactory_conformance.diagnosis.seen import Seen

INCLUDED = "virtual_repository.the_catalogs_remote_is_among_the_included_repositories"


def _keys(seen: Seen) -> list[str] | None:
    found = seen.get("administrator", "virtual", "repositories")
    return [str(one) for one in found] if isinstance(found, list) else None


def _reached(seen: Seen) -> set[str]:
    return {str(one.get("key")) for one in seen.rows("administrator", "members")} | set(_keys(seen) or ())


def not_in(name: str) -> Rule:
    """Make a rule of a repository of the site that the virtual does not have among its members."""

    def rule(seen: Seen) -> str:
        keys, key = _keys(seen), seen.get("known", name)
        told = keys is not None and key and str(key) not in _reached(seen)
        return f"its members are {', '.join(keys or ()) or 'none'}, and {key} is not among them" if told else ""

    return rule


def _not_first(seen: Seen) -> str:
    keys, key = _keys(seen) or [], seen.get("known", "remote")
    return f"its members are, in this order, {', '.join(keys)}" if key in keys and keys[0] != key else ""


def _deploys_elsewhere(seen: Seen) -> str:
    virtual, local = seen.section("administrator", "virtual"), seen.get("known", "local")
    target = virtual.get("defaultDeploymentRepo")
    told = virtual.get("found") is True and target and local and target != local
    return f"the Default Deployment Repository is {target}, and internal packages live in {local}" if told else ""


def _deploys_nowhere(seen: Seen) -> str:
    virtual = seen.section("administrator", "virtual")
    unset = virtual.get("found") is True and virtual.get("rclass") == "virtual"
    return "no Default Deployment Repository is set" if unset and not virtual.get("defaultDeploymentRepo") else ""


def has_class(name: str, wanted: str) -> Rule:
    """Make a rule of a repository of the site that has another class than it should."""

    def rule(seen: Seen) -> str:
        found = class_of(seen, name)
        return f"{seen.get('known', name)} is a {found} repository" if found and found != wanted else ""

    return rule


def has_type(name: str) -> Rule:
    """Make a rule of one that has another package type than PyPI."""

    def rule(seen: Seen) -> str:
        found = package_type_of(seen, name)
        return f"its package type is {found}" if found and found != "pypi" else ""

    return rule


def _hidden(seen: Seen) -> str:
    stored = seen.section("administrator", "virtual")
    shut = facts.lets_pages_through(stored) is False or facts.lets_files_through(stored) is False
    patterns = f"include {stored.get('includesPattern')!r}, exclude {stored.get('excludesPattern')!r}"
    if shut:
        return f"the virtual's patterns let nothing through: {patterns}"
    narrow = stored.get("excludesPattern") or stored.get("includesPattern") not in {None, "", "**", "**/*"}
    missing = seen.troubled("virtual_repository.the_sites_virtual_has_what_the_remote_has")
    return f"the virtual hides what the remote has, and has patterns: {patterns}" if narrow and missing else ""


def _page_differs(seen: Seen) -> str:
    remote, virtual = seen.get("account", "page", "status"), seen.get("account", "page_of_the_virtual", "status")
    return (
        f"the page of a catalog project is {remote} at the remote and {virtual} at the virtual"
        if remote == 200 and virtual == 404
        else ""
    )


def _reason(*words: str) -> Rule:
    """Make a rule of what the virtual says where it lacks a page that the remote has."""
    said = f"the virtual's answer says {words[0]!r}"
    return where(
        lambda seen: _page_differs(seen) and facts.message_names(seen, *words, of=("stored_page_of_the_virtual",)), said
    )


def _virtual_rejects(seen: Seen) -> str:
    said = facts.message_names(seen, "rejected the resolution", of=("stored_page_of_the_virtual",))
    return "the instance's own answer says that the virtual rejects the path of a page" if said else ""


NO_TARGET = "no-default-deployment-repository"
LACKING = "virtual-lacks-catalog-packages"

VIRTUAL = (
    virtual(
        "virtual-missing",
        "There is no repository under the virtual's key",
        "404 for everything below its address.",
        "Create the virtual, or give the right key (VIRTUAL-02).",
        "VIRTUAL-02",
        *("VIRTUAL-01", "VIRTUAL-03", "VIRTUAL-04", "VIRTUAL-05", "VIRTUAL-06", "VIRTUAL-10"),
        refines=(LACKING,),
        proved_when=is_so("administrator", "virtual", "found", value=False, words="the instance has none of that key"),
    ),
    virtual(
        "virtual-key-is-no-virtual",
        "Under the virtual's key stands a repository that is no virtual",
        "Catalog or internal packages are missing at the address that clients use.",
        "Create a virtual PyPI repository, and point clients at it (VIRTUAL-02).",
        "VIRTUAL-02",
        *("VIRTUAL-01", "VIRTUAL-04", "VIRTUAL-06", "VIRTUAL-10"),
        proved_when=first_of(has_class("virtual", "virtual"), has_type("virtual")),
    ),
    virtual(
        LACKING,
        "The virtual does not have what the catalog's remote has",
        "Catalog packages are 404 at the virtual, and come at the remote.",
        "See whether the remote is among the included repositories, and what the virtual's patterns hide (VIRTUAL-06).",
        "VIRTUAL-06",
        "VIRTUAL-02",
        rows=("TROUBLE-08",),
        likely_when=first_of(_page_differs, found_by("virtual_repository.the_sites_virtual_has_what_the_remote_has")),
    ),
    virtual(
        "remote-not-in-the-virtual",
        "The catalog's remote is not among the virtual's members",
        "Catalog packages are 404 at the virtual, and come at the remote.",
        "Add it to the included repositories (VIRTUAL-06).",
        "VIRTUAL-06",
        "VIRTUAL-02",
        "VIRTUAL-10",
        refines=(LACKING,),
        proved_when=first_of(not_in("remote"), found_by(INCLUDED)),
        likely_when=_reason("could not find resource"),  # B7: members were asked, and none had it
        possible_when=_page_differs,
        excluded_when=where(
            lambda seen: seen.get("known", "remote") in (_keys(seen) or ()), "it is among the virtual's own members"
        ),
    ),
    virtual(
        NO_TARGET,
        "The virtual has no Default Deployment Repository",
        "Uploads to the virtual are refused (V-08).",
        "Set it to the internal repository (VIRTUAL-04).",
        "VIRTUAL-04",
        "VIRTUAL-09",
        reach=Reach.OWN,
        proved_when=_deploys_nowhere,
    ),
    virtual(
        "default-deployment-repository-elsewhere",
        "The virtual's Default Deployment Repository is not the internal repository",
        "Uploads land where nobody looks for them, or are refused.",
        "Set it to the internal repository (VIRTUAL-04).",
        "VIRTUAL-04",
        "VIRTUAL-09",
        reach=Reach.OWN,
        proved_when=_deploys_elsewhere,
    ),
    virtual(
        "remote-not-first-in-the-virtual",
        "The catalog's remote is not the first of the virtual's members",
        "Mostly nothing: pages are merged (VIRTUAL-07).",
        "Move it to the front (VIRTUAL-10).",
        "VIRTUAL-10",
        reach=Reach.OWN,
        proved_when=_not_first,
    ),
    virtual(
        "virtual-patterns-hide-packages",
        "Include or exclude patterns of the virtual hide packages",
        "A package comes at the remote, and is 404 at the virtual.",
        "Take the pattern off the virtual (VIRTUAL-06, V-05).",
        "VIRTUAL-06",
        "VIRTUAL-02",
        refines=(LACKING,),
        proved_when=first_of(_hidden, _virtual_rejects),
        likely_when=_reason("no repository found to serve"),  # B2: patterns have left no member
        possible_when=_page_differs,
    ),
)
