"""Of several answers the median of their times counts."""

from __future__ import annotations

from artifactory_conformance.artifactory.latency import median_seconds


def test_median_is_of_as_many_answers_as_were_asked_for(session):
    asked = []
    taken = median_seconds(lambda: asked.append(1) or session.request("GET", "api/system/ping"), 3)
    assert len(asked) == 3
    assert 0 <= taken < 4
