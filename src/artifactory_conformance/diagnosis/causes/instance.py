"""What can be wrong with the instance as a whole: its edition, its switches, its address, its release."""

from __future__ import annotations

from urllib.parse import urlsplit

from artifactory_conformance.diagnosis import facts
from artifactory_conformance.diagnosis.cause import Cause, Owner, Reach, found_by, where
from artifactory_conformance.diagnosis.causes.addresses import GENERAL
from artifactory_conformance.diagnosis.seen import Seen

ADDRESSES_OF_LINKS = (
    "protocol.links_of_a_page_stay_below_the_repository",
    "protocol.index_without_final_slash_keeps_the_host",
    "protocol.page_without_final_slash_never_answers_with_links_that_lead_astray",
    "protocol.redirects_and_links_stay_on_https",
    "protocol.what_a_proxys_headers_do_to_redirects",
    "protocol.root_page_of_the_site_never_breaks",
)


def _offline(seen: Seen) -> str:
    on = str(seen.get("administrator", "instance", "offlineMode") or "").lower() == "true"
    return "the instance's configuration has Global Offline Mode on" if on else ""


def _other_base(seen: Seen) -> str:
    """Tell that the custom base URL names another host, where links or redirects lead there."""
    base = str(seen.get("administrator", "instance", "urlBase") or "")
    reached = str(seen.get("known", "base") or "")
    other = base and reached and urlsplit(base).netloc.lower() != urlsplit(reached).netloc.lower()
    led = _led_elsewhere(seen) or seen.troubled(*ADDRESSES_OF_LINKS)
    return f"the custom base URL is {base}, clients use {reached}, and are led elsewhere" if other and led else ""


def _led_elsewhere(seen: Seen) -> str:
    for name in ("index", "page", "new_page", "internal_page"):
        found = seen.section("account", name)
        if found.get("redirected_elsewhere") is True or found.get("other_hosts"):
            hosts = ", ".join(found.get("other_hosts") or ()) or "another host"
            return f"a page, or its links, lead to {hosts}"
    return ""


def _free(seen: Seen) -> str:
    edition = str(seen.target.get("edition") or "")
    return f"the instance is of an edition without add-ons: {edition}" if edition.startswith("free") else ""


def _old(seen: Seen) -> str:
    version = str(seen.target.get("version") or "")
    return f"the instance says that it is version {version}" if version and not version.startswith("7.") else ""


def _of_the_release(seen: Seen) -> str:
    """Tell that checks fail which have made everything themselves, and only those: no set-up of the site is in it."""
    own = [check for check in seen.findings if check.is_hard and not check.is_at_the_site]
    site = [check for check in seen.findings if check.is_hard and check.is_at_the_site]
    works = facts.upstream_works(seen)
    return (
        f"{len(own)} checks failed that make their own repositories and users, and the site works"
        if own and works and len(own) > len(site)
        else ""
    )


INSTANCE = (
    Cause(
        "edition-without-pypi",
        "The instance's edition has no PyPI repositories",
        "No address below api/pypi answers, and REST calls are refused as available in Pro only (admin 1.1).",
        "read the version: an edition with PyPI names its add-ons",
        "Use a licensed edition, Pro or above (PRE-01).",
        Owner.ADMINISTRATOR,
        ("PRE-01",),
        Reach.EVERYTHING,
        proved_when=_free,
    ),
    Cause(
        "version-of-another-line",
        "The instance is not an Artifactory 7",
        "Calls and answers differ from what the guide was tested with.",
        "read the version",
        "Upgrade to a supported 7.x line (PRE-02).",
        Owner.ADMINISTRATOR,
        ("PRE-02",),
        proved_when=_old,
    ),
    Cause(
        "instance-offline",
        "Global Offline Mode is on: no remote asks anybody",
        "What is cached comes, everything else is 404, at every remote (M-06).",
        "read the instance's configuration as an administrator",
        "Switch Global Offline Mode off.",
        Owner.ADMINISTRATOR,
        ("ACCESS-01", "REMOTE-16"),
        Reach.EVERYTHING,
        ("TROUBLE-08",),
        ("caching.the_sites_remote_is_neither_offline_nor_blacked_out",),
        refines=(GENERAL, "remote-offline"),
        proved_when=_offline,
    ),
    Cause(
        "base-url-of-another-host",
        "The instance's custom base URL names another host than clients use",
        "Redirects, and links that are absolute, lead to a host that does not answer, or without TLS (client C13).",
        "read the custom base URL as an administrator",
        "Set the custom base URL to the address that clients use, or leave it empty (CLIENT-01).",
        Owner.ADMINISTRATOR,
        ("CLIENT-01", "CLIENT-11"),
        Reach.OWN,
        (),
        ADDRESSES_OF_LINKS,
        proved_when=_other_base,
        likely_when=_led_elsewhere,
    ),
    Cause(
        "administrator-is-none",
        "The account that was given as an administrator is not one",
        "What an administrator reads is refused with 403.",
        "read the account at the instance",
        "Give an administrator's account or token (PRE-03).",
        Owner.ADMINISTRATOR,
        ("PRE-03",),
        Reach.OWN,
        likely_when=found_by("edition.who_configures_is_an_administrator"),
    ),
    Cause(
        "instance-lost",
        "The instance was not there to the end, or was another one",
        "Checks after that are inconclusive.",
        "see whether it runs, is reached from here, and is what is meant",
        "Bring the instance up, and run again.",
        Owner.ADMINISTRATOR,
        ("ACCESS-01",),
        Reach.EVERYTHING,
        proved_when=where(lambda seen: seen.lost, "checks were ended by the loss of the target"),
    ),
    Cause(
        "defect-of-the-release",
        "This release of Artifactory behaves otherwise than known ones",
        "Checks fail that make all they need for themselves, whatever the site's own set-up.",
        "run the same checks against another version, and compare; the clauses of the checks name what differs",
        "Report it to JFrog with the evidence of the checks (SUPPORT-02).",
        Owner.JFROG,
        ("ACCESS-01", "SUPPORT-02"),
        Reach.EVERYTHING,
        possible_when=_of_the_release,
    ),
)
