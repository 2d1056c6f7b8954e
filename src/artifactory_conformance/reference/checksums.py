"""Checksums that others give for a file, and whether a policy lets it pass (A92 to A94)."""

from collections.abc import Mapping

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.store import Item


def _given(headers: Mapping[str, str], *kinds: str) -> dict[str, str]:
    named = {kind: headers.get(f"X-Checksum-{kind.capitalize()}", "").strip().lower() for kind in kinds}
    return {kind: value for kind, value in named.items() if value}


def check_catalogs(policy: str, item: Item, headers: Mapping[str, str]) -> None:
    """What the catalog gives in headers: one checksum that passes is enough, sha256 does not count (A92, A93).

    Raises RequestRefused with status 409.
    """
    given = _given(headers, "sha1", "md5")
    known = {"sha1": item.sha1, "md5": item.md5}
    matching = [kind for kind, value in given.items() if value == known[kind]]
    lenient = policy in ("ignore-and-generate", "pass-thru")
    absent = policy == "generate-if-absent" and len(given) < len(known)
    if not (lenient or absent or matching):
        text = (
            f"Rejected artifact download request: Checksum policy '{policy}' rejected '{item.repository}:{item.path}'."
        )
        raise RequestRefused(409, text)


def check_clients(item: Item, headers: Mapping[str, str]) -> None:
    """What a client gives for its upload: none may be wrong (A94). Raises RequestRefused with status 409."""
    named = {name.title(): value for name, value in headers.items()}
    known = {"sha1": item.sha1, "md5": item.md5, "sha256": item.sha256}
    if any(value != known[kind] for kind, value in _given(named, "sha1", "md5", "sha256").items()):
        raise RequestRefused(409, f"Checksum error for '{item.repository}:{item.path}'.")
