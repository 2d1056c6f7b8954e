"""results.json keeps to its schema, and its page explains every field."""

from __future__ import annotations

import json
import re
from datetime import date
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artifactory_conformance.diagnosis import Certainty, Owner
from artifactory_conformance.evidence import Redactor
from artifactory_conformance.reporting import write_reports
from artifactory_conformance.settings import TargetKind
from artifactory_conformance.verdicts import Level, Reason, Verdict, Waiver, WaiverResult, WaiverState
from tests.diagnosis.made import REMOTE, administrator, probes
from tests.reporting.made import check, run_of

SCHEMA = json.loads(
    resources.files("artifactory_conformance.reporting").joinpath("results.schema.json").read_text("utf-8")
)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
PAGE = (Path(__file__).parents[2] / "docs" / "results.md").read_text("utf-8")
SECRET = "s3cret/value+\"'&<é"


def objects(schema: object, where: str = "results"):
    if isinstance(schema, dict):
        if schema.get("type") == "object" and "properties" in schema:
            yield where, schema
        for name, inner in schema.items():
            yield from objects(inner, f"{where}.{name}")


def test_the_schema_is_a_schema_and_closed_everywhere():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    found = dict(objects(SCHEMA))
    assert len(found) == 7
    for where, schema in found.items():
        assert schema["additionalProperties"] is False, where
        assert set(schema["required"]) == set(schema["properties"]), where


def test_the_schema_knows_exactly_the_closed_sets_of_the_code():
    known = SCHEMA["$defs"]
    assert known["verdict"]["enum"] == [verdict.value for verdict in Verdict]
    assert known["waiver"]["properties"]["state"]["enum"] == [state.value for state in WaiverState]
    assert known["cause"]["properties"]["certainty"]["enum"] == [certainty.value for certainty in Certainty]
    assert known["cause"]["properties"]["owner"]["enum"] == [owner.value for owner in Owner]
    assert known["reason"]["enum"] == [reason.value for reason in Reason]
    assert SCHEMA["properties"]["level"]["enum"] == [level.value for level in Level]
    assert SCHEMA["properties"]["target"]["properties"]["kind"]["enum"] == [kind.value for kind in TargetKind]


def test_the_page_explains_every_field_verdict_and_reason_in_a_table():
    prefixes = {"": SCHEMA, "target.": SCHEMA["properties"]["target"]}
    prefixes |= {"checks[].": SCHEMA["$defs"]["check"], "clauses[].": SCHEMA["$defs"]["clause"]}
    prefixes |= {"waivers[].": SCHEMA["$defs"]["waiver"], "diagnosis.": SCHEMA["$defs"]["diagnosis"]}
    prefixes |= {"diagnosis.findings[].": SCHEMA["$defs"]["cause"]}
    fields = {f"{prefix}{name}" for prefix, schema in prefixes.items() for name in schema["properties"]}
    values = {member.value for member in (*Verdict, *Reason, *WaiverState, *Certainty)} - {""}
    assert set(re.findall(r"^\| `([^`]+)`", PAGE, re.MULTILINE)) == fields | values | {"inconclusive"}


@pytest.mark.parametrize("verdict", Verdict)
@pytest.mark.parametrize("options", [{}, {"target": "instance", "artifactory_url": "http://h"}], ids=["model", "real"])
@pytest.mark.parametrize(
    "version", [None, {"version": "7", "revision": "", "edition": "x"}], ids=["unreached", "reached"]
)
def test_whatever_a_run_found_keeps_to_the_schema(verdict: Verdict, options: dict[str, object], version: object):
    found = check("remote.x[a.b-1]", verdict, Reason.BROKE, "seen", observations={"n": 1, "deep": [None, {"x": 2.5}]})
    VALIDATOR.validate(run_of(found, version=version, **options).as_data())


def test_a_run_with_causes_and_facts_keeps_to_the_schema():
    facts = probes(administrator=administrator(remote={**REMOTE, "storeArtifactsLocally": False}))
    found = run_of(check("remote.x", Verdict.NONCONFORMANT, clauses=("REMOTE-09",)), probes=facts).as_data()
    VALIDATOR.validate(found)
    assert found["probes"] == facts
    assert [one["cause"] for one in found["diagnosis"]["findings"]] == ["store-artifacts-locally-off"]


def test_a_run_without_checks_and_one_that_went_wrong_keep_to_the_schema():
    VALIDATOR.validate(run_of().as_data())
    VALIDATOR.validate(run_of(notes=("nobody can tell",)).as_data())
    crashed = check("remote.x", Verdict.INCONCLUSIVE, Reason.NEVER_RAN, clauses=(), title="")
    VALIDATOR.validate(
        run_of(crashed, problems=("target lost",), exit_code=6, why="target lost", deselected=2).as_data()
    )


@pytest.mark.parametrize("state", WaiverState)
@pytest.mark.parametrize("named", [{"clause": "REMOTE-01"}, {"check": "remote.x"}], ids=["clause", "check"])
def test_a_waiver_keeps_to_the_schema(state: WaiverState, named: dict[str, str]):
    waiver = Waiver("known", "OPS-1", date(2030, 1, 31), **named)
    found = run_of(check("remote.x", Verdict.WAIVED), waivers=(WaiverResult(waiver, state, ("remote.x",)),))
    VALIDATOR.validate(found.as_data())
    assert found.as_data()["waivers"][0]["expires"] == "2030-01-31"


@pytest.mark.parametrize("name", ["schema_version", "target", "checks", "exit_code"])
def test_a_field_that_is_missing_or_new_is_noticed(name: str):
    data = run_of(check("remote.x")).as_data()
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate({key: value for key, value in data.items() if key != name})
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate({**data, "new": 1})


def test_a_model_is_called_a_model_and_an_instance_by_its_address():
    model, real = run_of(), run_of(target="instance", artifactory_url="https://h.example.org", version=None)
    assert model.about.startswith("reference model 7.84-pro, no real Artifactory")
    assert model.about.endswith("version 7.84.17, Pro or above")
    assert real.about.startswith("Artifactory at https://h.example.org")
    assert model.as_data()["target"]["reference_model"] is True
    assert real.as_data()["target"]["reference_model"] is False


def test_what_was_left_out_makes_the_run_partial_and_is_said():
    everything = tuple(f"{chapter}-{n:02d}" for chapter, n in [("REMOTE", 1)])
    found = run_of(
        check("remote.a", clauses=everything),
        check("remote.b", Verdict.NOT_RUN, Reason.NEEDS_MUTATE),
        check("remote.c", Verdict.INCONCLUSIVE, Reason.NEVER_RAN),
        deselected=3,
    )
    assert found.partial == [
        "90 clauses have checks that were not selected",
        "3 checks deselected",
        "1 checks not run: needs-mutate",
        "1 checks never began",
    ]
    assert found.as_data()["complete"] is False


def test_checks_are_in_the_order_of_their_ids_whatever_the_order_they_ended_in():
    data = run_of(check("b.x"), check("a.y"), check("a.x")).as_data()
    assert [entry["id"] for entry in data["checks"]] == ["a.x", "a.y", "b.x"]


def test_the_counting_line_names_what_there_is():
    found = run_of(check("a.x"), check("a.y", Verdict.NONCONFORMANT))
    assert found.counted() == "2 checks: 1 nonconformant, 1 conformant; 1 of 91 clauses judged"


# ---------------------------------------------------------------- files


def test_all_three_files_are_written_and_readable(tmp_path: Path):
    evidence = ({"kind": "exchange", "url": "http://h/é"}, {"kind": "client"})
    found = run_of(check("remote.x", evidence=evidence), check("remote.y"), reports=tmp_path / "new" / "folder")
    assert write_reports(found, Redactor()) == []
    folder = found.settings.reports
    VALIDATOR.validate(json.loads((folder / "results.json").read_text("utf-8")))
    lines = [json.loads(line) for line in (folder / "evidence.jsonl").read_text("utf-8").splitlines()]
    assert lines == [{"check": "remote.x", **item} for item in evidence]
    assert sorted(path.name for path in folder.iterdir()) == ["evidence.jsonl", "junit.xml", "results.json"]


def test_a_secret_that_got_so_far_is_taken_out_and_every_file_is_named(tmp_path: Path):
    evidence = ({"kind": "exchange", "body": SECRET},)
    found = run_of(
        check("remote.x", Verdict.NONCONFORMANT, message=f"seen {SECRET}", evidence=evidence), reports=tmp_path
    )
    redactor = Redactor([SECRET])
    assert write_reports(found, redactor) == ["results.json", "junit.xml", "evidence.jsonl"]
    for path in tmp_path.iterdir():
        assert not redactor.found_in(path.read_text("utf-8"))
    VALIDATOR.validate(json.loads((tmp_path / "results.json").read_text("utf-8")))


def test_a_secret_in_the_runs_ledger_is_told(tmp_path: Path):
    ledger = tmp_path / "ledger-a1b2c3.jsonl"
    ledger.write_text(json.dumps({"name": SECRET}), "utf-8")
    assert write_reports(run_of(reports=tmp_path), Redactor([SECRET])) == [ledger.name]


@settings(max_examples=50)
@given(text=st.text(max_size=60))
def test_any_text_stays_valid_json(text: str):
    found = run_of(check("remote.x", Verdict.WARNING, message=text, observations={text: text}), why=text)
    data = json.loads(json.dumps(found.as_data()))
    VALIDATOR.validate(data)
    assert data["checks"][0]["message"] == text
