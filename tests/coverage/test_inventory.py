"""The list of checks: complete, made without contact, the same as data and as a table."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from artifactory_conformance.coverage.inventory import Check, as_json, as_table, count, read_json
from artifactory_conformance.verdicts import Reason
from tests.coverage.conftest import ROOT
from tests.coverage.made import made


def test_every_function_below_suites_is_listed_with_its_file(listed: tuple[Check, ...]):
    written = {
        (str(file.relative_to(ROOT)), f"{file.parent.name}.{node.name.removeprefix('test_')}")
        for file in (ROOT / "suites").rglob("test_*.py")
        for node in ast.parse(file.read_bytes()).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }
    assert {(check.file, check.function) for check in listed} == written


def test_a_check_tells_what_it_needs(listed: tuple[Check, ...]):
    checks = {check.info.id: check for check in listed}
    deploy = checks["permissions.uncached_file_is_refused_without_deploy_cache"]
    assert deploy.needs == (Reason.NEEDS_MUTATE, Reason.NEEDS_ADMIN, Reason.NEEDS_CATALOG)
    assert checks["remote_repository.key_is_lower_case_with_hyphens"].needs == (Reason.NEEDS_USER,)


def test_nothing_that_is_set_up_for_a_run_is_looked_at(tmp_path: Path):
    """Neither a malformed setting nor an instance that is away gets in the way of a list; nothing is left behind."""
    elsewhere = {"ARTIFACTORY_URL": "http://127.0.0.1:1", "CONFORMANCE_LEVEL": "no level", "CONFORMANCE_REPORTS": "x"}
    elsewhere |= {"CATALOG_USER": "without a password"}
    done = subprocess.run(
        [sys.executable, "-m", "artifactory_conformance", "checks"],
        cwd=tmp_path,
        env={**os.environ, **elsewhere},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "permissions.uncached_file_is_refused_without_deploy_cache" in done.stdout
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("arguments", [["--unknown"], ["--json", "--clauses"], ["suites/permissions"]])
def test_other_arguments_are_refused(arguments: list[str]):
    verb = [sys.executable, "-m", "artifactory_conformance", "checks", *arguments]
    done = subprocess.run(verb, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 4
    assert "--json" in done.stderr


def test_data_reads_back_as_it_was(listed: tuple[Check, ...]):
    assert read_json(as_json(listed)) == listed


def test_functions_are_counted_not_parameters():
    checks = [made("a.one[x]"), made("a.one[y]"), made("a.two"), made("a.three", observes=True)]
    assert (count(checks, observing=False), count(checks, observing=True)) == (2, 1)


def test_the_table_has_a_line_for_each_check_and_the_counts():
    table = as_table(
        [made("a.one", "PERM-09", facts=("P-04",)), made("a.two", facts=("row 1",), since="7.1", observes=True)]
    )
    lines = table.splitlines()
    assert len(lines) == 4
    assert lines[1].split(maxsplit=2)[:2] == ["a.one", "asserts"]
    assert lines[1].endswith("PERM-09, P-04")
    assert lines[2].endswith("row 1 (since 7.1)")
    assert lines[3] == "1 checks assert, 1 observe"
