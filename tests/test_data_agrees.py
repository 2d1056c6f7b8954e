"""Data that is written down in two places, for a reason, says the same in both."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from artifactory_conformance.guide import clauses
from artifactory_conformance.reference.profiles import PROFILES
from artifactory_conformance.settings.documentation import as_markdown
from artifactory_conformance.settings.values import MODEL_PROFILES
from artifactory_conformance.verdicts import unchecked

ROOT = Path(__file__).parents[1]

LIST_CLAUSES = """
import pytest

class Lister:
    def pytest_collection_finish(self, session):
        for item in session.items:
            for marker in item.iter_markers("clause"):
                print("clause", item.nodeid, *marker.args)

raise SystemExit(pytest.main(["--collect-only", "-q", "suites"], plugins=[Lister()]))
"""


def test_settings_know_the_profiles_that_the_model_plays() -> None:
    assert tuple(PROFILES) == MODEL_PROFILES


def test_the_page_of_settings_is_the_one_that_the_table_makes() -> None:
    assert (ROOT / "docs" / "settings.md").read_text("utf-8") == as_markdown(), "run make docs"


def test_every_clause_has_a_check_or_is_listed_as_unchecked() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIST_CLAUSES], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    marked = [line.split()[2:] for line in done.stdout.splitlines() if line.startswith("clause ")]
    checked = {name for names in marked for name in names}
    assert len(marked) >= 60
    assert checked == set(clauses()) - set(unchecked())
