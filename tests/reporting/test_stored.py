"""A run is read back from its data as it was, and what is no such data is refused in one line."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artifactory_conformance.guide import clauses
from artifactory_conformance.reporting import Unreadable, stored_run, summary_text
from artifactory_conformance.verdicts import (
    Reason,
    Verdict,
    Waiver,
    WaiverResult,
    WaiverState,
    fold_clauses,
    unchecked,
)
from tests.reporting.made import check, run_of

REPORTS = Path("reports")
OPTIONS = [
    {},
    {"target": "instance", "artifactory_url": "http://h"},
    {"target": "index", "index_url": "http://h/simple/", "project": "x"},
]


def written(run: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(run.as_data()))
    return data


@pytest.mark.parametrize("options", OPTIONS, ids=["model", "instance", "index"])
@pytest.mark.parametrize("verdict", Verdict)
def test_its_summary_is_that_of_the_run(options: Mapping[str, object], verdict: Verdict) -> None:
    waiver = WaiverResult(Waiver("known", "OPS-1", date(2030, 1, 31), clause="REMOTE-01"), WaiverState.UNUSED)
    run = run_of(
        check("remote.a", verdict, Reason.BROKE, "seen\nthis", observations={"files compared": "3 of 4 files"}),
        check("remote.b", Verdict.NOT_RUN, Reason.NEEDS_MUTATE, "give --level mutate"),
        check("remote.c", Verdict.INCONCLUSIVE, Reason.NEVER_RAN, clauses=(), title=""),
        waivers=(waiver,),
        notes=("nobody can tell",),
        deselected=2,
        exit_code=6,
        why="not everything is shown",
        **options,
    )
    folded = fold_clauses(clauses(), run.checks, without_check=frozenset(unchecked()))
    run = replace(run, clauses=tuple(folded.values()))
    again = stored_run(written(run), run.settings.reports)
    assert summary_text(again) == summary_text(run)
    assert again.differences() == []


def test_clauses_are_folded_anew_and_what_differs_is_told() -> None:
    data = written(run_of(check("remote.a"), check("remote.b", clauses=("REMOTE-02",))))
    for clause in data["clauses"]:
        if clause["id"] == "REMOTE-01":
            clause["verdict"] = "nonconformant"
        if clause["id"] == "REMOTE-02":
            clause["id"] = "REMOTE-99"
    data["checks"][0]["clauses"].append("REMOTE-99")
    run = stored_run(data, REPORTS)
    assert {result.clause.id: result.verdict for result in run.clauses}["REMOTE-01"] is Verdict.CONFORMANT
    assert run.differences() == [
        "REMOTE-01: nonconformant there, conformant by this version",
        "REMOTE-99: unknown to this version",
        "REMOTE-02: unknown to the version that ran",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"schema_version": 2}, "has schema_version 2, and version"),
        ({"checks": [{"id": "x"}]}, "'title' is missing"),
        ({"checks": 7}, "cannot be read by version"),
        ({"target": None}, "cannot be read by version"),
        ({"level": "deep"}, "'deep' is not a valid Level"),
        ({"started": "yesterday"}, "yesterday"),
        ({"clauses": None}, "cannot be read by version"),
        ({"floor": "REMOTE-01"}, "a list was expected"),
    ],
)
def test_what_is_no_results_is_refused(change: dict[str, Any], told: str) -> None:
    data = {**written(run_of(check("remote.x"))), **change}
    with pytest.raises(Unreadable) as refused:
        stored_run(data, REPORTS)
    assert told in str(refused.value)


@pytest.mark.parametrize("data", [None, [], "x", 1, {}, {"run": "x"}])
def test_what_is_something_else_is_refused(data: object) -> None:
    with pytest.raises(Unreadable, match="is no results"):
        stored_run(data, REPORTS)


def paths(data: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    found = [path] if path else []
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for name, value in inner:
        found += paths(value, (*path, name))
    return found


BASE = written(
    run_of(
        check("remote.a", Verdict.NONCONFORMANT, Reason.CLAIM_FAILED, "seen", observations={"a": 1}),
        waivers=(
            WaiverResult(Waiver("r", "t", date(2030, 1, 1), check="remote.a"), WaiverState.APPLIED, ("remote.a",)),
        ),
    )
)
BASE["clauses"] = BASE["clauses"][:2]
ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just([]) | st.just({})


@settings(max_examples=300)
@given(path=st.sampled_from(paths(BASE)), value=ANYTHING)
def test_no_value_in_any_place_does_worse_than_a_refusal(path: tuple[Any, ...], value: object) -> None:
    data: Any = copy.deepcopy(BASE)
    where = data
    for name in path[:-1]:
        where = where[name]
    where[path[-1]] = value
    with suppress(Unreadable):
        run = stored_run(data, REPORTS)
        assert summary_text(run)
        run.differences()


def test_a_diagnosis_is_made_anew_from_the_data() -> None:
    data = written(run_of(check("remote.a", Verdict.NONCONFORMANT, Reason.CLAIM_FAILED, "seen")))
    run = stored_run(data, REPORTS)
    assert run.diagnosis.as_data() == data["diagnosis"]
    assert run.diagnosis_before() == run.diagnosis_now()
    del data["diagnosis"], data["probes"]
    assert stored_run(data, REPORTS).diagnosis_before() is None
