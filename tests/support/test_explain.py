"""`explain` shows a run from what it has left, and refuses everything else in one line."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artifactory_conformance.command import main
from artifactory_conformance.evidence import Redactor
from artifactory_conformance.reporting import summary_text, write_reports
from artifactory_conformance.support import Surroundings, opening, write_bundle
from artifactory_conformance.verdicts import Reason, Verdict
from tests.reporting.made import check, run_of


def bundle(folder: Path) -> Path:
    found = check("remote.a", Verdict.NONCONFORMANT, Reason.CLAIM_FAILED, "seen \x1b[2J\x07")
    run = run_of(found, reports=folder, exit_code=1, why="not so", target="instance", artifactory_url="http://h")
    write_reports(run, Redactor())
    return write_bundle(run, Redactor(), Surroundings("", ""))


def repacked(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Write the bundle anew with other members."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def refused(path: Path | str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["explain", str(path)]) == 4
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1, said.err
    assert said.err.startswith(f"ERROR: {path}: ")
    return said.err


@pytest.mark.parametrize("name", ["support-a1b2c3.zip", "results.json"])
def test_it_shows_the_summary_as_the_run_did(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    bundle(tmp_path)
    assert main(["explain", str(tmp_path / name)]) == 0
    said = capsys.readouterr().out
    assert "exit code 1: not so" in said
    assert "nonconformant: remote.a" in said
    assert "REMOTE-01    nonconformant" in said
    assert f"report: {tmp_path / name}" in said
    assert "run a1b2c3 by version" in said
    assert "verdicts of clauses: the same by both" in said
    assert "\x1b" not in said, "what somebody has sent steers nobody's terminal"


def test_its_summary_in_a_bundle_is_the_terminals(tmp_path: Path) -> None:
    found = check("remote.a", Verdict.WARNING, Reason.CLAIM_FAILED, "seen")
    run = run_of(found, reports=tmp_path, bundle="support-a1b2c3.zip")
    write_bundle(run, Redactor(), Surroundings("", ""))
    with zipfile.ZipFile(tmp_path / "support-a1b2c3.zip") as archive:
        assert archive.read("summary.txt").decode() == summary_text(run)
    assert "for support: " in summary_text(run)


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["--deep"]])
def test_bad_usage_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", *arguments]) == 4
    assert capsys.readouterr().err.startswith("usage: ")


def test_what_is_no_file_or_no_bundle_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "is not there" in refused(tmp_path / "absent.zip", capsys)
    assert "is no file" in refused(tmp_path, capsys)
    for content in (b"", b"PK", b"hello", b"[]", b"[" * 100_000, b'{"schema_version": 1e9999}', b"\xff\xfe{}"):
        (tmp_path / "x").write_bytes(content)
        assert ": is " in refused(tmp_path / "x", capsys) or content[:1] == b"{"


CHANGES: dict[str, tuple[Callable[[dict[str, bytes]], object], str]] = {
    "changed": (lambda m: m.update({"results.json": m["results.json"] + b" "}), "results.json has another SHA-256"),
    "one more": (lambda m: m.update({"more.txt": b""}), "its members are not those"),
    "one less": (lambda m: m.pop("junit.xml"), "its members are not those"),
    "no manifest": (lambda m: m.pop("MANIFEST.json"), "it has no MANIFEST.json"),
    "manifest of another format": (lambda m: m.update({"MANIFEST.json": b'{"format": 2}'}), "has format 2"),
    "manifest that is none": (lambda m: m.update({"MANIFEST.json": b"[]"}), "a MANIFEST.json that is no JSON"),
    "path outside": (lambda m: m.update({"../evil": b""}), "member '../evil' is a path, or no file"),
    "absolute path": (lambda m: m.update({"/etc/passwd": b""}), "is a path, or no file"),
    "folder": (lambda m: m.update({"folder/": b""}), "is a path, or no file"),
    "name with a control character": (lambda m: m.update({"a\x1b[2J": b""}), "is a path, or no file"),
    "many": (lambda m: m.update({f"m{n}": b"" for n in range(40)}), "members, and 32 is the most"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_bundle_that_is_not_as_its_manifest_says_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    change, told = CHANGES[name]
    assert told in refused(repacked(bundle(tmp_path), change), capsys)


def test_a_results_file_of_another_schema_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bundle(tmp_path)
    data = json.loads((tmp_path / "results.json").read_text())
    (tmp_path / "results.json").write_text(json.dumps({**data, "schema_version": 99}))
    assert "has schema_version 99" in refused(tmp_path / "results.json", capsys)


def test_bombs_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LARGEST_MEMBER", 200_000)
    monkeypatch.setattr(opening, "LARGEST_CONTENT", 300_000)
    file = tmp_path / "bomb.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("results.json", b" " * 200_001)
    assert "unpacks to more" in refused(file, capsys)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in "abcd":
            archive.writestr(name, b" " * 100_000)
    assert "would unpack to more" in refused(file, capsys)
    lying = file.read_bytes().replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    file.write_bytes(lying)
    assert "is damaged" in refused(file, capsys)
    monkeypatch.setattr(opening, "LARGEST_FILE", 100)
    assert "is too large: more than 100 bytes" in refused(file, capsys)


def test_members_that_are_no_plain_files_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "x.zip"
    link = zipfile.ZipInfo("results.json")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "is a path, or no file" in refused(file, capsys)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("results.json", "{}")
    assert "packed otherwise" in refused(file, capsys)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("results.json", "{}")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("results.json", "[]")
    assert "two members have the same name" in refused(file, capsys)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sound")


@pytest.fixture(scope="module")
def sound(folder: Path) -> bytes:
    return bundle(folder).read_bytes()


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_bundle_is_refused_or_unharmed(folder: Path, sound: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(sound) - 1))
    kind = data.draw(st.sampled_from(["cut", "byte", "middle"]))
    if kind == "cut":
        broken = sound[:at]
    elif kind == "byte":
        broken = sound[:at] + bytes([data.draw(st.integers(0, 255))]) + sound[at + 1 :]
    else:
        broken = sound[:at] + sound[at + data.draw(st.integers(1, 50)) :]
    with zipfile.ZipFile(io.BytesIO(sound)) as archive:
        whole = json.loads(archive.read("results.json"))
    file = folder / "x.zip"
    file.write_bytes(broken)
    with suppress(opening.NotUsable):
        assert opening.results_in(file) == whole
