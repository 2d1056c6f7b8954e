"""A bundle holds what support asks for, is the same for the same input, and never a secret."""

from __future__ import annotations

import hashlib
import json
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest

from artifactory_conformance.evidence import Redactor
from artifactory_conformance.reporting import RunResults
from artifactory_conformance.support import Leaked, Surroundings, contents, remove_bundle, write_bundle
from artifactory_conformance.verdicts import Reason, Verdict
from tests.reporting.made import check, run_of

SECRET = "s3cret/value+\"'&<é"
ID = "5c1fa3d0-9b7e-4f60-8a11-0123456789ab"
AROUND = Surroundings("artifactory_url  http://h  the command line\n", "Linux, Python 3.12")


def exchange(url: str, body: object = "", *, status: int | None = 200, **more: Any) -> dict[str, object]:
    text = body if isinstance(body, str) else json.dumps(body)
    item = {"party": "target", "method": "GET", "url": url, "identity": "me", "status": status, "body": text}
    headers = {"X-Artifactory-Id": "4711", "Server": "nginx", "Content-Type": "text/html"}
    return {"kind": "exchange", "response_headers": headers, "error": "", "time": 1.5, **item, **more}


def seen_by_an_administrator(reports: Path) -> RunResults:
    remote = {"key": "activestate-platform", "url": f"https://repository.activestate.com/{ID}/pypi", "username": ID}
    art = "http://h/artifactory"
    evidence = (
        exchange(f"{art}/api/repositories/activestate-platform", remote),
        exchange(f"{art}/api/repositories/acs-a1b2c3-1-remote", {"key": "acs-a1b2c3-1-remote"}),
        exchange(f"{art}/api/repositories/absent", "no", status=404),
        exchange(f"{art}/api/v2/security/permissions/installers", {"name": "installers"}),
        exchange(f"{art}/api/pypi/activestate-platform/simple/example/", "<html>", status=403),
        exchange(
            f"{art}/api/pypi/activestate-platform/packages/a/example-1.0-py3-none-any.whl", status=None, error="reset"
        ),
        {"kind": "log", "file": "artifactory-request.log", "lines": ["GET|200"]},
        {"kind": "client", "client": "pip", "version": "25.0", "stdout": ""},
    )
    found = check("remote.a", Verdict.NONCONFORMANT, Reason.CLAIM_FAILED, "seen", evidence=evidence)
    options = {"target": "instance", "artifactory_url": "http://h"}
    return run_of(
        found, check("remote.b", evidence=evidence[:1]), reports=reports, exit_code=1, why="not so", **options
    )


def opened(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_it_holds_what_the_guide_asks_for(tmp_path: Path) -> None:
    members = opened(write_bundle(seen_by_an_administrator(tmp_path), Redactor(), AROUND))
    assert list(members)[:2] == ["README.txt", "MANIFEST.json"]
    facts = json.loads(members["instance.json"])
    assert facts["artifactory"]["version"] == "7.84.17"
    assert facts["artifactory"]["edition"] == "Pro or above"
    assert facts["artifactory"]["nodes"] == ["4711"]
    assert list(facts["repositories"]) == ["activestate-platform"], "scratch repositories are nobody's configuration"
    assert facts["repositories"]["activestate-platform"]["username"] == f"{ID[:8]}-0000-0000-0000-000000000000"
    assert facts["permissions"] == {"permissions/installers": {"name": "installers"}}
    assert sorted(facts["packages"]) == ["example", "example-1.0-py3-none-any.whl"]
    assert facts["packages"]["example"][0].endswith("/simple/example/ as me: 403")
    assert facts["log"] == [{"kind": "log", "file": "artifactory-request.log", "lines": ["GET|200"]}]
    assert facts["clients"] == ["pip 25.0"]
    assert {request["check"] for request in facts["requests"]} == {"remote.a"}
    assert facts["requests"][0]["headers"] == {"server": "nginx", "x-artifactory-id": "4711"}
    assert facts["missing"] == []
    assert ID not in "".join(members.values())
    assert "exit code 1: not so" in members["summary.txt"]
    assert members["settings.txt"] == AROUND.settings
    assert len(members["evidence.jsonl"].splitlines()) == 9


def test_what_is_missing_is_told_with_its_reason(tmp_path: Path) -> None:
    bare = run_of(check("remote.a"), reports=tmp_path, version=None, target="instance", artifactory_url="http://h")
    members = opened(write_bundle(bare, Redactor(), AROUND))
    missing = [entry["what"] for entry in json.loads(members["instance.json"])["missing"]]
    expected = ["version and edition", "repository configuration", "user permissions", "log lines", "package names"]
    assert missing == expected
    for what in expected:
        assert f"  * {what}: " in members["README.txt"]
    assert "doctor.txt" not in members
    assert "give --this-machine" in members["README.txt"]


@pytest.mark.parametrize("proxy", ["", "http://proxy.example:3128"])
def test_it_names_the_proxy_that_the_run_has_asked_by(proxy: str, tmp_path: Path) -> None:
    run = run_of(reports=tmp_path, target="instance", artifactory_url="http://h", proxy=proxy)
    told = opened(write_bundle(run, Redactor(), AROUND))["README.txt"]
    assert f"proxies: the suite goes through {proxy or 'none'}" in told


def test_what_configures_the_clients_goes_along_where_somebody_looked(tmp_path: Path) -> None:
    around = Surroundings("", "", doctor="pip\n  index-url  http://h\n")
    members = opened(write_bundle(run_of(reports=tmp_path), Redactor(), around))
    assert members["doctor.txt"] == around.doctor
    assert "give --this-machine" not in members["README.txt"]


def test_the_manifest_tells_every_member(tmp_path: Path) -> None:
    members = opened(write_bundle(seen_by_an_administrator(tmp_path), Redactor(), AROUND))
    manifest = json.loads(members.pop("MANIFEST.json"))
    assert manifest["run"] == "a1b2c3"
    assert {name: told["sha256"] for name, told in manifest["members"].items()} == {
        name: hashlib.sha256(text.encode()).hexdigest() for name, text in members.items()
    }
    for name in (*members, "MANIFEST.json"):
        assert f"  {name} " in members["README.txt"] or name == "README.txt"


def test_the_same_input_gives_the_same_bytes_whatever_the_order_of_checks(tmp_path: Path) -> None:
    run = seen_by_an_administrator(tmp_path)
    first = write_bundle(run, Redactor(), AROUND).read_bytes()
    turned = RunResults(**{**run.__dict__, "checks": run.checks[::-1]})
    assert write_bundle(turned, Redactor(), AROUND).read_bytes() == first
    with zipfile.ZipFile(tmp_path / "support-a1b2c3.zip") as archive:
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.external_attr >> 16 == stat.S_IFREG | 0o644


def test_long_evidence_is_left_to_what_has_to_be_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = seen_by_an_administrator(tmp_path)
    whole = opened(write_bundle(run, Redactor(), AROUND))["evidence.jsonl"]
    monkeypatch.setattr(contents, "MOST_EVIDENCE", len(whole) - 1)
    members = opened(write_bundle(run, Redactor(), AROUND))
    assert {json.loads(line)["check"] for line in members["evidence.jsonl"].splitlines()} == {"remote.a"}
    assert "evidence of the 1 checks that have nothing to be looked into" in members["README.txt"]
    monkeypatch.setattr(contents, "MOST_EVIDENCE", 10)
    members = opened(write_bundle(run, Redactor(), AROUND))
    assert members["evidence.jsonl"] == ""
    assert "and of 1 others" in members["README.txt"]


@pytest.mark.parametrize("place", ["message", "evidence", "settings", "machine", "doctor", "why"])
def test_a_secret_is_taken_out_wherever_it_got_to(tmp_path: Path, place: str) -> None:
    run, around, redactor = planted(tmp_path, place)
    members = opened(write_bundle(run, redactor, around))
    assert "[redacted]" in "".join(members.values()).replace(members["README.txt"], "")
    assert not any(redactor.found_in(text) for text in members.values())


class Blind(Redactor):
    """Knows the secrets, and forgets to take them out."""

    def text(self, text: str) -> str:
        return text


@pytest.mark.parametrize(
    ("place", "names"),
    [
        ("message", {"results.json", "junit.xml", "summary.txt"}),
        ("evidence", {"evidence.jsonl"}),
        ("settings", {"settings.txt"}),
        ("machine", {"instance.json"}),
        ("doctor", {"doctor.txt"}),
        ("why", {"results.json", "summary.txt"}),
    ],
)
def test_a_secret_that_stays_is_found_and_nothing_is_written(tmp_path: Path, place: str, names: set[str]) -> None:
    run, around, redactor = planted(tmp_path, place, Blind([SECRET]))
    with pytest.raises(Leaked) as leaked:
        write_bundle(run, redactor, around)
    assert set(str(leaked.value).split(", ")) == names
    assert SECRET not in str(leaked.value)
    assert list(tmp_path.iterdir()) == []


def planted(reports: Path, place: str, redactor: Redactor | None = None) -> tuple[RunResults, Surroundings, Redactor]:
    there = {name: SECRET if name == place else "" for name in ("message", "settings", "machine", "doctor", "why")}
    evidence = ({"kind": "client", "stdout": SECRET},) if place == "evidence" else ()
    found = check("remote.a", Verdict.NONCONFORMANT, message=there["message"], evidence=evidence)
    run = run_of(found, reports=reports, exit_code=1, why=there["why"])
    around = Surroundings(there["settings"], there["machine"], there["doctor"])
    return run, around, redactor or Redactor([SECRET])


def test_it_is_for_its_owner_alone_and_can_be_withheld(tmp_path: Path) -> None:
    path = write_bundle(run_of(reports=tmp_path), Redactor(), AROUND)
    assert path.name == "support-a1b2c3.zip"
    assert path.stat().st_mode & 0o777 == 0o600
    assert remove_bundle(tmp_path, "a1b2c3")
    assert not remove_bundle(tmp_path, "a1b2c3")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        write_bundle(run_of(reports=tmp_path / "absent"), Redactor(), AROUND)
