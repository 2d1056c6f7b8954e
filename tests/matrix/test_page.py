"""The committed page is the one that its rows make of today's faults and checks."""

from __future__ import annotations

from artifactory_conformance.command import layout
from artifactory_conformance.plugin.inventory import collect
from tests.matrix.__main__ import FILE, PAGE
from tests.matrix.faults import all_faults
from tests.matrix.page import as_markdown
from tests.matrix.rows import load


def test_the_page_is_the_one_that_its_rows_make() -> None:
    checks = {check.info.id: check for check in collect(layout())}
    faults = [fault for kind in all_faults().values() for fault in kind]
    fresh = as_markdown(load(FILE).of(faults, checks.values()), faults, checks)
    assert PAGE.read_text("utf-8") == fresh, "run python -m tests.matrix --only FAULT --write of what changed"
