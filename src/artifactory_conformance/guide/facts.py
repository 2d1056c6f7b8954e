"""What is known of Artifactory, the catalog and clients, as data: what clauses, checks and the model cite by id.

The files in `facts/` map each id to a fact:

    U-02: {confidence: [OBS], versions: "7.161.20", says: "one line"}

`worth_testing: true` marks what a conformance suite should try. An id has one of the forms of FORMS.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from artifactory_conformance.guide.reading import Unreadable, load

SOURCES = ("artifactory-pypi", "artifactory-pypi-cases", "core-semantics", "users-and-clients", "artifactory-admin")
"""The files of facts. Where two differ for PyPI, the earlier one wins."""

FORMS = (
    r"[BCEFHIJMNPRTUV]-[0-9]{2}",  # artifactory-pypi: U-06
    r"[A-G][1-9][0-9]{0,2}",  # core-semantics: A40
    r"U[1-9][0-9]?|T[0-9]{2}",  # users-and-clients: U16, T07
    r"client C[1-9][0-9]?|ladder E[1-9][0-9]?|release [1-9][0-9]?",
    r"row [1-9][0-9]?|open [1-9][0-9]?",  # tables of artifactory-pypi
    r"(admin|pypi|users) [0-9]{1,2}(\.[0-9]{1,2})?",  # sections
)
"""How an id looks, by the file that it is from."""


class Confidence(str, Enum):
    """Why a fact is believed, the best reason first."""

    OBS = "OBS"
    CLI = "CLI"
    DOC = "DOC"
    SRC = "SRC"
    INF = "INF"
    GUIDE = "GUIDE"
    CLAIM = "CLAIM"
    UNKNOWN = "UNKNOWN"

    @property
    def meaning(self) -> str:
        """What the word stands for."""
        return _MEANINGS[self]


_MEANINGS = {
    Confidence.OBS: "seen in a log, a capture or a client's trace",
    Confidence.CLI: "code of JFrog's own clients, which JFrog runs against live servers",
    Confidence.DOC: "documented by those whose product it is",
    Confidence.SRC: "read in old open source",
    Confidence.INF: "inferred from other facts",
    Confidence.GUIDE: "the guide says so",
    Confidence.CLAIM: "somebody says so",
    Confidence.UNKNOWN: "looked for and not found, at least in part",
}


class MalformedFacts(ValueError):
    """A file of facts has an unknown, missing or unusable field, or an id twice. The message names file and id."""


@dataclass(frozen=True)
class Fact:
    """One thing that is known, or known to be unknown, with the versions that it was seen on."""

    id: str
    source: str
    confidence: tuple[Confidence, ...]
    says: str
    versions: str = ""
    worth_testing: bool = False


_ID = re.compile("|".join(FORMS))
_NEEDED = frozenset({"confidence", "says"})
_KNOWN = _NEEDED | {"versions", "worth_testing"}
_CODES = frozenset(code.value for code in Confidence)


def _fact(source: str, name: Any, entry: Any) -> Fact:
    where = f"{source}: fact {name}"
    if not isinstance(name, str) or not _ID.fullmatch(name):
        raise MalformedFacts(f"{where}: no id of a fact")
    if not isinstance(entry, dict):
        raise MalformedFacts(f"{where}: not a mapping of fields")
    if unknown := sorted(str(field) for field in set(entry) - _KNOWN):
        raise MalformedFacts(f"{where}: unknown field {', '.join(unknown)}")
    if lacking := sorted(_NEEDED - set(entry)):
        raise MalformedFacts(f"{where}: missing field {', '.join(lacking)}")
    for field in ("says", "versions"):
        if field in entry and not (isinstance(entry[field], str) and re.fullmatch(r"\S|\S.*\S", entry[field])):
            raise MalformedFacts(f"{where}: field {field} must be one line that is not empty")
    codes = entry["confidence"]
    if not isinstance(codes, list) or not codes or not all(isinstance(c, str) and c in _CODES for c in codes):
        raise MalformedFacts(f"{where}: confidence must be a list of {', '.join(sorted(_CODES))}")
    if not isinstance(entry.get("worth_testing", False), bool):
        raise MalformedFacts(f"{where}: worth_testing must be true or false")
    return Fact(id=name, source=source, **{**entry, "confidence": tuple(Confidence(code) for code in codes)})


def read_facts(text: str, source: str) -> Mapping[str, Fact]:
    """Read a file of facts: all of them by id, in its order.

    source: the file's name, for the facts and for messages. Raises MalformedFacts, which names file, id and field.
    """
    try:
        data = load(text)
    except Unreadable as error:
        raise MalformedFacts(f"{source}: {error}") from error
    if not isinstance(data, dict) or set(data) != {"facts"} or not isinstance(data["facts"], dict):
        raise MalformedFacts(f"{source}: the file is not a mapping of facts alone")
    return MappingProxyType({name: _fact(source, name, entry) for name, entry in data["facts"].items()})


@cache
def facts() -> Mapping[str, Fact]:
    """Give all facts by id. Raises MalformedFacts, see `read_facts`."""
    found: dict[str, Fact] = {}
    for source in SOURCES:
        text = resources.files(__package__).joinpath("facts").joinpath(f"{source}.yaml").read_text(encoding="utf-8")
        for name, fact in read_facts(text, source).items():
            if name in found:
                raise MalformedFacts(f"{source}: fact {name} is also in {found[name].source}")
            found[name] = fact
    return MappingProxyType(found)


_CITED = re.compile(
    r"""(?<![\w.-])
        (?: (?:client\s+C|ladder\s+E|(?:release|row|open|admin|pypi|users)\s+) \d [\w.-]*\b
          | [ABCDEFGHIJMNPRTUV]-?\d [\w.-]*\b )""",
    re.VERBOSE,
)


def facts_cited(text: str) -> tuple[str, ...]:
    """Give what a text cites, in its order, each once: `as C-03 and admin 3.2 say` cites C-03 and admin 3.2.

    Whatever has the look of a citation counts, down to its last letter: `C-3`, `A40b` and `row 66` are given as well,
    and no fact has such an id. A range (`A20 to A23`) cites its ends.
    """
    return tuple(dict.fromkeys(" ".join(match.group().split()) for match in _CITED.finditer(text)))
