"""What can be wrong at clients, or between them and the instance (step 8)."""

from __future__ import annotations

from artifactory_conformance.diagnosis import facts
from artifactory_conformance.diagnosis.cause import Cause, Owner, Reach, Rule, found_by, where
from artifactory_conformance.diagnosis.seen import Seen
from artifactory_conformance.verdicts import Reason

_DOCTOR = "run the verb doctor on the machine where the client runs"


def _client_alone(*ids: str) -> Rule:
    """Make a rule of checks of clients that fail while raw HTTP gets the same things."""
    return where(
        lambda seen: facts.upstream_works(seen) and seen.failed(*ids),
        "the instance serves the same over plain requests, and this client's own check fails",
    )


def _client(
    id_: str, title: str, looks: str, remedy: str, clause: str, rule: Rule, *more: str, rows: tuple[str, ...] = ()
) -> Cause:
    return Cause(id_, title, looks, _DOCTOR, remedy, Owner.USER, (clause, *more), Reach.OWN, rows, possible_when=rule)


def _gateway(seen: Seen) -> str:
    for name in ("page", "new_page", "odd_page"):
        found = seen.section("account", name)
        if found.get("status") in {502, 503, 504, 511} or found.get("is_a_page") is False:
            return f"a page was answered with {found.get('status')} {found.get('media_type')}, and is none"
    return ""


CLIENTS = (
    Cause(
        "client-names-another-index",
        "A client on this machine has another index beside the instance's, or in its place",
        "Packages come from elsewhere, also such that the catalog lacks (client C15).",
        _DOCTOR,
        "Remove extra indexes, find-links and trusted hosts; name the one index (CLIENT-09, VIRTUAL-05).",
        Owner.USER,
        ("CLIENT-09", "VIRTUAL-05"),
        likely_when=found_by("clients.this_machine_names_one_index"),
    ),
    _client(
        "password-not-percent-encoded",
        "User name or password stand in a URL without being percent-encoded",
        "The client asks another host, which part of the password has become (client C1).",
        "Percent-encode both, or use netrc or a keyring (CLIENT-08).",
        "CLIENT-08",
        _client_alone("package_access.account_of_the_site_installs_a_catalog_package"),
        "CLIENT-02",
        "CLIENT-06",
    ),
    _client(
        "netrc-entry-does-not-match",
        "The netrc file has no entry for the instance's bare host, or is not read",
        "401 from the client, and the same password works in a URL (client C3, client C5).",
        "One machine entry with the bare host, mode 600, in the home of who runs the client (CLIENT-07).",
        "CLIENT-07",
        _client_alone("clients.netrc_with_the_bare_host_works"),
        "CLIENT-13",
    ),
    _client(
        "pip-configuration-overridden",
        "Another file, variable or option of pip wins over the one that was written",
        "pip goes to another index than the configuration says (client C7).",
        "See which one wins with pip config debug, and remove the others (CLIENT-03, CLIENT-12).",
        "CLIENT-03",
        _client_alone(
            "clients.pip_config_set_works", "clients.legacy_pip_conf_works", "clients.pip_conf_of_the_machine_works"
        ),
        *("CLIENT-02", "CLIENT-04", "CLIENT-05", "CLIENT-12"),
    ),
    _client(
        "client-ignores-pips-configuration",
        "A client that does not read pip's configuration, such as uv, has no index of its own",
        "It goes to public PyPI, or finds nothing, while pip installs (CLIENT-06).",
        "Give the client its own index setting (CLIENT-10).",
        "CLIENT-10",
        _client_alone("clients.uv_installs_a_catalog_package", "clients.uv_locks_a_catalog_package"),
    ),
    _client(
        "url-of-another-form",
        "Clients use a URL without /simple, or without /api/pypi",
        "406, or a folder listing that some clients take for an index (client C12, B-28).",
        "Use https://<host>/artifactory/api/pypi/<key>/simple (CLIENT-01, CLIENT-11).",
        "CLIENT-11",
        found_by("clients.another_url_form_is_no_index_at_the_site"),
        "CLIENT-01",
    ),
    _client(
        "password-written-by-a-client",
        "A client writes the password into what it produces",
        "The password stands in lock files or compiled requirements (CLIENT-14).",
        "Use netrc or a keyring, or the client's switch against it; change the password (CLIENT-14).",
        "CLIENT-14",
        found_by("clients.pip_writes_no_password", "clients.uv_writes_no_password"),
    ),
    Cause(
        "certificate-of-the-instance-not-trusted",
        "Clients do not trust the instance's certificate",
        "Clients end with a certificate error, whatever they ask for (client C16).",
        _DOCTOR,
        "Give clients the authority's certificate; never trusted-host (CLIENT-09).",
        Owner.USER,
        ("CLIENT-09", "ACCESS-01"),
        checks=("protocol.pip_needs_the_authority_and_no_trusted_host",),
        possible_when=found_by("protocol.pip_needs_the_authority_and_no_trusted_host"),
    ),
    Cause(
        "nothing-cold-to-ask-for",
        "All files of known projects are cached, so that checks of what is not cached had nothing to ask for",
        "Checks are inconclusive that need a file which nobody has cached; nothing is wrong with the instance.",
        "install from the catalog what nobody has installed yet, and run again",
        "Run again when the catalog has got something new, or leave these checks out (SUPPORT-01).",
        Owner.USER,
        ("PERM-03", "ACCESS-04"),
        Reach.DOWNLOADS,
        reason=Reason.SET_UP_FAILED.value,
        likely_when=where(
            lambda seen: seen.get("account", "cold_file", "none_left") is True and seen.get("account", "page", "links"),
            "the page of a known project comes, and the cache holds every file of it",
        ),
    ),
    Cause(
        "something-between-answers",
        "Something between clients and the instance answers in its place",
        "Answers that no Artifactory gives: portals, gateways, error pages of a proxy.",
        "look at the answers in evidence.jsonl, and ask the instance past what is in front of it",
        "Take the instance's addresses out of what inspects or caches them.",
        Owner.ADMINISTRATOR,
        ("CLIENT-01", "ACCESS-01"),
        Reach.SITE,
        possible_when=_gateway,
    ),
)
