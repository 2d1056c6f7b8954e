"""A plan tells of whatever takes a check above level observe: nothing that leaves a trace is left out of it."""

from __future__ import annotations

import pytest

from artifactory_conformance.plugin import gating
from artifactory_conformance.plugin.any_index import OF_AN_ARTIFACTORY, OF_ANY_INDEX
from artifactory_conformance.plugin.plan import FOOTPRINTS
from artifactory_conformance.verdicts import Level

FIXTURES = sorted({*gating._FIXTURES, *gating._LEVELS, *FOOTPRINTS})


@pytest.mark.parametrize("fixture", [name for name in FIXTURES if gating.level_of((name,)) is not Level.OBSERVE])
def test_whatever_is_above_observe_has_a_footprint(fixture: str) -> None:
    assert fixture in FOOTPRINTS or fixture in gating.RUN_CLIENTS


@pytest.mark.parametrize("fixture", sorted(set(FOOTPRINTS)))
def test_a_footprint_is_of_a_fixture_that_there_is(fixture: str) -> None:
    assert fixture in OF_AN_ARTIFACTORY | OF_ANY_INDEX
