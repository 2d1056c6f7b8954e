"""A storage summary is read as far as it is told."""

from __future__ import annotations

import json

import pytest

from artifactory_conformance.artifactory import Usage
from tests.evidence.raw_server import answer, says


@pytest.mark.parametrize(
    ("summary", "used", "share"),
    [
        (
            {
                "fileStoreSummary": {"usedSpace": "1 GB (5%)"},
                "repositoriesSummaryList": [{"repoKey": "k-cache", "usedSpace": "1 MB"}],
            },
            "1 GB (5%)",
            "1 MB",
        ),
        ({"fileStoreSummary": None, "repositoriesSummaryList": [{"repoKey": "other"}]}, "", ""),
        ({}, "", ""),
    ],
)
def test_summary_is_read_as_far_as_it_is_told(server, session, summary: dict[str, object], used: str, share: str):
    server.reply = says(answer(200, json.dumps(summary).encode(), "Content-Type: application/json"))
    usage = Usage.read(session)
    assert (usage.used, usage.used_by("k-cache")) == (used, share)
