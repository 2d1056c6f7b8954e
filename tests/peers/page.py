"""docs/peers.md: what the suite finds at each peer, why, and what was asked and answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.peers.fingerprint import Fingerprint
from tests.peers.run import Found
from tests.proof.runs import ROOT

COUNTED = ("conformant", "nonconformant", "warning", "inconclusive", "observed", "not applicable")

PAGE = ROOT / "docs" / "peers.md"

HEAD = """\
# The suite against other people's servers

Real proxies of Python indexes, unmodified, each in front of the suite's fake catalog on one machine, and the checks
that need nothing but a simple index and the catalog behind it (`--target index`). Made by `make peers
ARGS=--write`; `make peers` runs it all again, and is red where a verdict is another one than here. The fingerprints
are in `tests/peers/fingerprints`: no verdict that is not clean gets into one without a reason.

The suite holds an index to what it holds an Artifactory to. Some of that is a question of what a server is for: nginx
is a cache of HTTP and no index, and a peer that was not told to serve what is stale does not. The reasons say so; they
are no judgements of the projects, whose set-up here is one of many.

A check of what a page need not have (JSON, an ETag, metadata) is not applicable where none has it. One process runs the
checks here. By two, each of which leaves the other files that nobody has asked for yet, devpi-server was looked at once
(`python -m tests.peers devpi-server --processes 2`): the checks that share the catalog took turns. One misjudged it,
which compared what had been passed on from the catalog with what was stored; it compares like with like now.

"""

Told = Callable[[Any], str]


def _status(told: Any) -> str:
    return str(told).partition(":")[0]


_CATALOG = "upstream_faults."
_PAGES = f"{_CATALOG}page_that_the_catalog_answers_with_an_error_is_no_index"
_FILES = f"{_CATALOG}file_that_the_catalog_answers_with_an_error_is_not_served"
_BREAKS = f"{_CATALOG}page_whose_connection_breaks_is_no_index"
_SILENT = f"{_CATALOG}client_hears_in_time_of_a_catalog_that_says_nothing"
_HASH = f"{_CATALOG}page_keeps_the_hash_of_the_catalog[wrong-bytes]"
_MANY_FILES = "caching.many_first_requests_for_a_file_all_get_it"
_MANY_PAGES = "caching.many_first_requests_for_a_page_all_get_it"
_AGREE = "package_access.catalog_page_and_bytes_agree_whatever_the_catalog_gives_later"
_SEES = "what the client sees"

OBSERVED: tuple[tuple[str, str, str, Told], ...] = (
    *((f"page, catalog says {n}", f"{_PAGES}[{n}]", _SEES, _status) for n in ("401", "403", "404", "500", "503")),
    ("page, catalog breaks the connection", f"{_BREAKS}[reset]", _SEES, _status),
    ("page, catalog sends half of it", f"{_BREAKS}[truncated]", _SEES, _status),
    ("page, catalog says nothing for 4 s", _SILENT, _SEES, _status),
    *((f"file, catalog says {n}", f"{_FILES}[{n}]", _SEES, _status) for n in ("401", "403", "404", "500", "503")),
    ("20 at once for a cold file: times the catalog sent it", _MANY_FILES, "times the catalog sent the file", str),
    ("20 at once for a cold page: times the catalog sent it", _MANY_PAGES, "times the catalog sent the page", str),
    ("asks the catalog again for a file that it has served", _AGREE, "the catalog gives the file again", str),
    ("cold file while the catalog gives other bytes", _HASH, "the file while the catalog is wrong", str),
    ("the same once the catalog is right again", _HASH, "the file once the catalog is right", str),
)
"""What a client sees where nobody can expect one thing: the row's name, the check, what it records, how it is told."""


def as_markdown(found: Sequence[Found], known: Mapping[str, Fingerprint]) -> str:
    """Give the page."""
    lines = [HEAD, _summary(found), "\n## What a client sees of its catalog's faults\n\n", _observed(found)]
    for one in found:
        lines.append(_peer(one, known[one.peer.name]))
    return "".join(lines)


def _summary(found: Sequence[Found]) -> str:
    columns = [f" {verdict} |" for verdict in COUNTED]
    rows = ["| peer | version |", *columns, " exit code |\n", "|---" * (len(COUNTED) + 3), "|\n"]
    for one in found:
        count = " | ".join(str(sum(each == verdict for each in one.verdicts.values())) for verdict in COUNTED)
        name = one.peer.name
        rows.append(f"| [{name}](#{name}) | {one.version} | {count} | {one.exit_code} |\n")
    return "".join(rows)


def _observed(found: Sequence[Found]) -> str:
    rows = [f"| | {' | '.join(one.peer.name for one in found)} |\n", "|---" * (len(found) + 1) + "|\n"]
    for name, check, value, tell in OBSERVED:
        cells = [tell(_value(one, check, value)) for one in found]
        rows.append(f"| {name} | {' | '.join(cells)} |\n")
    text = "Statuses, or what became of it; a client that is told nothing is told so by an answer without an end.\n\n"
    return text + "".join(rows)


def _value(one: Found, check: str, name: str) -> Any:
    return next((each["observations"].get(name, "-") for each in one.checks if each["id"] == check), "-")


def _peer(one: Found, known: Fingerprint) -> str:
    lines = [f"\n## {one.peer.name}\n\nVersion {one.version}. {_sentence(one.peer.set_up)}\n"]
    by_reason: dict[str, list[Mapping[str, Any]]] = {}
    for check in one.checks:
        entry = known.verdicts.get(check["id"])
        if entry is not None and entry.because:
            by_reason.setdefault(entry.because, []).append(check)
    if not by_reason:
        return "".join([*lines, "\nNothing that is not clean.\n"])
    for because, checks in sorted(by_reason.items()):
        lines.append(f"\n**{known.reasons.get(because) or 'No reason is written down.'}**\n\n")
        lines += _by_function(checks)
        lines.append(_evidence(one, checks[0]))
    return "".join(lines)


def _by_function(checks: Sequence[Mapping[str, Any]]) -> list[str]:
    """Name checks with what they claim, those that differ by a parameter alone in one line."""
    cases: dict[tuple[str, str, str], list[str]] = {}
    for check in checks:
        function, _, case = check["id"].partition("[")
        cases.setdefault((check["verdict"], function, check["title"].rstrip(".")), []).append(case.rstrip("]"))
    return [
        f"* {verdict}: `{function}`{_listed(named)}: {title}\n" for (verdict, function, title), named in cases.items()
    ]


def _listed(cases: Sequence[str]) -> str:
    return f" ({', '.join(cases)})" if all(cases) else ""


def _sentence(text: str) -> str:
    return f"Set-up: {text}."


def _evidence(one: Found, check: Mapping[str, Any]) -> str:
    """Give the last exchanges of a check before it claimed, each in a line; who is asked is told by the address."""
    lines = []
    for each in list(one.exchanges.get(check["id"], ()))[-4:]:
        seen = each["error"] or f"{each['status']} {each['response_headers'].get('content-type', '')}".strip()
        location = next((v for k, v in each["response_headers"].items() if k.lower() == "location"), "")
        lines.append(f"{each['method']} {each['url']} -> {seen}{f', Location: {location}' if location else ''}")
    message = " ".join(check["message"].split())[:300]
    shown = dict.fromkeys(one.plain(line) for line in [*lines, message] if line)
    return "\n```\n" + "\n".join(shown) + "\n```\n" if shown else ""
