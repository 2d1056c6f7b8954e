"""What can be wrong with grants and with the account that installs (step 6)."""

from __future__ import annotations

from artifactory_conformance.artifactory.path_patterns import A_FILE, A_PAGE
from artifactory_conformance.artifactory.permission_target import EVERY_PATH
from artifactory_conformance.diagnosis import facts
from artifactory_conformance.diagnosis.cause import Cause, Owner, Reach, Rule, first_of
from artifactory_conformance.diagnosis.causes.remote_repository import class_of
from artifactory_conformance.diagnosis.facts import DEPLOY_CACHE, READ
from artifactory_conformance.diagnosis.seen import Seen

BOTH = frozenset({READ, DEPLOY_CACHE})
NO_READ = "read-missing"
NO_DEPLOY_CACHE = "deploy-cache-missing"


def _has(seen: Seen, *actions: str) -> bool | None:
    found = facts.rights(seen)
    return None if found is None else found.issuperset(actions)


def _nothing(seen: Seen) -> bool:
    found = facts.rights(seen)
    return found is not None and not found & BOTH


def _targets_elsewhere(seen: Seen) -> list[str]:
    """Name repositories, none of the site's, on which the account holds both rights."""
    own = {str(seen.get("known", name)) for name in ("remote", "virtual", "local")} | {"ANY", "ANY REMOTE", "ANY LOCAL"}
    targets = [one for one in seen.rows("administrator", "grants") if facts.actions_by(seen, [one]) >= BOTH]
    return sorted({str(key) for one in targets for key in one.get("repositories") or () if key not in own})


def _on_another(seen: Seen) -> str:
    elsewhere = _targets_elsewhere(seen) if _nothing(seen) else []
    return f"the account holds both rights on {', '.join(elsewhere)}, and none on the remote" if elsewhere else ""


def _on(name: str, words: str) -> Rule:
    """Make a rule of grants on one of the site's repositories alone."""

    def rule(seen: Seen) -> str:
        key = seen.get("known", name)
        targets = [one for one in seen.rows("administrator", "grants") if facts.names(one, key)]
        told = _nothing(seen) and key and DEPLOY_CACHE in facts.actions_by(seen, targets)
        return f"the account holds Deploy/Cache on {key}, {words}, and nothing on the remote" if told else ""

    return rule


def _group(seen: Seen) -> str:
    """Name a group that has both rights on the remote, and that the account is not in."""
    own = set(seen.get("administrator", "account", "groups") or ())
    groups = {
        group
        for target in facts.on_the_remote(seen)
        for group, actions in (target.get("groups") or {}).items()
        if set(actions) >= BOTH and group not in own
    }
    told = _nothing(seen) and groups
    return f"{', '.join(sorted(groups))} has both rights, and the account is not in it" if told else ""


def _nowhere(seen: Seen) -> str:
    elsewhere = _on_another(seen) or _group(seen)
    on_others = any(_on(name, "")(seen) for name in ("virtual", "local"))
    told = _nothing(seen) and not elsewhere and not on_others
    return "no permission target gives the account or a group of it anything on the remote" if told else ""


def _of_no_remote(seen: Seen) -> str:
    """Tell that there is no remote to have rights on."""
    found = class_of(seen, "remote")
    missing = seen.get("administrator", "remote", "found") is False
    return "there is no such remote" if missing or (found and found != "remote") else ""


def _lacks(action: str, other: str, words: str) -> Rule:
    def rule(seen: Seen) -> str:
        return words if _has(seen, other) is True and _has(seen, action) is False else ""

    return rule


def _pattern_hides(path: str, what: str) -> Rule:
    def rule(seen: Seen) -> str:
        on_path = facts.rights(seen, path)
        told = _has(seen, READ, DEPLOY_CACHE) and on_path is not None and not on_path >= BOTH
        return f"both rights are granted, and by their patterns not for {what}" if told else ""

    return rule


def _file_alone_is_unread(seen: Seen) -> str:
    page, file = seen.section("account", "new_page") or seen.section("account", "page"), seen.section("account", "file")
    file = seen.section("account", "new_file") or file
    told = page.get("status") == 200 and file.get("refused_for") == READ
    return "the page is served, and Read is missing for its file: only a pattern tells the two apart" if told else ""


def _answers(seen: Seen, *names: str) -> set[object]:
    """Give what refused each of these questions, of those that were answered; None where nothing did."""
    asked = [seen.section("account", name) for name in names]
    return {one.get("refused_for") for one in asked if one.get("status")}


_PAGES = ("page", "new_page", "odd_page", "odd_stored_page")
_FILES = ("file", "new_file", "cold_file", "odd_stored_file")


def _reads_something(seen: Seen) -> bool:
    """Tell whether the account is known to read some of the remote: it was shown what is cached, or something came."""
    asked = [seen.section("account", name) for name in (*_PAGES, *_FILES)]
    shown = any(seen.section("account", "cache").values())
    return shown or any(one.get("status") == 200 for one in asked)


def _nothing_is_read(seen: Seen) -> str:
    """Tell that whatever was asked for is refused for want of Read; by what grant, only the grants tell."""
    told = _answers(seen, *_PAGES, *_FILES) == {READ} and not _reads_something(seen)
    return "whatever was asked for is refused with 403, and the answer names the missing right" if told else ""


def _pages_alone_are_unread(seen: Seen) -> str:
    told = _answers(seen, *_PAGES) == {READ} and _reads_something(seen)
    return "pages are refused for want of Read, and something else is read: so does a pattern" if told else ""


def _leaves_out(seen: Seen) -> str:
    """Tell that the grants cover pages and files as such, and leave something out by name."""
    whole = {facts.rights(seen, path) for path in (A_PAGE, A_FILE)}
    if None in whole or not all(found is not None and found >= BOTH for found in whole):
        return ""
    serving = [one for one in facts.on_the_remote(seen) if facts.actions_by(seen, [one]) >= BOTH]
    narrow = [str(one.get("name")) for one in serving if one.get("exclude") or not _all_paths(one.get("include"))]
    told = bool(narrow) and len(narrow) == len(serving)
    return f"the patterns of {', '.join(narrow)} do not cover every path" if told else ""


def _all_paths(include: object) -> bool:
    return not include or (isinstance(include, (list, tuple)) and bool(EVERY_PATH & set(include)))


def _refused(reason: str) -> Rule:
    return lambda seen: facts.refused_for(seen, reason)


def _grant(id_: str, title: str, looks: str, remedy: str, proved: Rule, *more: str, **rules: object) -> Cause:
    return Cause(
        id_,
        title,
        looks,
        "read the account, its groups and all permission targets as an administrator",
        remedy,
        Owner.ADMINISTRATOR,
        ("PERM-02", "PERM-01", "PERM-03"),
        Reach.SITE,
        ("PERM-10", *more),
        proved_when=proved,
        excluded_when=_of_no_remote,
        **rules,  # type: ignore[arg-type]
    )


_REFUSED = "403, or 404 where existence is hidden, for pages and files, cached or not."

PERMISSIONS = (
    _grant(
        NO_DEPLOY_CACHE,
        "Who installs has Read on the remote, and not Deploy/Cache",
        "What is cached installs; anything else is 403 or 404, and nothing enters the cache (P-01, P-04).",
        "Grant Deploy/Cache on the remote beside Read (PERM-02).",
        first_of(_lacks(DEPLOY_CACHE, READ, "the grants give Read, and not Deploy/Cache"), _refused("deploy_cache")),
    ),
    _grant(
        NO_READ,
        "Who installs may not read the catalog's remote",
        _REFUSED,
        "Grant Read on the remote beside Deploy/Cache (PERM-02).",
        _lacks(READ, DEPLOY_CACHE, "the grants give Deploy/Cache, and not Read"),
        likely_when=_nothing_is_read,
        possible_when=_refused(READ),
    ),
    _grant(
        "no-grant-on-the-remote",
        "Nobody has given the account anything on the catalog's remote",
        _REFUSED,
        "Create the permission target of step 6: the remote's key, pattern **, Read and Deploy/Cache (PERM-01).",
        _nowhere,
        refines=(NO_READ,),
    ),
    _grant(
        "grant-on-another-repository",
        "The account's permission target names another repository than the catalog's remote",
        _REFUSED,
        "Put the remote's key into the permission target (PERM-01).",
        _on_another,
        refines=(NO_READ,),
    ),
    _grant(
        "grant-on-the-virtual-alone",
        "The account's permission target names the virtual, which has no effect on its members",
        _REFUSED,
        "Put the remote's key into the permission target (PERM-01).",
        _on("virtual", "the virtual"),
        refines=(NO_READ,),
    ),
    _grant(
        "grant-on-the-internal-repository-alone",
        "The account's permission target names the internal repository alone",
        _REFUSED,
        "Put the remote's key into the permission target as well (PERM-01).",
        _on("local", "the internal repository"),
        refines=(NO_READ,),
    ),
    _grant(
        "account-not-in-the-group",
        "A group has both rights on the remote, and the account is not in it",
        _REFUSED,
        "Put the account into the group (PERM-02).",
        _group,
        refines=(NO_READ,),
    ),
    _grant(
        "grant-pattern-hides-pages",
        "The permission target's patterns leave out the pages of projects",
        "403 or 404 for pages, which lie at .pypi/<name>.html (P-09).",
        "Set the include pattern to ** (PERM-01).",
        _pattern_hides(A_PAGE, "pages"),
        likely_when=_pages_alone_are_unread,
        refines=(NO_READ,),
    ),
    _grant(
        "grant-pattern-hides-files",
        "The permission target's patterns leave out the files of packages",
        "Pages come, and 403 or 404 for the files that they list.",
        "Set the include pattern to ** (PERM-01).",
        first_of(_pattern_hides(A_FILE, "files"), _file_alone_is_unread),
        refines=(NO_READ,),
    ),
    Cause(
        "grant-pattern-leaves-something-out",
        "The permission target's patterns leave something of the remote out",
        "Most packages install; one whose path the pattern leaves out is 403 or 404.",
        "read the permission targets as an administrator",
        "Set the include pattern to **, without an exclude pattern (PERM-01).",
        Owner.ADMINISTRATOR,
        ("PERM-01",),
        proved_when=_leaves_out,
    ),
)
