"""The footprint ledger: written down before it is made, removed in reverse, whatever fails on the way."""

from __future__ import annotations

import itertools
import json
import os
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.ledger import LONGEST, Footprint, Ledger, Owner

REPOSITORY_KEY = re.compile(r"[a-z][a-z0-9-]*")  # what every rule of artifactory-admin's key rules allows


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ledger.jsonl"


def entries(file: Path) -> list[tuple[str, str]]:
    return [(e["name"], e["state"]) for e in map(json.loads, file.read_text("utf-8").splitlines())]


def test_a_thing_is_on_the_disk_before_it_is_created(file: Path, monkeypatch: pytest.MonkeyPatch):
    synced: list[tuple[bool, str]] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        real(descriptor)
        synced.append((stat.S_ISDIR(os.fstat(descriptor).st_mode), file.read_text("utf-8")))

    monkeypatch.setattr(os, "fsync", fsync)
    seen: list[tuple[bool, str]] = []
    footprint = Footprint(Ledger(file, "r1", target="http://a"))
    footprint.create("repository", "acs-1", lambda: seen.extend(synced), lambda: None, Owner.NOTES)
    (of_the_folder, before), (of_a_folder, line) = seen
    assert (of_the_folder, before) == (True, ""), "the file's name has to last as well"
    assert not of_a_folder
    told = {"run": "r1", "target": "http://a", "kind": "repository", "name": "acs-1", "owner": "notes"}
    assert json.loads(line) == {**told, "state": "intended"}


def test_what_cannot_be_written_down_is_not_created(tmp_path: Path):
    made: list[str] = []
    footprint = Footprint(Ledger(tmp_path / "absent" / "ledger.jsonl", "r1"))
    with pytest.raises(OSError, match="absent"):
        footprint.create("user", "acs-1", lambda: made.append("acs-1"), lambda: None)
    assert made == []
    assert footprint.remove() == []


def test_everything_is_removed_in_reverse_and_struck_out(file: Path):
    gone: list[str] = []
    footprint = Footprint(Ledger(file, "r1"))
    for name in ("a", "b", "c"):
        footprint.create("user", name, lambda: None, lambda name=name: gone.append(name))
    assert footprint.remove() == []
    assert gone == ["c", "b", "a"]
    assert entries(file)[3:] == [("c", "removed"), ("b", "removed"), ("a", "removed")]
    assert footprint.remove() == []
    assert len(gone) == 3


def test_a_removal_that_fails_is_told_and_the_others_go_on(file: Path):
    gone: list[str] = []

    def refuse() -> None:
        raise ConnectionError("refused")

    footprint = Footprint(Ledger(file, "r1"))
    footprint.create("user", "a", lambda: None, lambda: gone.append("a"))
    footprint.create("repository", "b", lambda: None, refuse)
    footprint.create("user", "c", lambda: None, lambda: gone.append("c"))
    assert footprint.remove() == ["repository b: refused"]
    assert gone == ["c", "a"]
    assert ("b", "removed") not in entries(file)


def test_a_ledger_that_cannot_be_written_any_more_does_not_stop_the_removal(file: Path):
    gone: list[str] = []
    footprint = Footprint(Ledger(file, "r1"))
    for name in ("a", "b"):
        footprint.create("user", name, lambda: None, lambda name=name: gone.append(name))
    file.unlink()
    file.mkdir()
    assert len(footprint.remove()) == 2
    assert gone == ["b", "a"]


def test_a_creation_that_failed_half_way_is_removed_too(file: Path):
    gone: list[str] = []

    def half_way() -> None:
        raise TimeoutError("no answer")

    footprint = Footprint(Ledger(file, "r1"))
    with pytest.raises(TimeoutError):
        footprint.create("user", "a", half_way, lambda: gone.append("a"))
    footprint.remove()
    assert gone == ["a"]


@pytest.mark.parametrize(
    "kind", ["remote", "local", "virtual", "user", "group", "permission", "Permission Target", "x" * 90, "-"]
)
def test_a_name_is_a_valid_key_of_any_repository(file: Path, kind: str):
    name = Ledger(file, "a1b2c3", "10w").name(kind)
    assert REPOSITORY_KEY.fullmatch(name)
    assert len(name) <= LONGEST == 58
    assert not name.endswith("-cache")


@given(kind=st.text(max_size=80), process=st.sampled_from(["", "0w", "11w"]))
def test_a_name_is_valid_whatever_the_kind_is_called(kind: str, process: str):
    name = Ledger(Path("unused"), "a1b2c3", process).name(kind)
    assert REPOSITORY_KEY.fullmatch(name)
    assert len(name) <= LONGEST


def test_names_are_unique_across_processes_kinds_and_time(file: Path):
    ledgers = [Ledger(file, "a1b2c3", process) for process in ("", *(f"{n}w" for n in range(12)))]
    names = [ledger.name(kind) for ledger, _, kind in itertools.product(ledgers, range(15), ("remote", "x" * 80))]
    assert len(set(names)) == len(names)


def test_every_name_begins_with_the_suites_own_prefix_and_the_run(file: Path):
    assert Ledger(file, "a1b2c3").name("user") == "acs-a1b2c3-1-user"


def test_those_who_write_at_once_do_not_tear_each_others_lines(file: Path):
    ledgers = [Ledger(file, "r", f"{n}w") for n in range(3)]
    with ThreadPoolExecutor(max_workers=6) as pool:
        list(pool.map(lambda n: ledgers[n % 3].intend("user", f"{n}"), range(60)))
    assert sorted(entries(file)) == sorted((f"{n}", "intended") for n in range(60))
