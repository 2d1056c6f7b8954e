"""Of ids of organizations stays what tells two apart, in every form; nothing else is."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artifactory_conformance.evidence import Organizations, Redactor
from artifactory_conformance.guide import PRINTED_EXAMPLE

ZEROS = "-0000-0000-0000-000000000000"
ID = "5c1fa3d0-9b7e-4f60-8a11-0123456789ab"

PLAIN = {
    "URL": lambda name: f"https://repository.activestate.com/{name}/pypi/simple/",
    "user": lambda name: json.dumps({"username": name}),
    "upper case": lambda name: name.upper(),
    "URL in a parameter": lambda name: quote(f"https://repository.activestate.com/{name}/pypi", safe=""),
    "dashes encoded": lambda name: name.replace("-", "%2D"),
    "log": lambda name: f"2026-01-01|{name}|GET",
    "end of a word": lambda name: f"\\n{name}_x",
}
WHEN_KNOWN = {
    "base64": lambda name: base64.b64encode(f"{name}:x".encode()).decode(),
    "without dashes": lambda name: UUID(name).hex,
    "escaped": lambda name: name.replace("-", "\\u002d"),
}


@settings(max_examples=60)
@given(name=st.uuids().map(str), form=st.sampled_from(sorted(PLAIN)))
def test_an_id_that_nobody_told_about_is_masked(name: str, form: str) -> None:
    text = PLAIN[form](name)
    clean = Redactor().text(text)
    assert clean == text.replace(text_of(name, text), f"{text_of(name, text)[:8]}{ZEROS}")
    assert Redactor().text(clean) == clean


def text_of(name: str, text: str) -> str:
    """Give the id as it stands in the text."""
    return next(form for form in (name, name.upper(), name.replace("-", "%2D")) if form in text)


@settings(max_examples=60)
@given(name=st.uuids().map(str), form=st.sampled_from(sorted(PLAIN | WHEN_KNOWN)))
def test_the_runs_own_is_masked_in_every_form(name: str, form: str) -> None:
    organizations = Organizations([name])
    clean = Redactor([], organizations).text((PLAIN | WHEN_KNOWN)[form](name))
    assert f"{name[:8]}{ZEROS}" in clean.lower()
    whole = (name, name.upper(), UUID(name).hex, base64.b64encode(name.encode()).decode())
    assert not [part for part in whole if part[13:29] in clean]


def test_what_checks_read_keeps_whole_addresses() -> None:
    text = f"Looking in indexes: https://me:pw@h.example.org/{ID}/pypi/simple/"
    assert Redactor().without_secrets(text) == text.replace(":pw@", ":[redacted]@")


def test_two_organizations_can_still_be_told_apart() -> None:
    other = ID.replace("5c1f", "6d2e")
    assert Redactor().text(f"{ID} is not {other}") == f"5c1fa3d0{ZEROS} is not 6d2ea3d0{ZEROS}"


def test_paths_of_this_machine_stay_paths_and_the_printed_example_stays_itself() -> None:
    path = f"/builds/{ID}/reports"
    text = f"report: {path}/results.json, https://h/{PRINTED_EXAMPLE}/pypi"
    assert Redactor([], Organizations(spared=[path])).text(text) == text


def test_a_user_of_the_catalog_that_is_no_uuid_is_left_alone() -> None:
    assert Redactor([], Organizations(["x"])).text("x marks the spot") == "x marks the spot"


@given(text=st.text(alphabet="0123456789abcdef-. ", max_size=60))
def test_whatever_is_shorter_than_a_uuid_is_unchanged(text: str) -> None:
    if len(text) < 36:
        assert Redactor().text(text) == text


@pytest.mark.parametrize("text", ["sha256=" + "ab" * 32, "acs-a1b2c3-1w2-remote", "2026-01-01T00:00:00.000Z"])
def test_hashes_names_and_times_are_unchanged(text: str) -> None:
    assert Redactor().text(text) == text
