"""What can be wrong at the catalog, or on the way to it (troubleshooting part)."""

from __future__ import annotations

from artifactory_conformance.diagnosis import facts
from artifactory_conformance.diagnosis.cause import Cause, Owner, Reach, Rule, first_of, found_by, where
from artifactory_conformance.diagnosis.causes.addresses import GENERAL
from artifactory_conformance.diagnosis.seen import Seen

DIRECT = "ask the catalog directly, with CATALOG_USER and CATALOG_PASS set, and read artifactory-request-out.log"
ACCEPTED = "edition.the_catalog_accepts_its_credentials"


def _direct_status(seen: Seen) -> int | None:
    found = seen.get("catalog", "page", "status")
    return found if isinstance(found, int) else None


def _not_reached(seen: Seen) -> str:
    reached = seen.get("catalog", "page", "reached")
    return f"the catalog, asked from here: {seen.get('catalog', 'page', 'problem')}" if reached is False else ""


def _direct(*statuses: int) -> Rule:
    return lambda seen: (
        f"the catalog, asked directly, answers {_direct_status(seen)}" if _direct_status(seen) in statuses else ""
    )


def _only_the_instance_fails(seen: Seen) -> bool:
    """Tell whether the catalog answers us, while nothing new comes through the remote."""
    return facts.nothing_new_comes(seen) and bool(seen.get("catalog", "page", "links"))


def _button(*words: str) -> Rule:
    def rule(seen: Seen) -> str:
        says = str(seen.get("administrator", "button", "says") or "")
        return f"Test shows {says!r}" if any(word in says.lower() for word in words) else ""

    return rule


def _said(*words: str) -> Rule:
    return lambda seen: (
        f"the answer to the account says {found!r}" if (found := facts.message_names(seen, *words)) else ""
    )


def _not_asked(seen: Seen) -> str:
    return (
        "the catalog, which is the suite's own, was not asked at all"
        if seen.get("upstream", "asked_with") == "not asked" and facts.nothing_new_comes(seen)
        else ""
    )


_TLS = ("certificate", "pkix", "ssl", "tls handshake", "handshake_failure")
_NETWORK = ("connect timed out", "connection refused", "no route to host", "unknownhost", "unknown host", "timed out")
_DNS = ("unknownhost", "unknown host", "name or service not known", "nodename nor servname")


def _when_nothing_comes(rule: Rule) -> Rule:
    return lambda seen: rule(seen) if facts.nothing_new_comes(seen) else ""


_WORKS = where(facts.upstream_works, "something that nobody had cached comes")


CATALOG = (
    Cause(
        GENERAL,
        "Nothing that is not cached yet comes from the catalog",
        "What is cached installs, and everything else is 404: addresses, credentials, a switch, the network and the "
        "catalog itself all look like this to clients (M-02, M-04, R-05).",
        "let an administrator read the remote's configuration, press Test and read artifactory-request-out.log; ask "
        "the catalog directly with the organization's credentials",
        "Follow the guide's troubleshooting of Connection Failed and of 404: addresses letter by letter, credentials, "
        "outbound access (TROUBLE-02, TROUBLE-08).",
        Owner.ADMINISTRATOR,
        ("ACCESS-01", "REMOTE-16", "PERM-03"),
        Reach.DOWNLOADS,
        ("TROUBLE-01", "TROUBLE-02", "TROUBLE-08"),
        likely_when=where(
            facts.nothing_new_comes, "a page or file that nobody had cached is missing, and no right is named"
        ),
    ),
    Cause(
        "catalog-down",
        "The catalog does not answer, or answers with errors",
        "What is cached comes, everything else is 404, and the log has 5xx or time-outs.",
        DIRECT,
        "Wait, and ask ActiveState (TROUBLE-09).",
        Owner.ACTIVESTATE,
        ("TROUBLE-09", "ACCESS-01"),
        Reach.DOWNLOADS,
        ("TROUBLE-08", "TROUBLE-02"),
        (ACCEPTED,),
        refines=(GENERAL,),
        likely_when=first_of(_direct(500, 502, 503, 504), _not_reached),
        excluded_when=_WORKS,
    ),
    Cause(
        "catalog-throttles",
        "The catalog answers too many requests with refusals",
        "403, 404 or 429 now and then, for packages that it has (users U9).",
        DIRECT,
        "Ask less at once; cache periods of the default or longer (REMOTE-10); ask ActiveState for the limits.",
        Owner.ACTIVESTATE,
        ("REMOTE-10", "TROUBLE-11"),
        Reach.OWN,
        ("TROUBLE-08",),
        likely_when=first_of(_direct(429), _said("too many requests")),
    ),
    Cause(
        "credentials-at-hand-refused",
        "The catalog does not take the organization's credentials themselves",
        "401 or 403 for the guide's own curl line: expired, changed, or another organization's.",
        "ask ActiveState whether the password was changed",
        "Ask ActiveState for the credentials, try them directly, then enter them on the remote (PRE-04, TROUBLE-04).",
        Owner.ACTIVESTATE,
        ("PRE-04", "REMOTE-16", "TROUBLE-09"),
        Reach.DOWNLOADS,
        ("TROUBLE-03", "TROUBLE-04"),
        (ACCEPTED,),
        refines=(GENERAL,),
        proved_when=_direct(401),
    ),
    Cause(
        "package-not-in-the-catalog",
        "The package is not in the organization's catalog",
        "404 for one name, while others install; the catalog says the same when it is asked directly.",
        DIRECT,
        "Ask ActiveState to add it (TROUBLE-08).",
        Owner.ACTIVESTATE,
        ("TROUBLE-08", "TROUBLE-09"),
        Reach.OWN,
        ("TROUBLE-11",),
        (
            "package_access.the_site_serves_the_page_of_a_catalog_project",
            "upstream_faults.package_of_the_site_can_be_verified_at_the_catalog",
        ),
        likely_when=where(
            lambda seen: _direct_status(seen) == 404 and facts.upstream_works(seen),
            "the catalog, asked directly, answers 404 for the project, and others come",
        ),
    ),
    Cause(
        "name-of-the-catalog-not-resolved",
        "The instance cannot resolve the catalog's host name",
        "404 for everything new; Test, or the log, names an unknown host.",
        "read artifactory-service.log on the server, or press Test as an administrator",
        "Put the name right in URL, or give the server a resolver that knows it (TROUBLE-02).",
        Owner.ADMINISTRATOR,
        ("ACCESS-01", "REMOTE-03"),
        Reach.DOWNLOADS,
        ("TROUBLE-01", "TROUBLE-02"),
        refines=("way-to-the-catalog-blocked", GENERAL),
        likely_when=_when_nothing_comes(first_of(_button(*_DNS), _said(*_DNS))),
        excluded_when=_WORKS,
    ),
    Cause(
        "way-to-the-catalog-blocked",
        "The instance does not reach the catalog: outbound HTTPS is blocked, or goes to a proxy that fails",
        "404 for everything new; Test is red with a time-out or a refused connection.",
        "press Test as an administrator, and reach the catalog from the instance's own server",
        "Let the instance's server out to the catalog's host on port 443, or set the right proxy (TROUBLE-02).",
        Owner.ADMINISTRATOR,
        ("ACCESS-01", "TROUBLE-01"),
        Reach.DOWNLOADS,
        ("TROUBLE-02", "TROUBLE-08"),
        refines=(GENERAL,),
        likely_when=_when_nothing_comes(first_of(_button(*_NETWORK), _said(*_NETWORK))),
        possible_when=first_of(
            _when_nothing_comes(where(_only_the_instance_fails, "the catalog answers us, and not the instance")),
            _not_asked,
        ),
        excluded_when=first_of(
            _WORKS, where(lambda seen: seen.get("upstream", "asked_with") in {"right", "wrong", "none"}, "it was asked")
        ),
    ),
    Cause(
        "certificate-of-the-catalog-not-trusted",
        "The instance does not trust the certificate that it is shown in the catalog's place",
        "404 for everything new; the log names the certificate: mostly that of a firewall which looks into TLS.",
        "read artifactory-service.log on the server, or press Test as an administrator",
        "Add the authority to the instance's trusted ones, or leave the catalog's host out of inspection (TROUBLE-02).",
        Owner.ADMINISTRATOR,
        ("ACCESS-01", "TROUBLE-01"),
        Reach.DOWNLOADS,
        ("TROUBLE-02",),
        refines=(GENERAL,),
        likely_when=_when_nothing_comes(first_of(_button(*_TLS), _said(*_TLS))),
        excluded_when=_WORKS,
    ),
    Cause(
        "remote-assumed-offline",
        "The instance takes the catalog for offline for a while, after failures",
        "404 with a text that says assumed offline; the catalog is not asked meanwhile (M-05).",
        "ask again after the Assumed Offline Period, 300 s unless changed",
        "See why the catalog failed before; wait for the period to pass (TROUBLE-08).",
        Owner.ADMINISTRATOR,
        ("ACCESS-01", "TROUBLE-08"),
        Reach.DOWNLOADS,
        ("TROUBLE-02",),
        refines=(GENERAL,),
        likely_when=_said("assumed offline"),
        excluded_when=_WORKS,
    ),
    Cause(
        "files-lie-outside-url",
        "The catalog's pages link to files that do not lie below URL",
        "Pages come, and files are missing, or lead clients past the instance (R-07 to R-09).",
        "compare the links of the catalog's own page with URL",
        "Ask ActiveState where files lie; URL has to cover them (REMOTE-03).",
        Owner.ACTIVESTATE,
        ("TROUBLE-11", "REMOTE-03"),
        Reach.OWN,
        ("TROUBLE-08",),
        refines=("index-and-files-from-different-places",),
        possible_when=where(
            lambda seen: (
                seen.get("account", "page", "status") == 200
                and seen.get("account", "file", "status") == 404
                and facts.remote(seen).get("url") is not None
            ),
            "a page comes, and the file that it lists is 404",
        ),
    ),
    Cause(
        "wrong-bytes-from-the-catalog",
        "The catalog's files are not what its pages say",
        "Installers report a hash that does not match, also after the cache was cleared.",
        DIRECT,
        "Contact ActiveState with the name of the file and both hashes (TROUBLE-09).",
        Owner.ACTIVESTATE,
        ("ACCESS-06", "TROUBLE-09"),
        possible_when=found_by("package_access.file_of_the_site_has_the_hash_that_its_page_states"),
    ),
)
