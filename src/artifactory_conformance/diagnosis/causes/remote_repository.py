"""What can be wrong with the remote as a repository: its class, key, switches and patterns (steps 2, 3, 5)."""

from __future__ import annotations

import re

from artifactory_conformance.diagnosis import facts
from artifactory_conformance.diagnosis.cause import Cause, Owner, Reach, Rule, first_of, found_by, is_so, where
from artifactory_conformance.diagnosis.causes.addresses import GENERAL
from artifactory_conformance.diagnosis.seen import Seen

MADE_ANEW = ("remote-not-in-the-virtual", "remote-not-first-in-the-virtual", "no-note-on-the-remote")
"""What is true as well where the remote of the guide's set-up is no more."""

STORED = ("administrator", "remote")
IS_A_REMOTE = "remote_repository.the_catalog_is_a_remote_pypi_repository"
SWITCHED_OFF = "caching.the_sites_remote_is_neither_offline_nor_blacked_out"


def _listed(seen: Seen, key: str, field: str) -> str:
    """Give what the list of repositories shows the account that installs."""
    return str(seen.get("account", "listed", str(seen.get("known", key)), field) or "").lower()


def class_of(seen: Seen, name: str) -> str:
    """Give the class of one of the site's repositories, from its configuration or from the list."""
    return str(seen.get("administrator", name, "rclass") or "").lower() or _listed(seen, name, "type")


def package_type_of(seen: Seen, name: str) -> str:
    """Give its package type likewise."""
    return str(seen.get("administrator", name, "packageType") or "").lower() or _listed(seen, name, "packageType")


def _other_class(seen: Seen) -> str:
    found = class_of(seen, "remote")
    return f"the repository under the catalog's key is a {found} one" if found and found != "remote" else ""


def _other_type(seen: Seen) -> str:
    found = package_type_of(seen, "remote")
    return f"its package type is {found}" if found and found != "pypi" else ""


def _key(seen: Seen) -> str:
    key = str(seen.get("known", "remote") or "")
    return f"the key is {key}" if key and not re.fullmatch(r"[a-z0-9-]+", key) else ""


def _hides_pages(seen: Seen) -> str:
    hidden = facts.lets_pages_through(facts.remote(seen)) is False
    return f"the remote's patterns let no page through: {_patterns(seen)}" if hidden else ""


def _hides_files(seen: Seen) -> str:
    hidden = facts.lets_files_through(facts.remote(seen)) is False
    return f"the remote's patterns let no file through: {_patterns(seen)}" if hidden else ""


def _rejects(asked: str, what: str) -> Rule:
    """Make a rule of an answer that says that a path is not resolved, which a repository's patterns decide (V-06)."""
    words = f"the instance's own answer says that the repository rejects the path of {what}"
    return where(lambda seen: facts.message_names(seen, "rejected the resolution", of=(asked,)), words)


def _says_offline(seen: Seen) -> str:
    said = facts.message_names(seen, ": is offline,")
    return "the instance's own answer says that the remote is offline" if said else ""


def _patterns(seen: Seen) -> str:
    stored = facts.remote(seen)
    return f"include {stored.get('includesPattern')!r}, exclude {stored.get('excludesPattern')!r}"


def _no_note(seen: Seen) -> str:
    stored = facts.remote(seen)
    if "description" not in stored and "notes" not in stored:
        return ""
    words = f"{stored.get('description') or ''} {stored.get('notes') or ''}".lower()
    said = "curated catalog" in words and ("public pypi" in words or "pypi.org" in words)
    return "" if said else "description and notes do not say it"


def _remote(  # one shape for all that a configuration shows
    id_: str, title: str, looks: str, remedy: str, *clauses: str, reach: Reach = Reach.OWN, **rules: object
) -> Cause:
    proof = "read the remote's configuration as an administrator"
    return Cause(id_, title, looks, proof, remedy, Owner.ADMINISTRATOR, clauses, reach, **rules)  # type: ignore[arg-type]


REMOTE = (
    _remote(
        "remote-missing",
        "There is no repository under the catalog's key",
        "404 for every package; the key is not in the list of repositories.",
        "Create the remote as in steps 2 to 5, or give the right key (REMOTE-01).",
        "REMOTE-01",
        brings=MADE_ANEW,
        reach=Reach.SITE,
        proved_when=is_so(*STORED, "found", value=False, words="the instance has no repository of that key"),
    ),
    _remote(
        "catalog-key-is-no-remote",
        "Under the catalog's key stands a repository that is no remote",
        "What somebody has uploaded comes, and nothing of the catalog.",
        "Recreate it as Remote, PyPI, under a key of its own (REMOTE-01).",
        "REMOTE-01",
        "VIRTUAL-06",
        brings=MADE_ANEW,
        reach=Reach.SITE,
        proved_when=_other_class,
        likely_when=found_by(IS_A_REMOTE),
    ),
    _remote(
        "remote-of-another-package-type",
        "The catalog's remote has another package type than PyPI",
        "No address below api/pypi answers; the package type cannot be changed afterwards.",
        "Recreate it as Remote, PyPI (REMOTE-01).",
        "REMOTE-01",
        "VIRTUAL-06",
        brings=MADE_ANEW,
        reach=Reach.SITE,
        refines=("catalog-key-is-no-remote",),
        proved_when=_other_type,
    ),
    _remote(
        "key-not-in-lower-case",
        "The remote's key has other characters than lower-case letters, digits and hyphens",
        "Addresses are easily mistyped; nothing else.",
        "A key cannot be changed: create a new remote and move permissions, members and clients (REMOTE-02).",
        "REMOTE-02",
        proved_when=first_of(_key, found_by("remote_repository.key_is_lower_case_with_hyphens")),
    ),
    _remote(
        "no-note-on-the-remote",
        "Neither description nor notes say what the remote is for",
        "Nothing yet: the next administrator may put it beside public PyPI.",
        "Add the guide's note to description or notes (REMOTE-13).",
        "REMOTE-13",
        proved_when=first_of(_no_note, found_by("remote_repository.description_or_notes_warn_of_public_pypi")),
    ),
    _remote(
        "remote-offline",
        "The catalog's remote is offline, by its own switch or by the instance's",
        "What is cached comes, everything else is 404 with a text that says offline (M-06).",
        "Switch Offline off on the remote, and Global Offline Mode at the instance.",
        "ACCESS-01",
        "REMOTE-16",
        reach=Reach.DOWNLOADS,
        rows=("TROUBLE-08",),
        checks=(SWITCHED_OFF,),
        refines=(GENERAL,),
        proved_when=first_of(
            is_so(*STORED, "offline", value=True, words="the remote's configuration has Offline on"), _says_offline
        ),
    ),
    _remote(
        "remote-blacked-out",
        "The remote is blacked out",
        "404 for everything, cached or not (A46).",
        "Switch Blacked Out off on the remote.",
        "ACCESS-01",
        "REMOTE-16",
        reach=Reach.SITE,
        rows=("TROUBLE-08",),
        checks=(SWITCHED_OFF,),
        refines=(GENERAL,),
        proved_when=first_of(
            is_so(*STORED, "blackedOut", value=True, words="the remote's configuration has Blacked Out on"),
            where(lambda seen: facts.message_names(seen, "is blacked out"), "the instance's own answer says so"),
        ),
    ),
    _remote(
        "remote-patterns-hide-pages",
        "Include or exclude patterns of the remote hide the pages of projects",
        "404 for every page, also to an administrator; pages lie at .pypi/<name>.html (V-05).",
        "Let .pypi/** through, and what lies below it; then delete cached pages that are stale.",
        "ACCESS-01",
        reach=Reach.DOWNLOADS,
        rows=("TROUBLE-08",),
        checks=("remote_repository.patterns_let_the_catalog_through",),
        refines=(GENERAL,),
        proved_when=first_of(_hides_pages, _rejects("odd_stored_page", "a page")),
    ),
    _remote(
        "remote-patterns-hide-files",
        "Include or exclude patterns of the remote hide the files of packages",
        "Pages come, and 404 for the files that they list (V-05, V-06).",
        "Let files through as well: the include pattern ** leaves nothing out.",
        "TROUBLE-11",
        "ACCESS-01",
        reach=Reach.DOWNLOADS,
        rows=("TROUBLE-08",),
        checks=("remote_repository.patterns_let_the_catalog_through",),
        refines=(GENERAL,),
        proved_when=first_of(_hides_files, _rejects("odd_stored_file", "a file")),
    ),
    _remote(
        "xray-on-the-remote",
        "Xray indexes the catalog's remote",
        "Packages that are vetted already are reported, and a policy may block their download with 403.",
        "Turn Xray indexing off for the remote (BEST-03).",
        "BEST-03",
        proved_when=first_of(
            is_so(*STORED, "xrayIndex", value=True, words="the remote's configuration has Xray indexing on"),
            found_by("best_practices.xray_does_not_index_the_remote"),
        ),
    ),
    _remote(
        "redirects-not-provided-for",
        "The remote's settings for redirects do not suit a catalog that hands files out from elsewhere",
        "A login or redirect page is stored in the place of a file, so that hashes do not match (M-11).",
        "Where the catalog redirects: Bypass HEAD Requests on, Block Mismatching Mime Types off, Lenient Host "
        "Authentication off; then delete what is stored wrongly (ACCESS-06).",
        "ACCESS-06",
        possible_when=where(
            lambda seen: (
                facts.remote(seen).get("bypassHeadRequests") is False
                and seen.failed("package_access.file_of_the_site_has_the_hash_that_its_page_states")
            ),
            "a file has other bytes than its page says, and HEAD is asked before GET",
        ),
    ),
)
