"""What keeps packages from being cached, or caches them for too long: periods, switches, quota, what is left over."""

from __future__ import annotations

from artifactory_conformance.diagnosis import facts
from artifactory_conformance.diagnosis.cause import Cause, Owner, Reach, Rule, first_of, found_by, is_so, where
from artifactory_conformance.diagnosis.causes.addresses import GENERAL
from artifactory_conformance.diagnosis.seen import Seen
from artifactory_conformance.limits import LIMITS

DEFAULT_RETRIEVAL, DEFAULT_MISSED = 7200, 1800
"""Seconds, as Artifactory fills them in (REMOTE-10, REMOTE-11)."""

_CACHED = (
    "remote_repository.what_the_installing_account_brings_in_is_in_the_cache",
    "remote_repository.what_the_site_serves_is_in_its_cache",
    "package_access.downloaded_package_of_the_site_is_in_its_cache",
    "isolation.cache_of_the_remote_holds_no_file_in_public_layout",
)
PERIODS = ("REMOTE-10", "BEST-01")


def _number(seen: Seen, name: str) -> int | None:
    found = facts.remote(seen).get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _period(name: str, least: int, most: float, words: str) -> Rule:
    """Make a rule of a number of the remote that lies within bounds, the upper one excluded."""

    def rule(seen: Seen) -> str:
        found = _number(seen, name)
        return f"{words} is {found}" if found is not None and least <= found < most else ""

    return rule


def _left_over(seen: Seen) -> str:
    lying = seen.get("account", "cache", "in_public_layout")
    if lying:
        return f"{lying} files lie in the remote's cache at paths that the public index alone has"
    return found_by("isolation.cache_of_the_remote_holds_no_file_in_public_layout")(seen)


def _public_now(seen: Seen) -> str:
    public = any(facts.is_public(seen, one) for one in facts.addresses(seen).values())
    return "its addresses are the public index's still" if public else ""


def _over_quota(seen: Seen) -> str:
    used, quota = seen.get("administrator", "percent_used"), seen.section("administrator", "quota")
    limit = str(quota.get("diskSpaceLimitPercentage") or "")
    on = str(quota.get("enabled", "")).lower() == "true"
    over = on and limit.isdigit() and isinstance(used, (int, float)) and used >= int(limit)
    return f"{used:g} % of the store are in use, and the quota is {limit} %" if over else ""


def _full(seen: Seen) -> str:
    used = seen.get("administrator", "percent_used")
    return f"{used:g} % of the store are in use" if isinstance(used, (int, float)) and used >= 99 else ""


def _answers(status: int) -> Rule:
    return where(
        lambda seen: any(
            seen.get("account", name, "status") == status for name in ("page", "new_page", "file", "new_file")
        ),
        f"the account that installs is answered {status}",
    )


def _setting(id_: str, title: str, looks: str, remedy: str, proved: Rule, *clauses: str, **more: object) -> Cause:
    proof = "read the remote's configuration as an administrator"
    return Cause(id_, title, looks, proof, remedy, Owner.ADMINISTRATOR, clauses, proved_when=proved, **more)  # type: ignore[arg-type]


CACHING = (
    _setting(
        "store-artifacts-locally-off",
        "Store Artifacts Locally is off",
        "Packages install, and nothing stays: each installation asks the catalog again, the tree stays empty.",
        "Turn Store Artifacts Locally on (REMOTE-09).",
        first_of(
            is_so("administrator", "remote", "storeArtifactsLocally", value=False, words="it reads false"),
            found_by("remote_repository.artifacts_are_stored_locally"),
        ),
        *("REMOTE-09", "ACCESS-03", "ACCESS-04", "ACCESS-05"),
        rows=("TROUBLE-05", "TROUBLE-07"),
        likely_when=where(
            lambda seen: facts.upstream_works(seen) and seen.failed(*_CACHED[:3]),
            "files come, and are not in the remote's cache afterwards",
        ),
        checks=_CACHED,
    ),
    _setting(
        "retrieval-period-zero",
        "Retrieval Cache Period is 0, so that no page is cached",
        "Every page is asked for at the catalog (C-01).",
        "Leave the default of 7200 s, or raise it (REMOTE-10, BEST-01).",
        _period("retrievalCachePeriodSecs", 0, 1, "Retrieval Cache Period"),
        *PERIODS,
    ),
    _setting(
        "retrieval-period-short",
        "Retrieval Cache Period is shorter than the default",
        "The catalog is asked for pages more often than needed, and may throttle.",
        "Leave the default of 7200 s, or raise it (REMOTE-10).",
        _period("retrievalCachePeriodSecs", 1, DEFAULT_RETRIEVAL, "Retrieval Cache Period"),
        *PERIODS,
    ),
    _setting(
        "retrieval-period-long",
        "Retrieval Cache Period is so long that new releases stay hidden",
        "A release that the catalog has got does not show for days (C-02).",
        "Shorten it to what the company accepts; expire or delete the pages that are cached (BEST-01, BEST-05).",
        _period("retrievalCachePeriodSecs", LIMITS.longest_hidden + 1, float("inf"), "Retrieval Cache Period"),
        "BEST-01",
        "BEST-05",
    ),
    _setting(
        "missed-period-zero",
        "Missed Retrieval Cache Period is 0, so that no miss is remembered",
        "Every request for what the catalog lacks goes up to it.",
        "Restore the default of 1800 s (REMOTE-11).",
        _period("missedRetrievalCachePeriodSecs", 0, 1, "Missed Retrieval Cache Period"),
        "REMOTE-11",
        "BEST-01",
    ),
    _setting(
        "missed-period-short",
        "Missed Retrieval Cache Period is shorter than the default",
        "The catalog is asked more often for what it lacks.",
        "Restore the default of 1800 s (REMOTE-11).",
        _period("missedRetrievalCachePeriodSecs", 1, DEFAULT_MISSED, "Missed Retrieval Cache Period"),
        "REMOTE-11",
        "BEST-01",
    ),
    _setting(
        "missed-period-long",
        "Missed Retrieval Cache Period is longer than the default",
        "A package that the catalog has got stays 404 for as long (M-13).",
        "Restore the default of 1800 s (REMOTE-11).",
        _period("missedRetrievalCachePeriodSecs", DEFAULT_MISSED + 1, float("inf"), "Missed Retrieval Cache Period"),
        "REMOTE-11",
        "BEST-01",
        rows=("TROUBLE-08",),
    ),
    _setting(
        "cached-artifacts-cleaned-up",
        "Unused cached artifacts are cleaned up",
        "What nobody has asked for in a while is fetched from the catalog again, if it still has it.",
        "Set Unused Artifacts Cleanup Period to 0 (REMOTE-12).",
        first_of(
            _period("unusedArtifactsCleanupPeriodHours", 1, float("inf"), "Unused Artifacts Cleanup Period"),
            found_by("remote_repository.cached_artifacts_are_never_cleaned_up"),
        ),
        "REMOTE-12",
    ),
    Cause(
        "public-files-left-in-the-cache",
        "The remote's cache has files of the public index, from another time",
        "The addresses are the catalog's, and what was cached before is served all the same.",
        "list the remote's cache: files at <xx>/<yy>/<60 hex> come from the public index (U-11)",
        "Delete, do not zap, everything in <key>-cache that is not the catalog's (VIRTUAL-03, C-05).",
        Owner.ADMINISTRATOR,
        ("VIRTUAL-03", "ACCESS-06"),
        Reach.VIRTUAL,
        ("TROUBLE-10",),
        (
            "isolation.cache_of_the_remote_holds_no_file_in_public_layout",
            "isolation.nothing_public_is_seen_through_the_sites_remote",
            "isolation.catalog_project_looks_like_the_catalogs",
            "isolation.files_of_the_site_are_the_catalogs_own",
        ),
        proved_when=lambda seen: (
            _left_over(seen) if facts.remote(seen).get("url") and facts.remote(seen).get("pyPIRegistryUrl") else ""
        ),
        likely_when=_left_over,
        excluded_when=_public_now,
    ),
    Cause(
        "bad-copy-in-the-cache",
        "The cache holds a bad copy of a page or a file",
        "One package fails, with a wrong hash or an old page, and others install.",
        "compare the file with what the catalog gives for the organization's credentials",
        "Delete .pypi/<name>.html and the package's files under <key>-cache; zapping keeps files (TROUBLE-10).",
        Owner.ADMINISTRATOR,
        ("ACCESS-06", "TROUBLE-10", "TROUBLE-11"),
        Reach.OWN,
        ("TROUBLE-08",),
        ("isolation.files_of_the_site_are_the_catalogs_own",),
        possible_when=where(
            lambda seen: seen.failed(
                "package_access.file_of_the_site_has_the_hash_that_its_page_states",
                "isolation.files_of_the_site_are_the_catalogs_own",
            ),
            "a file that the site serves is not what its page, or the catalog, says",
        ),
    ),
    Cause(
        "storage-quota-reached",
        "The storage quota is reached",
        "413 for whatever is not cached, with a text that names the quota (TROUBLE-06).",
        "read used space and quota as an administrator",
        "Free space, or raise the quota (TROUBLE-06, BEST-02).",
        Owner.ADMINISTRATOR,
        ("TROUBLE-06", "BEST-02"),
        Reach.EVERYTHING,
        refines=(GENERAL,),
        proved_when=first_of(_over_quota, found_by("best_practices.the_storage_quota_is_not_reached")),
        likely_when=_answers(413),
    ),
    Cause(
        "store-full",
        "The instance has no room left to store files",
        "Packages are not cached, with 413, 500 or 507, and the log names the file store.",
        "look at the free space of the file store on the server",
        "Free space in the file store (TROUBLE-12).",
        Owner.ADMINISTRATOR,
        ("TROUBLE-12", "BEST-02"),
        Reach.EVERYTHING,
        refines=(GENERAL,),
        likely_when=first_of(_full, _answers(507)),
    ),
    Cause(
        "miss-remembered",
        "The instance remembers that something was missing, or was refused",
        "404 for one package, while the catalog has it and others install (M-13, M-14).",
        "ask for it again after the Missed Retrieval Cache Period",
        "Wait out the Missed Retrieval Cache Period, or save the remote's configuration, which may forget it "
        "(TROUBLE-10, PERM-08).",
        Owner.ADMINISTRATOR,
        ("TROUBLE-08", "PERM-08"),
        Reach.OWN,
        ("TROUBLE-10",),
        ("package_access.the_site_serves_the_page_of_a_catalog_project",),
        possible_when=where(
            lambda seen: facts.upstream_works(seen) and seen.get("account", "page", "status") == 404,
            "other things that nobody had cached come, and the page of a known project is 404",
        ),
        likely_when=where(
            lambda seen: (
                facts.upstream_works(seen)
                and seen.get("account", "page", "status") == 404
                and seen.get("catalog", "page", "links")
            ),
            "the catalog has the project, other things that nobody had cached come, and this page is 404",
        ),
    ),
)
