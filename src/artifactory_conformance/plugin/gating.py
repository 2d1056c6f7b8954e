"""What a check needs, read off the fixtures it asks for, and whether this run can give it."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Collection, Sequence

from packaging.version import Version

from artifactory_conformance.artifactory import SystemVersion
from artifactory_conformance.artifactory.version_order import is_before
from artifactory_conformance.clients import private_etc
from artifactory_conformance.clients.tool import find
from artifactory_conformance.plugin.any_index import MAKES_ITS_OWN, OF_AN_ARTIFACTORY
from artifactory_conformance.plugin.offer import Offer
from artifactory_conformance.verdicts import CheckInfo, Level, Reason

_NEEDS: tuple[tuple[str, Reason, str], ...] = (
    ("user", Reason.NEEDS_USER, "set ARTIFACTORY_USER and ARTIFACTORY_PASS"),
    ("administrator", Reason.NEEDS_ADMIN, "set ARTIFACTORY_ADMIN_TOKEN, or ARTIFACTORY_ADMIN_USER and _PASS"),
    ("catalog", Reason.NEEDS_CATALOG, "start a fake catalog that the target can reach and give --catalog-control"),
    ("administrator_token", Reason.NEEDS_ADMIN_TOKEN, "set ARTIFACTORY_ADMIN_TOKEN"),
    ("catalog_credentials", Reason.NEEDS_CATALOG_CREDENTIALS, "set CATALOG_USER and CATALOG_PASS"),
    (
        "public_index",
        Reason.NEEDS_PUBLIC_INDEX,
        "start a fake catalog that the target can reach and give --catalog-control",
    ),
    ("public_layout", Reason.NEEDS_PUBLIC_INDEX, "run the embedded target: a catalog has a layout of its own"),
    ("virtual", Reason.NEEDS_VIRTUAL, "give --virtual"),
    ("local", Reason.NEEDS_LOCAL, "give --local"),
    ("organization", Reason.NEEDS_ORGANIZATION, "give --organization"),
    ("server_access", Reason.NEEDS_SERVER_ACCESS, "read artifactory-request-out.log and the others on the server"),
    ("sdist", Reason.NEEDS_SDIST, "give --sdist, a project that has one; building it runs the project's code"),
    ("this_machine", Reason.NEEDS_THIS_MACHINE, "give --this-machine where the instance's clients run"),
    ("other_host", Reason.NEEDS_OTHER_HOST, "give --catalog-other-address"),
    ("direct", Reason.NEEDS_DIRECT, "run where the target is reached without --proxy"),
    ("tls", Reason.NEEDS_TLS, "run the embedded target with --tls, or an instance by its https:// URL"),
    ("untrusted", Reason.NEEDS_CATALOG, "run the embedded target: what an instance trusts is not the suite's to say"),
    ("second_site", Reason.NEEDS_SECOND_SITE, "run the embedded target, or the container target"),
    ("clock", Reason.NEEDS_CLOCK, "run the embedded target: hours pass there at once"),
    ("disposable", Reason.NEEDS_DISPOSABLE, "run the embedded target: its store may be filled"),
    ("page_period", Reason.NEEDS_PAGE_PERIOD, "give --page-period, if pages come from a cache for so short a time"),
    ("wrong_passwords", Reason.NEEDS_WRONG_PASSWORDS, "run without --no-wrong-passwords"),
    (
        "many_wrong_passwords",
        Reason.NEEDS_WRONG_PASSWORDS,
        "run the embedded or the container target: an instance of somebody's gets two wrong passwords a run",
    ),
    (
        "many_at_once",
        Reason.NEEDS_MANY_AT_ONCE,
        "give --connections 0 --requests-per-second 0 where dozens of requests at once disturb nobody",
    ),
    ("exclusive", Reason.NEEDS_EXCLUSIVE, "give --exclusive when nobody else uses the instance meanwhile"),
)

_AT_AN_INDEX = {
    Reason.NEEDS_CATALOG: (
        "give --catalog-control and --organization of a fake catalog that the index stands in front of, and what it "
        "has for that in CATALOG_USER and CATALOG_PASS"
    ),
    Reason.NEEDS_TLS: "give the index by an https:// URL",
}
"""What to do about it there, where that is something else."""

_FIXTURES: dict[str, tuple[str, ...]] = {
    "site": (),
    "site_user": ("user",),
    "site_catalog": ("catalog", "organization"),
    "downloads": ("user",),
    "one_connection": ("user",),
    "admin": ("administrator",),
    "test_button": ("administrator",),
    "site_administrator": ("administrator",),
    "free_edition": ("administrator",),
    "free_edition_writes": ("administrator",),
    "free_lab": ("administrator",),
    "first_start": ("administrator", "second_site"),
    "router": ("user",),
    "lab": ("administrator",),
    "tokens": ("administrator_token",),
    "instance_settings": ("administrator",),
    "user_locks": ("administrator",),
    "catalog": ("catalog",),
    "catalog_account": ("catalog_credentials",),
    "second_catalog": ("catalog",),
    "public_index": ("public_index",),
    "index_in_public_layout": ("public_layout",),
    "object_store": ("catalog", "other_host"),
    "untrusted_catalog": ("untrusted",),
    "second_site": ("administrator", "second_site"),
    "certificate": ("tls", "direct"),
    "elsewhere": ("direct",),
    # They are kept to the target by a proxy that lets nothing through.
    **dict.fromkeys(("uv", "pip_compile", "twine", "poetry", "pipenv", "pdm", "pip_sync"), ("direct",)),
    "another_authority": ("tls",),
    "answer_to_plain_http": ("tls",),
    "site_virtual": ("virtual",),
    "site_local": ("local",),
    "known_project": ("user",),
    "remote_index": ("user",),
    "virtual_index": ("virtual",),
    "local_index": ("local",),
    "known_internal_project": ("local",),
    "site_indexes": ("user",),
    "site_files": ("user",),
    "site_pages": ("user",),
    "canaries": ("user",),
    "organization": ("organization",),
    "logs": ("server_access",),
    "whole_instance": ("exclusive",),
    "wrong_credentials": ("wrong_passwords",),
    "impostor_of": ("wrong_passwords",),
    "persistent_impostor_of": ("many_wrong_passwords",),
    "at_once": ("many_at_once",),
    "clock": ("clock",),
    "storage_quota": ("administrator", "disposable"),
    "full_store": ("disposable",),
    "own_configuration": ("this_machine",),
    "known_sdist": ("user", "sdist"),
    "catalog_index": ("user",),
    "proxy": ("administrator", "catalog"),
    "expiring_proxy": ("administrator", "catalog", "page_period"),
}
"""Fixtures that need something from the run. A check's needs are those of its whole closure."""

CLIENTS = {
    "uv": "uv",
    "pip_compile": "pip-compile",
    "twine": "twine",
    "keyring_entry": "keyring",
    "poetry": "poetry",
    "pipenv": "pipenv",
    "pdm": "pdm",
    "pip_sync": "pip-sync",
}
"""Fixtures that run a client which may be absent, and its command."""

_LEAST_PIP = {"keyring_entry": Version("23.1"), "credentials_by_index": Version("23.1")}
"""Fixtures that need a pip of at least this version, which they tell about."""

RUN_CLIENTS = frozenset({"pip", "second_pip", "strangers_pip", *CLIENTS})

_CONTROLLED = frozenset(
    {"catalog", "second_catalog", "public_index", "object_store", "untrusted_catalog", "site_catalog"}
    | {"catalog_account", *MAKES_ITS_OWN}
)
"""Fixtures at the other end of the wire: what the target asked there is seen as well."""

_LEVELS = {
    **dict.fromkeys(MAKES_ITS_OWN, Level.MUTATE),
    "lab": Level.MUTATE,
    "second_site": Level.MUTATE,
    "instance_settings": Level.MUTATE,
    "user_locks": Level.MUTATE,
    "storage_quota": Level.MUTATE,
    "full_store": Level.MUTATE,
    "free_edition_writes": Level.MUTATE,
    "free_lab": Level.MUTATE,
    "first_start": Level.MUTATE,
    "downloads": Level.PULL,
    "one_connection": Level.PULL,
    "nobody": Level.PULL,
    "test_button": Level.PULL,
    "site_administrator": Level.PULL,
    "free_edition": Level.PULL,
    **dict.fromkeys(RUN_CLIENTS, Level.PULL),
}
_NEED_PYPI = frozenset(
    {
        "site",
        "lab",
        "downloads",
        "one_connection",
        "catalog_index",
        "remote_index",
        "virtual_index",
        "local_index",
        "site_catalog",
        "grants",
    }
    | {"test_button", "site_administrator", "instance_settings", "user_locks", *MAKES_ITS_OWN, *RUN_CLIENTS}
)
"""Fixtures that there is nothing behind in an edition without PyPI repositories: REST is refused there, too."""

_ADMINISTRATORS = frozenset(
    {"admin", "grants", "lab", "test_button", "instance_settings", "user_locks", "free_edition", "free_edition_writes"}
    | {"free_lab", "first_start", "site_administrator", *MAKES_ITS_OWN}
)
"""Fixtures that act as an administrator."""

_FREE_ONLY = frozenset({"free_edition", "free_edition_writes", "free_lab", "first_start"})
"""Fixtures of checks that are about an edition without PyPI repositories."""

PRIVATE_ETC = frozenset({"etc_pip_conf", "bare_machine"})
"""The fixtures that give one client an /etc of its own."""

ALONE = "whole_instance"
"""The fixture of a check that has the instance to itself."""

_ONE_FOR_ALL = frozenset({"second_site", "first_start", "untrusted_catalog"})
"""Fixtures of things of which all processes have one, where they share the instance."""

_LET_TIME_PASS = frozenset({"target", "expiring_proxy"})
"""Fixtures by which a check lets time pass: where a clock is moved for that, it is everybody's."""

_ASKS = {Level.PULL: Reason.NEEDS_PULL, Level.MUTATE: Reason.NEEDS_MUTATE}


def has_it_alone(fixtures: Collection[str], offer: Offer) -> bool:
    """Tell whether a check has the target to itself: an index has one catalog, whose faults are everybody's.

    In containers all processes share one second site, and one clock, if it can be moved.
    """
    if ALONE in fixtures:
        return True
    if not offer.artifactory:
        return not MAKES_ITS_OWN.isdisjoint(fixtures)
    return offer.shared and not (_ONE_FOR_ALL | (_LET_TIME_PASS if offer.clock else set())).isdisjoint(fixtures)


def starts_another(fixtures: Collection[str]) -> bool:
    """Tell whether a check may have to wait until another Artifactory is up."""
    return not {"second_site", "first_start"}.isdisjoint(fixtures)


def level_of(fixtures: Collection[str]) -> Level:
    """Give the level that a check needs."""
    return next((level for name, level in _LEVELS.items() if name in fixtures), Level.OBSERVE)


def sees_the_catalog(fixtures: Collection[str]) -> bool:
    """Tell whether a check decides what the target meets at its catalog."""
    return not _CONTROLLED.isdisjoint(fixtures)


def vantage_of(fixtures: Collection[str]) -> str:
    """Give where a check sees its verdict from."""
    if sees_the_catalog(fixtures):
        return "both ends of the wire"
    return "administrator" if _ADMINISTRATORS & set(fixtures) else "client"


def not_applicable(check: CheckInfo, fixtures: Collection[str], version: SystemVersion) -> tuple[Reason, str] | None:
    """Tell why a check has no subject on an instance of this edition and version; None if it has one."""
    if not version.serves_pypi and _NEED_PYPI & set(fixtures):
        return Reason.EDITION, f"{version.edition}: this edition has no PyPI repositories (admin 1.1)"
    if version.serves_pypi and _FREE_ONLY & set(fixtures):
        return Reason.EDITION, f"{version.edition}: only a free edition refuses this (admin 1.2)"
    told = version.version
    if check.since and is_before(told, check.since):
        return Reason.VERSION, f"{told}: known from {check.since} on ({', '.join(check.facts)})"
    if check.before and is_before(told, check.before) is False:
        return Reason.VERSION, f"{told}: known of versions before {check.before} ({', '.join(check.facts)})"
    return None


def unclear(check: CheckInfo, version: SystemVersion) -> str:
    """Say that the version leaves open whether a check is about it; empty if it does not."""
    bounds = {f"from {check.since} on": check.since, f"before {check.before}": check.before}
    open_ = [words for words, bound in bounds.items() if bound and is_before(version.version, bound) is None]
    return f"version {version.version} does not say whether it is {' and '.join(open_)}" if open_ else ""


def needs_of(fixtures: Collection[str]) -> tuple[Reason, ...]:
    """Give why a check does not run where something is lacking, in the order in which the reasons count."""
    level = level_of(fixtures)
    needed = {need for name in fixtures for need in _FIXTURES.get(name, ())}
    own = (_ASKS[level],) if level in _ASKS else ()
    return own + tuple(reason for need, reason, _ in _NEEDS if need in needed)


def missing(fixtures: Sequence[str], offer: Offer) -> tuple[Reason, str] | None:
    """Give the first thing that a check needs and the run lacks, with what to do about it; None if it can run."""
    if not offer.artifactory and not OF_AN_ARTIFACTORY.isdisjoint(fixtures):
        return (
            Reason.NEEDS_ARTIFACTORY,
            "this asks for what an Artifactory alone has; if one is behind the URL, run --target instance",
        )
    level = level_of(fixtures) if offer.artifactory else Level.PULL
    if not offer.level.allows(level):
        return _ASKS[level], f"run with --level {level.value}"
    needed = {need for name in fixtures for need in _FIXTURES.get(name, ())}
    if not offer.artifactory:
        needed.discard("administrator")  # what an index cannot have made for a check is there already
    for need, reason, remedy in _NEEDS:
        if need in needed and not getattr(offer, need):
            return reason, remedy if offer.artifactory else _AT_AN_INDEX.get(reason, remedy)
    for name in fixtures:
        if name in CLIENTS and find(CLIENTS[name]) is None:
            return Reason.NEEDS_CLIENT, f"install {CLIENTS[name]}"
        if name in _LEAST_PIP and Version(importlib.metadata.version("pip")) < _LEAST_PIP[name]:
            return Reason.NEEDS_CLIENT, f"install pip {_LEAST_PIP[name]} or newer"
    if PRIVATE_ETC & set(fixtures) and not private_etc.is_allowed():
        return Reason.NEEDS_MOUNTS, "run where the kernel lets an ordinary user have a mount namespace, or as root"
    return None
