"""The file of waivers: complete, or refused in one line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artifactory_conformance.settings import MalformedSettings, resolve
from artifactory_conformance.settings.waivers_file import read_waivers
from artifactory_conformance.verdicts import Waiver

KNOWN = ("REMOTE-01", "REMOTE-02")
REST = 'reason = "known"\nticket = "OPS-1"\nexpires = 2030-01-31\n'


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "waivers.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_waivers_are_read_in_their_order(tmp_path: Path):
    text = f'[[waiver]]\nclause = "REMOTE-01"\n{REST}[[waiver]]\ncheck = "a.b[c]"\n{REST}'.replace(
        "2030-01-31", '"2031-12-01"', 1
    )
    found = resolve({"waivers": str(written(tmp_path, text))}, {}, clauses=KNOWN)
    assert found.waived == (
        Waiver("known", "OPS-1", date(2031, 12, 1), clause="REMOTE-01"),
        Waiver("known", "OPS-1", date(2030, 1, 31), check="a.b[c]"),
    )
    assert found.files()[1] == ("waivers", tmp_path / "waivers.toml")


def test_the_settings_file_names_it_relative_to_itself(tmp_path: Path):
    written(tmp_path, f'[[waiver]]\nclause = "REMOTE-02"\n{REST}')
    (tmp_path / "conformance.toml").write_text('waivers = "waivers.toml"\n')
    assert resolve({}, {}, clauses=KNOWN, folder=tmp_path).waived[0].clause == "REMOTE-02"
    assert resolve({}, {}, clauses=KNOWN).waived == (), "none is looked for"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f'[[waiver]]\nclause = "REMOTE-99"\n{REST}', "waiver 1: 'REMOTE-99' is no clause of the guide"),
        (f"[[waiver]]\n{REST}", "must name a clause or a check"),
        (f'[[waiver]]\nclause = "REMOTE-01"\ncheck = "a.b"\n{REST}', "must name a clause or a check"),
        (f'[[waiver]]\ncheck = "a.b"\n{REST}[[waiver]]\ncheck = "a.b"\n{REST}', "waiver 2: 'a.b' has one already"),
        (f'[[waiver]]\ncheck = ""\n{REST}', "check must be a text, and is an empty text"),
        (f"[[waiver]]\ncheck = 1\n{REST}", "check must be a text, and is a number"),
        (f'[[waiver]]\ncheck = "a.b"\nnote = "x"\n{REST}', "unknown field 'note'"),
        (f'[waiver]\ncheck = "a.b"\n{REST}', "must hold waivers and nothing else"),
        ("waiver = [1]\n", "waiver 1: must be a table, and is a number"),
        ("waivers = []\n", "must hold waivers and nothing else"),
        ('[[waiver]]\ncheck = "a.b"\n', "has no reason"),
        (f'[[waiver]]\ncheck = "a.b"\n{REST}'.replace("ticket", "#"), "has no ticket"),
        (f'[[waiver]]\ncheck = "a.b"\n{REST}'.replace("expires", "#"), "has no expires"),
        (f'[[waiver]]\ncheck = "a.b"\n{REST}'.replace("2030-01-31", '"soon"'), "must be a day like"),
        (f'[[waiver]]\ncheck = "a.b"\n{REST}'.replace("2030-01-31", "2030-01-31T00:00:00"), "must be a day like"),
        (f'[[waiver]]\ncheck = "a.b"\n{REST}'.replace("2030-01-31", "7"), "must be a day like"),
        ("[[waiver]\n", "is no TOML (line 1"),
        (b"\xff", "is not UTF-8"),
    ],
)
def test_what_is_wrong_is_told_in_one_line_that_names_the_file(tmp_path: Path, text: str | bytes, problem: str):
    path = written(tmp_path, text)
    with pytest.raises(MalformedSettings) as refused:
        resolve({"waivers": str(path)}, {}, clauses=KNOWN)
    assert str(refused.value).startswith(f"{path}: ")
    assert problem in str(refused.value)
    assert str(refused.value).isprintable()


def test_one_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(MalformedSettings, match="cannot be read: No such file"):
        resolve({"waivers": str(tmp_path / "none.toml")}, {})


fields = st.sampled_from(["clause", "check", "reason", "ticket", "expires", "other"])
values = st.sampled_from(
    ['"REMOTE-01"', '"a.b"', '""', '"\\n"', "2030-01-31", "7", "true", "[]", "{}", "1979-05-27T07:32:00Z"]
)
entries = st.dictionaries(fields, values).map(
    lambda lines: "[[waiver]]\n" + "".join(f"{name} = {value}\n" for name, value in lines.items())
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.lists(entries, max_size=3).map("".join) | st.text(max_size=40))
def test_any_file_is_read_or_refused_in_one_line(tmp_path: Path, text: str):
    path = written(tmp_path, text.encode("utf-8", "replace"))
    try:
        found = read_waivers(path, KNOWN)
    except MalformedSettings as error:
        said = str(error)
    else:
        said = "".join(one.name + one.reason + one.ticket for one in found)
        assert all(bool(one.clause) != bool(one.check) and one.reason and one.ticket for one in found)
    assert said.isprintable()
