"""pip's report is read as its schema says, and nothing else is made up."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.clients.pip_run import PipRun, ReportNotUnderstood, read_report

ITEM = {
    "download_info": {"url": "http://127.0.0.1/files/x.whl", "archive_info": {"hashes": {"md5": "1", "sha256": "ab"}}},
    "requested": True,
    "metadata": {"name": "Example.Project", "version": "1.0", "requires_dist": ["other"], "requires_python": ">=3.10"},
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*ITEM, "url", "name"]), inner, max_size=3)
    ),
    max_leaves=10,
)


def report_of(folder: Path, *items: object, version: object = "1") -> Path:
    path = folder / "report.json"
    path.write_text(json.dumps({"version": version, "install": items}))
    return path


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("ERROR: No matching distribution found for x\n", ""),
        (
            "WARNING: x\nERROR: THESE  PACKAGES DO NOT MATCH THE HASHES FROM\n a:\n",
            "ERROR: THESE PACKAGES DO NOT MATCH",
        ),
        (
            "x Download failed because not enough bytes were received (1 B/2 B)\n",
            "x Download failed because not enough",
        ),
    ],
)
def test_bytes_that_pip_refuses_are_told_in_its_own_words(said: str, wrong: str) -> None:
    told = replace(run_with(exit_code=1), stderr=said).given_wrong
    assert told.startswith(wrong)
    assert bool(told) is bool(wrong)


def run_with(*distributions, exit_code: int = 0) -> PipRun:
    return PipRun(("pip",), exit_code, 0.5, "out", "err", "pip", "26.0", distributions, (Path("pip.conf"),))


def test_report_gives_name_version_origin_hash_and_metadata(tmp_path: Path) -> None:
    (found,) = read_report(report_of(tmp_path, ITEM), lambda text: text.replace("127.0.0.1", "host"))
    assert (found.name, found.version, found.url) == ("Example.Project", "1.0", "http://host/files/x.whl")
    assert (found.sha256, found.requested, found.requires, found.requires_python) == ("ab", True, ("other",), ">=3.10")


@pytest.mark.parametrize(
    ("archive", "expected"), [({"hash": "sha256=cd"}, "cd"), ({"hash": "md5=1"}, None), (None, None)]
)
def test_hash_is_found_in_its_older_form_or_not_at_all(tmp_path: Path, archive, expected) -> None:
    item = {**ITEM, "download_info": {"url": "x", "archive_info": archive}}
    assert read_report(report_of(tmp_path, item), str)[0].sha256 == expected


def test_missing_report_is_no_distribution(tmp_path: Path) -> None:
    assert read_report(tmp_path / "report.json", str) == ()


def test_report_of_another_schema_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportNotUnderstood, match="'2'"):
        read_report(report_of(tmp_path, ITEM, version="2"), str)


def test_report_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = report_of(tmp_path, ITEM)
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(ReportNotUnderstood, match="not JSON"):
        read_report(path, str)


@given(items=st.lists(JSON, min_size=1, max_size=3))
def test_report_that_breaks_its_schema_is_refused_by_name(tmp_path_factory, items) -> None:
    with pytest.raises(ReportNotUnderstood):
        read_report(report_of(tmp_path_factory.getbasetemp(), *items), str)


def test_distribution_is_found_whatever_the_spelling_of_its_name(tmp_path: Path) -> None:
    run = run_with(*read_report(report_of(tmp_path, ITEM), str))
    assert run.distribution("example_project") is run.distributions[0]
    with pytest.raises(LookupError, match="not another"):
        run.distribution("another")


def test_evidence_is_plain_data(tmp_path: Path) -> None:
    run = run_with(*read_report(report_of(tmp_path, ITEM), str), exit_code=1)
    evidence = run.as_evidence()
    assert not run.ok
    assert json.loads(json.dumps(evidence)) == evidence
    assert evidence["machine_configuration"] == ["pip.conf"]
    assert evidence["distributions"][0]["sha256"] == "ab"
