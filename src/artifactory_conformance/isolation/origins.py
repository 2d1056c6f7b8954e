"""E5 to E7: the addresses that an instance itself names to somebody without administrator's rights."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from artifactory_conformance.evidence import Answer
from artifactory_conformance.isolation.ladder import Finding, Rung, Sight
from artifactory_conformance.isolation.walk import lies_within, origin_of, shown

ORIGIN_HEADER = "X-Artifactory-Origin-Remote-Path"
LOCAL = "local"
"""What the header says of a file that was uploaded (F-03)."""

_ADDRESS = re.compile(r"https?://[^\s\"'<>|,;)\]]+")


def addresses_in_trace(trace: Answer, allowed: Iterable[str]) -> Sight:
    """E5: judge the addresses that a trace of a resolution names. Its format is promised by nobody: any URL counts.

    The instance's own address is none of an upstream.
    """
    if trace.status != 200 or trace.media_type != "text/plain":
        return Sight(Rung.TRACE, Finding.UNCLEAR, f"no trace: {trace}")
    named = dict.fromkeys(_ADDRESS.findall(trace.text))
    return _judged(Rung.TRACE, [one for one in named if origin_of(one) != origin_of(trace.url)], allowed, "the trace")


def origin_of_file(file: Answer, allowed: Iterable[str]) -> Sight:
    """E6: judge the header that says where a file was fetched from (F-03)."""
    named = file.headers.get(ORIGIN_HEADER, "")
    if named == LOCAL:
        return Sight(Rung.ORIGIN, Finding.CLEAN, "the file was uploaded here")
    return _judged(Rung.ORIGIN, [named] if named else [], allowed, ORIGIN_HEADER)


def address_in_list(entry: Mapping[str, Any], allowed: Iterable[str]) -> Sight:
    """E7: judge the address that the list of repositories shows of a remote; of Registry URL it shows nothing."""
    named = str(entry.get("url") or "")
    return _judged(Rung.LIST, [named] if named else [], allowed, f"the list, of {entry.get('key')}")


def _judged(rung: Rung, named: list[str], allowed: Iterable[str], where: str) -> Sight:
    within = tuple(allowed)
    foreign = [shown(one) for one in named if not any(lies_within(one, address) for address in within)]
    if foreign:
        return Sight(rung, Finding.FOREIGN, f"{where} names {', '.join(foreign)}")
    if not named:
        return Sight(rung, Finding.UNCLEAR, f"{where} names no address")
    return Sight(rung, Finding.CLEAN, f"{where} names {', '.join(shown(one) for one in named)}")
