"""Who can honestly judge a clause on an instance."""

from __future__ import annotations

import pytest

from artifactory_conformance.coverage.clauses_page import clauses_page
from artifactory_conformance.coverage.honest import FULLY, MalformedHonesty, honest, read_honest, unused
from artifactory_conformance.verdicts import Reason
from tests.coverage.made import made

LAB = made("a.lab", "PERM-02", needs=(Reason.NEEDS_MUTATE, Reason.NEEDS_ADMIN))
OWN = made("a.own", "PERM-02", needs=(Reason.NEEDS_USER,))


def test_whoever_can_judge_and_has_no_check_is_told():
    assert unused("PERM-02", []) == ("user", "administrator")
    assert unused("PERM-02", [LAB]) == ("user",)
    assert unused("PERM-02", [LAB, OWN]) == ()
    assert unused("BEST-04", []) == ()


def test_the_page_says_what_stays_open_and_what_is_missing():
    assert honest()["PERM-02"]["user"] != FULLY
    line = f"* as user, partly (no check yet): {honest()['PERM-02']['user']}\n"
    assert line in clauses_page([LAB])
    assert line.replace(" (no check yet)", "") in clauses_page([LAB, OWN])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("PERM-99: {user: fully}", "PERM-99: no clause"),
        ("PERM-02: {visitor: fully}", "PERM-02: not a mapping of user, administrator"),
        ("PERM-02: {}", "PERM-02: not a mapping"),
        ("PERM-02: fully", "PERM-02: not a mapping"),
        ("PERM-02: {user: ''}", "PERM-02: each is fully, or what stays open"),
        ("- PERM-02", "not a mapping of clauses"),
        ("PERM-02: [", "no YAML"),
    ],
)
def test_a_malformed_file_is_refused_by_name(text: str, named: str):
    with pytest.raises(MalformedHonesty, match=named):
        read_honest(text)
