"""The committed page is the one that its rows make of today's faults and checks."""

from __future__ import annotations

from artifactory_conformance.command import layout
from artifactory_conformance.plugin.inventory import collect
from tests.matrix.__main__ import FILE, PAGE
from tests.matrix.faults import all_faults
from tests.matrix.page import REASONS, as_markdown, never_killed
from tests.matrix.rows import load


def test_the_page_is_the_one_that_its_rows_make() -> None:
    checks = {check.info.id: check for check in collect(layout())}
    faults = [fault for kind in all_faults().values() for fault in kind]
    fresh = as_markdown(load(FILE).of(faults, checks.values()), faults, checks)
    assert PAGE.read_text("utf-8") == fresh, "run python -m tests.matrix --only FAULT --write of what changed"


def test_every_fault_is_noticed_and_every_check_can_fail() -> None:
    checks = {check.info.id: check for check in collect(layout())}
    faults = [fault for kind in all_faults().values() for fault in kind]
    matrix = load(FILE).of(faults, checks.values())
    assert not [fault.name for fault in faults if fault.name not in matrix.rows], "run make kill-matrix ARGS=--missing"
    assert not {row.name: row.problems for row in matrix.rows.values() if row.problems}
    assert never_killed(matrix, checks) == sorted(REASONS)
    assert "**none**" not in PAGE.read_text("utf-8")
