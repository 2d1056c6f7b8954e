"""An archive that was recorded is answered alike by the model, and what is answered otherwise is found, by its fact."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.guide.facts import facts
from tests.reference import shapes
from tests.reference.recording import ASKED
from tests.reference.replay import NotReplayable, Replayed, SetUp, main, played, started
from tests.reference.replay import replay as replay_at

ARCHIVE = Path(__file__).parent / "captures" / "model-7.161-pro.har"
RECORDED: dict[str, Any] = json.loads(ARCHIVE.read_text("utf-8"))
COMMENT: dict[str, Any] = json.loads(RECORDED["log"]["comment"])


def replayed(**changes: Any) -> Replayed:
    return played(RECORDED, SetUp.of({**COMMENT, **changes}))


def test_what_was_recorded_is_answered_alike() -> None:
    found = replayed()
    assert found.different == []
    assert found.asked == len(ASKED)
    assert found.left_out == {"another address or repository": 1}


@pytest.mark.parametrize(
    ("switch", "value", "places", "what", "known"),
    [
        ("index_etag", "off", ("/simple/",), "etag", "I-04"),
        ("local_href", "packages", ("simple/hello/",), "body", "U-06"),
        ("range", "200", ("hello-1.0-py3-none-any.whl",), "status", "F-06"),
        ("index_head", "405", ("HEAD",), "status", "I-06"),
        ("file_cache_control", "1y", (".whl",), "cache-control", "F-02"),
        ("origin_remote_path", "off", (".whl",), "x-artifactory-origin-remote-path", "F-03"),
    ],
)
def test_another_answer_to_an_open_question_is_found_and_named(
    switch: str, value: str, places: tuple[str, ...], what: str, known: str
) -> None:
    found = replayed(switches={switch: value}).different
    assert found
    assert all(any(place in line for place in places) for line in found)
    assert any(f": {what}: recorded" in line and known in line for line in found)


def with_changed(change: Callable[[dict[str, Any]], None], at: int) -> dict[str, Any]:
    archive = copy.deepcopy(RECORDED)
    change(archive["log"]["entries"][at]["response"])
    return archive


def status(response: dict[str, Any]) -> None:
    response["status"] = 418


def media_type(response: dict[str, Any]) -> None:
    for header in response["headers"]:
        if header["name"].lower() == "content-type":
            header["value"] = "image/png"


def text(response: dict[str, Any]) -> None:
    response["content"]["text"] = (
        response["content"]["text"].replace("<a ", '<a data-new="1" ').replace('"version"', '"v"')
    )


@pytest.mark.parametrize(("change", "at"), [(status, 0), (media_type, 2), (text, 2), (text, 0)])
def test_a_changed_answer_is_found(change: Callable[[dict[str, Any]], None], at: int) -> None:
    set_up = SetUp.of(COMMENT)
    with started(set_up) as model:
        assert replay_at(RECORDED, set_up, model).different == []
        assert len(replay_at(with_changed(change, at), set_up, model).different) == 1


def test_the_command_tells_what_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(ARCHIVE)]) == 0
    assert f"{len(ASKED)} requests asked, 0 differences" in capsys.readouterr().out
    other = tmp_path / "set-up.json"
    other.write_text(json.dumps({**COMMENT, "switches": {"index_head": "405"}}))
    assert main([str(ARCHIVE), "--set-up", str(other)]) == 1
    assert (
        "HEAD /api/pypi/internal/simple/hello/: status: recorded 200, model 405 (I-06, open 9)"
        in capsys.readouterr().out
    )


@pytest.mark.parametrize(
    "content",
    [
        *("", "[]", "{}", '{"log": 1}', '{"log": {"entries": [], "comment": "x"}}', '{"log": {"comment": "{}"}}'),
        *(
            json.dumps({"log": {"entries": entries, "comment": json.dumps({"base": "http://x", "profile": profile})}})
            for entries, profile in (([{}], "oss"), ([], "nowhere"))
        ),
    ],
)
def test_what_is_no_archive_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str) -> None:
    (tmp_path / "x.har").write_text(content)
    assert main([str(tmp_path / "x.har")]) == 4
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_an_archive_of_nothing_shows_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.har").write_text(json.dumps({"log": {"entries": [], "comment": RECORDED["log"]["comment"]}}))
    assert main([str(tmp_path / "x.har")]) == 1


def test_every_fact_that_is_named_is_one() -> None:
    tables = (*shapes.PAGE_FACTS.values(), *shapes.FILE_FACTS.values(), shapes.HEAD_FACTS, shapes.ERROR_FACTS)
    assert all(name in facts() for named in tables for name in named.split(", "))


@given(st.dictionaries(st.text(), st.text() | st.integers()) | st.text())
def test_whatever_a_set_up_holds_is_read_or_refused(given_set_up: Any) -> None:
    refused = False
    try:
        SetUp.of(given_set_up)
    except NotReplayable:
        refused = True
    assert refused or (given_set_up["base"] and given_set_up["profile"])
