"""What can be switched on in the embedded target: names, sentences, and what they stand for."""

from __future__ import annotations

import re

import pytest

from artifactory_conformance.guide import clauses
from artifactory_conformance.guide.facts import facts
from tests.matrix.faults import SITE, all_faults

KINDS = [faults for kind, faults in all_faults().items() if kind != SITE]
FAULTS = {fault.name: fault for faults in KINDS for fault in faults}
STANDARD = re.compile(r"(RFC|PEP) \d+( \d+(\.\d+)*)?")


def test_names_are_unique():
    assert len(FAULTS) == sum(len(faults) for faults in KINDS)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_says_what_it_is(name):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert FAULTS[name].meaning.endswith(".")


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_stands_for_clauses_and_facts_that_there_are(name):
    known = clauses().keys() | facts().keys()
    assert FAULTS[name].stands_for
    harmless = FAULTS[name].kind == "variation"
    unknown = [one for one in FAULTS[name].stands_for if one not in known and not (harmless and STANDARD.match(one))]
    assert not unknown
