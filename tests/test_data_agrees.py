"""Data that is written down in two places, for a reason, says the same in both."""

from __future__ import annotations

from pathlib import Path

from artifactory_conformance.reference.profiles import PROFILES
from artifactory_conformance.settings.documentation import as_markdown
from artifactory_conformance.settings.values import MODEL_PROFILES

ROOT = Path(__file__).parents[1]


def test_settings_know_the_profiles_that_the_model_plays() -> None:
    assert tuple(PROFILES) == MODEL_PROFILES


def test_the_page_of_settings_is_the_one_that_the_table_makes() -> None:
    assert (ROOT / "docs" / "settings.md").read_text("utf-8") == as_markdown(), "run make docs"
