"""The suite's own checks at an index of nobody's: what it lacks is no merit of it, and what is wrong with it is red."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.traps.indexes import OwnIndex, Ways, release
from tests.traps.instances import UNPACED
from tests.traps.project import Ended, run_the_suite

SECONDS = 120.0


def files(project: str, *versions: str) -> dict[str, bytes]:
    return dict(release(project, version) for version in versions)


EXAMPLE = {"example": files("example", "1.0", "1.1")}


def run_at(index: OwnIndex, folder: Path, *checks: str) -> Ended:
    """Run some of the suite's checks, named by folder and function, at an index that has `example`."""
    folders = dict.fromkeys(f"suites/{check.partition('.')[0]}" for check in checks)
    chosen = " or ".join(check.partition(".")[2] for check in checks)
    target = ("--target", "index", "--index-url", index.url, "--project", "example")
    return run_the_suite(folder, *folders, "-k", chosen, *target, environment=UNPACED, seconds=SECONDS)


def verdicts(ended: Ended) -> dict[str, str]:
    return {name.rpartition(".")[2]: verdict for name, verdict in ended.verdicts.items()}


SAMPLE = "package_access.sample_of_the_files"


def test_all_of_a_page_are_compared_and_the_summary_says_of_how_many_files(tmp_path: Path) -> None:
    versions = [f"1.{number}" for number in range(28)]
    index = {"example": files("example", *versions), "another": files("another", "1.0", "2.0")}
    wrong = release("example", "1.13")[0]
    with OwnIndex(index) as sound:
        ended = run_at(sound, tmp_path / "sound", SAMPLE)
        assert list(ended.verdicts.values()) == ["conformant"]
        assert "30 of 30 files compared, of example, another\n" in ended.output
        assert len(sound.downloads()) == 30
    with OwnIndex(index, Ways(changed=frozenset({wrong}))) as changed:
        ended = run_at(changed, tmp_path / "changed", SAMPLE)
        assert ended.code == 1, ended.output
        assert wrong in ended.output


def test_of_more_than_can_be_compared_as_many_are_taken_from_all_projects(tmp_path: Path) -> None:
    index = {"example": files("example", *(f"1.{number}" for number in range(60)))}
    index |= {f"other-{number}": files(f"other-{number}", "1.0") for number in range(20)}
    with OwnIndex(index) as sound:
        ended = run_at(sound, tmp_path, SAMPLE)
    assert "30 of 64 files compared, of example, other-" in ended.output
    assert len({name.partition("-1.")[0] for name in sound.downloads()}) == 5


def test_where_no_other_project_is_listed_the_files_are_of_the_one_that_was_named(tmp_path: Path) -> None:
    with OwnIndex({**EXAMPLE, "another": files("another", "1.0")}, Ways(listed=False)) as sound:
        ended = run_at(sound, tmp_path, SAMPLE)
    assert "2 of 2 files compared, of example\n" in ended.output


def test_advice_at_an_index_names_no_setting_of_an_artifactory(tmp_path: Path) -> None:
    with OwnIndex(EXAMPLE, Ways(changed=frozenset(EXAMPLE["example"]))) as index:
        ended = run_at(index, tmp_path, SAMPLE, HASH)
    said = [line.partition("do      ")[2] for line in ended.output.splitlines() if "  do      " in line]
    assert len(said) == 2
    assert all(line.startswith("operator: Compare what the index answers") for line in said)
    assert {(clause["owner"], clause["fix"]) for clause in ended.results["clauses"]} == {
        ("operator", said[0].partition(": ")[2])
    }
    assert f"to do: see what was found above; the exchanges are in {ended.reports / 'evidence.jsonl'}" in ended.output
    assert (ended.reports / "evidence.jsonl").is_file()


def test_an_index_that_is_not_there_is_to_be_looked_at(tmp_path: Path) -> None:
    with OwnIndex({"other": files("other", "1.0")}) as index:
        ended = run_at(index, tmp_path, SAMPLE)
    assert ended.code == 6
    assert f"to do: see that {index.url} runs, is reached from here, and is what you mean" in ended.output


HASH, INSTALL = "package_access.file_of_the_site_has_the_hash", "package_access.whole_install_at_the_site"
WHEEL = release("example", "1.1")[0]


@pytest.mark.parametrize("check", [SAMPLE, HASH])
def test_a_file_that_breaks_off_is_the_fault_of_the_index(tmp_path: Path, check: str) -> None:
    short = Ways(short=dict.fromkeys(EXAMPLE["example"], 99))
    with OwnIndex(EXAMPLE, short) as index:
        ended = run_at(index, tmp_path, check)
    assert list(ended.verdicts.values()) == ["nonconformant claim-failed"], ended.output
    assert ended.code == 1


def test_a_file_that_breaks_off_once_is_asked_for_again(tmp_path: Path) -> None:
    with OwnIndex(EXAMPLE, Ways(short={WHEEL: 1})) as index:
        ended = run_at(index, tmp_path, SAMPLE)
    assert list(ended.verdicts.values()) == ["conformant"], ended.output
    assert index.asked.count(("GET", f"/files/example/{WHEEL}")) == 2


@pytest.mark.parametrize("ways", [Ways(short={WHEEL: 99}), Ways(changed=frozenset({WHEEL}))], ids=["short", "changed"])
def test_a_pip_that_is_given_other_bytes_than_its_page_promises_has_seen_a_fault(tmp_path: Path, ways: Ways) -> None:
    with OwnIndex(EXAMPLE, ways) as index:
        ended = run_at(index, tmp_path, INSTALL)
    assert list(ended.verdicts.values()) == ["nonconformant claim-failed"], ended.output


def test_a_pip_that_finds_no_such_requirement_has_seen_none(tmp_path: Path) -> None:
    with OwnIndex({"example": dict([release("example", "1.1", ["absent"])])}) as index:
        ended = run_at(index, tmp_path, INSTALL)
    assert list(ended.verdicts.values()) == ["inconclusive control-failed"], ended.output


UV = "clients.uv_installs_a_catalog_package"


def test_uv_installs_where_nobody_controls_the_catalog(tmp_path: Path) -> None:
    with OwnIndex(EXAMPLE) as index:
        ended = run_at(index, tmp_path, UV)
    assert ended.verdicts == {UV: "conformant"}, ended.output
    assert index.downloads() == {release("example", "1.0")[0]}


def test_uv_that_is_given_other_bytes_installs_nothing(tmp_path: Path) -> None:
    with OwnIndex(EXAMPLE, Ways(changed=frozenset(EXAMPLE["example"]))) as index:
        ended = run_at(index, tmp_path, UV)
    assert ended.verdicts == {UV: "warning claim-failed"}, ended.output


SUBJECTS = {
    "page_that_the_client_has_is_not_sent_again": Ways(tags=True),
    "json_and_html_say_the_same": Ways(json=True),
    "json_keeps_what_its_version_promises": Ways(json=True),
    "advertised_metadata_can_be_had": Ways(metadata=True),
}


def test_what_no_page_of_an_index_offers_is_no_merit_of_it(tmp_path: Path) -> None:
    with OwnIndex(EXAMPLE) as index:
        ended = run_at(index, tmp_path, *(f"protocol.{name}" for name in SUBJECTS))
    assert verdicts(ended) == dict.fromkeys(SUBJECTS, "not applicable not-offered"), ended.output


@pytest.mark.parametrize("check", SUBJECTS)
def test_what_its_pages_offer_is_judged(tmp_path: Path, check: str) -> None:
    with OwnIndex(EXAMPLE, SUBJECTS[check]) as index:
        ended = run_at(index, tmp_path, f"protocol.{check}")
    assert verdicts(ended) == {check: "conformant"}, ended.output
