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


def _not_in(name: str) -> Rule:
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


def _local_not_seen(seen: Seen) -> str:
    """Tell what is seen of a repository that is missing, and of one that is hidden from who may not read it."""
    key, listed = seen.get("known", "local"), seen.section("account", "listed")
    gone = seen.get("account", "internal_page", "status") == 404
    return "the list does not show it, and its page is 404" if gone and key in listed and listed[key] is None else ""


def _class(name: str, wanted: str) -> Rule:
    def rule(seen: Seen) -> str:
        found = class_of(seen, name)
        return f"{seen.get('known', name)} is a {found} repository" if found and found != wanted else ""

    return rule


def _type(name: str) -> Rule:
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


def _priority_on_the_remote(seen: Seen) -> str:
    on = facts.remote(seen).get("priorityResolution") is True
    return "the remote's configuration has Priority Resolution on" if on else ""


def _shadowed(seen: Seen) -> str:
    if seen.get("account", "internal_page_of_the_remote", "links"):
        return "the catalog's remote serves a page for the internal name as well"
    return found_by("virtual_repository.no_other_member_offers_an_internal_name_of_the_site")(seen)


def _public_answers(seen: Seen) -> str:
    """Tell that it is the public index that has the name, by the remote's own addresses or pages."""
    public = [one for one in facts.addresses(seen).values() if facts.is_public(seen, one)]
    return facts.public_layout(seen) or ("an address of the remote is the public index's" if public else "")


def _virtual_rejects(seen: Seen) -> str:
    said = facts.message_names(seen, "rejected the resolution", of=("stored_page_of_the_virtual",))
    return "the instance's own answer says that the virtual rejects the path of a page" if said else ""


LACKING = "virtual-lacks-catalog-packages"

VIRTUAL = (
    virtual(
        "virtual-missing",
        "There is no repository under the virtual's key",
        "404 for everything below its address.",
        "Create the virtual, or give the right key (VIRTUAL-02).",
        "VIRTUAL-02",
        *("VIRTUAL-01", "VIRTUAL-03", "VIRTUAL-04", "VIRTUAL-05", "VIRTUAL-06", "VIRTUAL-10"),
        proved_when=is_so("administrator", "virtual", "found", value=False, words="the instance has none of that key"),
    ),
    virtual(
        "virtual-key-is-no-virtual",
        "Under the virtual's key stands a repository that is no virtual",
        "Catalog or internal packages are missing at the address that clients use.",
        "Create a virtual PyPI repository, and point clients at it (VIRTUAL-02).",
        "VIRTUAL-02",
        *("VIRTUAL-01", "VIRTUAL-04", "VIRTUAL-06", "VIRTUAL-10"),
        proved_when=first_of(_class("virtual", "virtual"), _type("virtual")),
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
        proved_when=first_of(_not_in("remote"), found_by(INCLUDED)),
        possible_when=_page_differs,
        excluded_when=where(
            lambda seen: seen.get("known", "remote") in (_keys(seen) or ()), "it is among the virtual's own members"
        ),
    ),
    virtual(
        "local-not-in-the-virtual",
        "The internal repository is not among the virtual's members",
        "Internal packages are 404 at the virtual, and nothing can be uploaded there.",
        "Add it to the included repositories (VIRTUAL-02).",
        "VIRTUAL-02",
        "VIRTUAL-01",
        "VIRTUAL-04",
        proved_when=_not_in("local"),
        likely_when=where(
            lambda seen: (
                seen.get("account", "internal_page", "status") == 200
                and seen.get("account", "internal_page_of_the_virtual", "status") == 404
            ),
            "an internal project's page is 200 at its repository and 404 at the virtual",
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
        proved_when=is_so("administrator", "local", "found", value=False, words="the instance has none of that key"),
        possible_when=_local_not_seen,
    ),
    virtual(
        "internal-repository-of-another-kind",
        "The repository for internal packages is not a local one of package type PyPI",
        "Internal packages cannot be listed or uploaded.",
        "Create a local PyPI repository, and upload the packages there (VIRTUAL-01).",
        "VIRTUAL-01",
        *("VIRTUAL-02", "VIRTUAL-04", "VIRTUAL-08"),
        proved_when=first_of(_class("local", "local"), _type("local")),
    ),
    virtual(
        "no-default-deployment-repository",
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
        possible_when=_page_differs,
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
        excluded_when=_public_answers,
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
