"""Facts in the words of rules: what several probes and checks say together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from artifactory_conformance.artifactory.path_patterns import A_FILE, A_PAGE, let_through, split
from artifactory_conformance.catalog_url import CatalogUrl
from artifactory_conformance.diagnosis.seen import Seen
from artifactory_conformance.isolation.walk import lies_within, origin_of

UNCACHED = "permissions.the_installing_account_gets_an_uncached_file"
"""The check that asks for what nobody has cached."""

PUBLIC_HOSTS = frozenset(
    {"pypi.org", "files.pythonhosted.org", "pypi.python.org", "test.pypi.org", "test-files.pythonhosted.org"}
)
"""Hosts of the public index; a remote is filled in with the first two (R-02)."""

FIELDS = {"url": "URL", "pyPIRegistryUrl": "Registry URL"}

READ, DEPLOY_CACHE = "read", "write"


def remote(seen: Seen) -> Mapping[str, Any]:
    """Give the remote's configuration as far as an administrator has read it; nothing of what is no remote."""
    stored = seen.section("administrator", "remote")
    return stored if str(stored.get("rclass", "remote")).lower() == "remote" else {}


def addresses(seen: Seen) -> dict[str, str]:
    """Give the addresses that the remote has, by the name of the field; from the list if nobody may read more."""
    stored = remote(seen)
    found = {words: str(stored[name]) for name, words in FIELDS.items() if stored.get(name)}
    listed = seen.section("account", "listed", str(seen.get("known", "remote")))
    if not found and listed.get("type") == "remote" and listed.get("url"):
        found = {"URL": str(listed["url"])}
    return found


def is_public(seen: Seen, address: str) -> bool:
    """Tell whether an address is the public index's."""
    origin = origin_of(address)
    if origin is None:
        return False
    known = {origin_of(str(one)) for one in seen.get("known", "public_addresses") or ()}
    return origin[1] in PUBLIC_HOSTS or origin in known


def allowed(seen: Seen) -> tuple[str, ...]:
    """Give the addresses that the catalog may have."""
    return tuple(str(one) for one in seen.get("known", "catalog_addresses") or ())


def is_at_the_catalog(seen: Seen, address: str) -> bool:
    """Tell whether an address is at the catalog's host, whatever its path."""
    return any(lies_within(address, one) for one in allowed(seen))


def at_the_catalog(seen: Seen) -> dict[str, CatalogUrl]:
    """Give those addresses of the remote that are at the catalog's host, taken apart."""
    return {
        field: CatalogUrl.read(address)
        for field, address in addresses(seen).items()
        if is_at_the_catalog(seen, address)
    }


def host_of(address: str) -> str:
    """Give the host of an address; the whole where there is none."""
    return urlsplit(address).netloc or address


def lets_pages_through(configuration: Mapping[str, Any]) -> bool | None:
    """Tell whether a repository's patterns let the pages of projects through; None if they are not known."""
    return _lets_through(configuration, A_PAGE)


def lets_files_through(configuration: Mapping[str, Any]) -> bool | None:
    """Tell the same of files."""
    return _lets_through(configuration, A_FILE)


def _lets_through(configuration: Mapping[str, Any], path: str) -> bool | None:
    if "includesPattern" not in configuration and "excludesPattern" not in configuration:
        return None
    include = split(str(configuration.get("includesPattern") or ""))
    return let_through(include, split(str(configuration.get("excludesPattern") or "")), path)


def is_administrator(seen: Seen) -> bool:
    """Tell whether the account that installs is known to be an administrator."""
    return seen.get("administrator", "account", "admin") is True


def grants_known(seen: Seen) -> bool:
    """Tell whether the account and all grants could be read."""
    return isinstance(seen.get("administrator", "grants"), list) and "groups" in seen.section(
        "administrator", "account"
    )


def names(target: Mapping[str, Any], *keys: object) -> bool:
    """Tell whether a permission target names one of some repositories."""
    return bool({*(key for key in keys if key)} & set(target.get("repositories") or ()))


def on_the_remote(seen: Seen) -> list[Mapping[str, Any]]:
    """Give the permission targets that are about the catalog's remote, by its key or by a placeholder (admin 5.3)."""
    key = seen.get("known", "remote")
    return [one for one in seen.rows("administrator", "grants") if names(one, key, "ANY", "ANY REMOTE")]


def actions_by(seen: Seen, targets: Iterable[Mapping[str, Any]], path: str = "") -> frozenset[str]:
    """Give what the account that installs may do by some permission targets, on one path if one is given."""
    groups = seen.get("administrator", "account", "groups") or ()
    found: set[str] = set()
    for target in targets:
        if path and not let_through(target.get("include") or (), target.get("exclude") or (), path):
            continue
        found |= set(target.get("account") or ())
        for group in groups:
            found |= set((target.get("groups") or {}).get(group) or ())
    return frozenset(found)


def rights(seen: Seen, path: str = "") -> frozenset[str] | None:
    """Give what the account may do on the remote; None where that cannot be told, or no grant is needed."""
    if not grants_known(seen) or is_administrator(seen):
        return None
    return actions_by(seen, on_the_remote(seen), path)


REFUSED = {
    "page": "a page",
    "new_page": "a page",
    "file": "a file",
    "new_file": "a file",
    "cold_file": "a file that nobody has cached",
}
"""What the account asks for that it may be refused."""


def refused_for(seen: Seen, reason: str) -> str:
    """Name what the account was refused for a reason that the answer itself names; empty if nothing was."""
    for name, what in REFUSED.items():
        if seen.get("account", name, "refused_for") == reason:
            return f"{what} is refused with {seen.get('account', name, 'status')}, which names the cause"
    return ""


def upstream_works(seen: Seen) -> bool:
    """Tell whether something that nobody had cached is known to come through the remote."""
    fetched = any(seen.get(who, "new_page", "status") == 200 for who in ("account", "administrator"))
    files = any(seen.get("account", name, "status") == 200 for name in ("new_file", "cold_file"))
    return fetched or files or seen.passed(UNCACHED)


def nothing_new_comes(seen: Seen) -> bool:
    """Tell whether what nobody has cached is known not to come, for want of anything but a right.

    A new page that is refused to an administrator as well, or that the account is told is missing, is not a matter of
    grants; where neither was asked, the check's own end tells.
    """
    if upstream_works(seen):
        return False
    as_administrator = seen.get("administrator", "new_page", "status")
    if as_administrator is not None:
        return bool(as_administrator != 200)
    asked = [seen.section("account", name) for name in ("new_page", "new_file", "cold_file", "page")]
    if any(one.get("refused_for") in {"read", "deploy_cache", "xray", "curation"} for one in asked):
        return False
    missing = any(one.get("status") in {404, 500, 502, 503, 504} for one in asked)
    comes = seen.get("account", "page", "status") == 200
    return missing or (comes and bool(seen.failed(UNCACHED)))


SPEAKING = ("page", "new_page", "new_file", "cold_file", "odd_page", "odd_stored_page", "odd_stored_file")
"""Answers whose own text may say why something does not come."""


def message_names(seen: Seen, *words: str, of: Iterable[str] = SPEAKING) -> str:
    """Give the first of these words that an answer's own text has; empty if none has any. of: names of answers."""
    told = [str(seen.get(who, name, "message") or "").lower() for who in ("account", "administrator") for name in of]
    return next((word for word in words if any(word in message for message in told)), "")


def public_layout(seen: Seen) -> str:
    """Tell that a page of the remote links to paths that the public index alone has (ladder E3)."""
    for name in ("page", "internal_page_of_the_remote"):
        if seen.get("account", name, "in_public_layout"):
            return "a page of the remote links to paths that the public index alone has"
    return ""
