"""The file of waivers: which findings somebody has accepted, why, by which ticket and until when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path

from artifactory_conformance.settings.malformed import MalformedSettings
from artifactory_conformance.settings.toml_file import read_toml, refusal, type_of
from artifactory_conformance.verdicts import Waiver

TABLE = "waiver"
_EXAMPLE = '[[waiver]], clause = "REMOTE-04", reason = "...", ticket = "...", expires = 2030-01-31'
_TEXTS = ("clause", "check", "reason", "ticket")
_FIELDS = (*_TEXTS, "expires")


def read_waivers(path: Path, clauses: Collection[str] = ()) -> tuple[Waiver, ...]:
    """Read waivers, in the order of the file. clauses: what a waiver may name as one; empty: anything.

    Raises MalformedSettings, with one line, for a file that cannot be read, and for a waiver without one of its fields,
    with another one, of an unknown clause, or of something that has one already.
    """
    file = read_toml(path, _EXAMPLE)
    entries = file.data.get(TABLE, [])
    if file.data.keys() - {TABLE} or not isinstance(entries, list):
        raise refusal(file.path, f"must hold waivers and nothing else, each as: {_EXAMPLE}")
    found: list[Waiver] = []
    for number, entry in enumerate(entries, 1):
        waiver = _waiver(entry, file.path, f"waiver {number}")
        if waiver.clause and clauses and waiver.clause not in clauses:
            raise refusal(file.path, f"waiver {number}: {waiver.clause!r} is no clause of the guide")
        if waiver.name in {other.name for other in found}:
            raise refusal(file.path, f"waiver {number}: {waiver.name!r} has one already; keep one of the two")
        found.append(waiver)
    return tuple(found)


def _waiver(entry: object, path: Path, where: str) -> Waiver:
    if not isinstance(entry, dict):
        raise refusal(path, f"{where}: must be a table, and is {type_of(entry)}; write it as: {_EXAMPLE}")
    if unknown := sorted(entry.keys() - set(_FIELDS)):
        raise refusal(path, f"{where}: unknown field {unknown[0][:60]!r}; it has {', '.join(_FIELDS)}")
    texts = {name: _text(entry[name], path, f"{where}: {name}") for name in _TEXTS if name in entry}
    if ("clause" in entry) == ("check" in entry):
        raise refusal(path, f"{where}: must name a clause or a check, one of the two")
    for name in ("reason", "ticket", "expires"):
        if name not in entry:
            raise refusal(path, f"{where}: has no {name}; say why, by which ticket, and until when")
    return Waiver(expires=_day(entry["expires"], path, where), **texts)


def _text(value: object, path: Path, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        seen = "an empty text" if isinstance(value, str) else type_of(value)
        raise refusal(path, f"{where} must be a text, and is {seen}")
    return " ".join(value.split())


def _day(value: object, path: Path, where: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    problem: MalformedSettings = refusal(path, f"{where}: expires must be a day like 2030-01-31")
    if not isinstance(value, str):
        raise problem
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise problem from None
