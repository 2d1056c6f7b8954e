"""A ledger is a living run's as long as one of its processes holds it; then it is an orphan, and anybody's to go by."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.ledger import (
    AtWork,
    Ledger,
    Owner,
    Unusable,
    carries,
    ledger_of,
    ledgers_in,
    mark_of,
    note_of,
    settle,
    take_over,
)
from artifactory_conformance.ledger.entries import outstanding
from artifactory_conformance.limits import LIMITS

HOLDER = """
import sys, time
from pathlib import Path
from artifactory_conformance.ledger import Ledger
ledger = Ledger(Path(sys.argv[1]), "a1b2c3", target="http://a")
ledger.intend("user", "acs-a1b2c3-1-user")
print("held", flush=True)
time.sleep(600)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return ledger_of(tmp_path, "a1b2c3")


def left_by(file: Path, *names: str) -> None:
    """Have a ledger of a run that has ended."""
    ledger = Ledger(file, "a1b2c3", target="http://a")
    for name in names:
        ledger.intend("user", name)
    ledger.close()


def names_in(file: Path) -> list[str]:
    with take_over(file) as orphan:
        return [entry.name for entry in orphan.entries]


def test_a_ledger_is_nobody_elses_until_its_process_is_killed(file: Path):
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(file)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(AtWork, match="is held"), take_over(file):
            pass
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert names_in(file) == ["acs-a1b2c3-1-user"]


def test_one_process_of_several_is_enough(file: Path):
    judge, worker = Ledger(file, "a1b2c3"), Ledger(file, "a1b2c3", "0w")
    judge.hold()
    worker.intend("user", "u")
    judge.close()
    with pytest.raises(AtWork), take_over(file):
        pass
    worker.close()
    assert names_in(file) == ["u"]


def test_who_holds_it_alone_is_waited_for_by_the_run(file: Path):
    left_by(file, "u")
    with take_over(file), pytest.MonkeyPatch.context() as patched:
        brief = replace(LIMITS, ledger_looked_at=0.1)
        patched.setattr("artifactory_conformance.ledger.writing.LIMITS", brief)
        with pytest.raises(OSError, match="held by somebody else"):
            Ledger(file, "a1b2c3").intend("user", "v")
    assert names_in(file) == ["u"], "what could not be written down was not"


def test_what_is_struck_out_stays_so(file: Path):
    left_by(file, "u", "v")
    with take_over(file) as orphan:
        orphan.strike(orphan.entries[0])
    assert names_in(file) == ["v"]
    with take_over(file) as orphan:
        orphan.strike(orphan.entries[0])
    assert not file.exists()
    with pytest.raises(Unusable), take_over(file):
        pass


def test_a_run_that_wrote_nothing_leaves_nothing(file: Path):
    ledger = Ledger(file, "a1b2c3")
    ledger.hold()
    ledger.close()
    assert names_in(file) == []
    assert not file.exists()


def test_a_ledger_that_was_taken_away_is_begun_anew(file: Path):
    ledger = Ledger(file, "a1b2c3")
    ledger.intend("user", "u")
    file.unlink()
    ledger.intend("user", "v")
    with pytest.raises(AtWork), take_over(file):
        pass
    ledger.close()
    assert names_in(file) == ["v"]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "[]",
        "5",
        "[" * 100_000,
        '{"run": "a", "kind": "user", "name": "u", "state": "intended"}',
        '{"run": "a", "target": "", "kind": "user", "name": "u", "owner": "name", "state": "made"}',
        '{"run": "../a", "target": "", "kind": "user", "name": "u", "owner": "name", "state": "intended"}',
        '{"run": "a", "target": "", "kind": "user", "name": "", "owner": "name", "state": "intended"}',
        '{"run": "a", "target": "", "kind": "user", "name": 1, "owner": "name", "state": "intended"}',
        '{"run": "a", "target": "", "kind": "user", "name": "u", "owner": "me", "state": "intended"}',
    ],
)
def test_a_line_that_cannot_be_read_is_counted_and_keeps_the_file(file: Path, line: str):
    left_by(file, "u")
    with file.open("a") as torn:
        torn.write(line + "\n")
    with take_over(file) as orphan:
        assert orphan.unreadable == 1
        orphan.strike(orphan.entries[0])
    assert file.exists()
    assert settle(file) == ["something that cannot be read"]


def test_bytes_that_are_no_text_are_a_line_that_cannot_be_read(file: Path):
    file.write_bytes(b"\xff\xfe\x00\n")
    with take_over(file) as orphan:
        assert (orphan.entries, orphan.unreadable) == ([], 1)


@given(st.lists(st.tuples(st.sampled_from(["user", "group"]), st.sampled_from("abcd"), st.booleans()), max_size=30))
def test_outstanding_is_what_was_intended_and_not_removed_since(written: list[tuple[str, str, bool]]):
    ledger = Ledger(Path("unused"), "r", target="http://a")
    there: dict[tuple[str, str], None] = {}
    for kind, name, intended in written:
        there.pop((kind, name), None)
        if intended:
            there[kind, name] = None
    lines = [
        ledger.entry(kind, name, Owner.NAME).line("intended" if intended else "removed")
        for kind, name, intended in written
    ]
    entries, unreadable = outstanding(lines)
    assert [(entry.kind, entry.name) for entry in entries] == list(there)
    assert unreadable == 0


def test_a_setting_keeps_the_value_that_it_had_at_first(file: Path):
    ledger = Ledger(file, "a1b2c3", target="http://a")

    def refuse() -> None:
        raise ConnectionError

    for before, during in (("first", "second"), ("second", "third")):
        with pytest.raises(ConnectionError), ledger.while_changed("urlBase", before, during, refuse):
            pass
    ledger.close()
    with take_over(file) as orphan:
        (entry,) = orphan.entries
        assert (entry.before, entry.during, entry.owner) == ("first", "third", Owner.VALUE)


@given(run=st.text("0123456789abcdef", min_size=1, max_size=10), more=st.text("0123456789abcdef-", min_size=1))
def test_a_mark_is_of_one_run_and_no_other(run: str, more: str):
    assert carries(note_of(run), run)
    assert carries(f"mail@{mark_of(run)}.conformance.invalid", run)
    assert not carries(note_of(run + more), run)
    assert not carries(f"{mark_of(run)}-1-user", run)
    assert not carries("", run)


def test_ledgers_are_found_by_the_runs_in_their_names(tmp_path: Path, file: Path):
    left_by(file, "u")
    (tmp_path / "results.json").write_text("{}")
    (tmp_path / "ledger.jsonl").write_text("")
    assert ledgers_in(tmp_path) == {"a1b2c3": file}
    assert ledgers_in(tmp_path / "absent") == {}


def test_a_run_that_ends_keeps_its_ledger_only_for_what_stays(file: Path):
    left_by(file, "u")
    assert settle(file) == ["user u"]
    assert json.loads(file.read_text())["name"] == "u"
    assert settle(file, gone=True) == []
    assert not file.exists()
