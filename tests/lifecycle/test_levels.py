"""What a run leaves on somebody's instance, level by level: nothing, what caches hold, and nothing of what it made."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from artifactory_conformance.evidence import AboveLevel
from artifactory_conformance.verdicts import Level
from tests.lifecycle.given_site import GivenSite
from tests.traps.project import Ended

SECONDS = 600.0
"""Of one run; the longest takes a minute where nothing else runs."""

WITHOUT_CLIENTS = ("suites/best_practices", "suites/package_access", "suites/remote_repository", "suites/isolation")
"""Folders of checks at all levels that start no client, for which a test need not wait."""
SOME_LABS = (
    "suites/best_practices",
    "suites/permissions/test_read.py",
    "suites/permissions/test_without_credentials.py",
)


JUDGED = {"conformant", "nonconformant", "warning", "observed"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[GivenSite]:
    with GivenSite(tmp_path) as given:
        yield given


def levels_that_ran(ended: Ended) -> set[str]:
    return {check["level"] for check in ended.results["checks"] if check["verdict"] in JUDGED}


def counted(ended: Ended) -> Counter[str]:
    return Counter(check["verdict"] for check in ended.results["checks"])


def test_observe_changes_nothing_and_the_catalog_is_not_asked(site: GivenSite, tmp_path: Path) -> None:
    before = site.look()
    ended = site.run(tmp_path / "run", environment=site.settings(Level.OBSERVE), seconds=SECONDS)
    after = site.look()

    assert levels_that_ran(ended) == {"observe"}, ended.output
    assert counted(ended)["conformant"] > 20, ended.output
    assert not {"inconclusive", "nonconformant"} & set(counted(ended)), ended.output
    assert after == before
    assert after.asked == before.asked


def test_pull_fills_caches_and_changes_nothing_else(site: GivenSite, tmp_path: Path) -> None:
    before = site.look()
    ended = site.run(tmp_path / "run", *WITHOUT_CLIENTS, environment=site.settings(Level.PULL), seconds=SECONDS)
    after = site.look()

    assert levels_that_ran(ended) == {"observe", "pull"}, ended.output
    assert counted(ended)["conformant"] > 30, ended.output
    assert not {"inconclusive", "nonconformant"} & set(counted(ended)), ended.output
    assert after.without_caches() == before.without_caches()
    for key, files in before.content.items():
        assert files.items() <= after.content[key].items(), "what was cached is still there, as it was"
    more = after.asked[len(before.asked) :]
    assert more
    assert {asked.partition(" ")[0] for asked in more} <= {"GET", "HEAD"}


def test_mutate_leaves_all_as_it_was_but_for_caches(site: GivenSite, tmp_path: Path) -> None:
    before = site.look()
    ended = site.run(tmp_path / "run", *SOME_LABS, environment=site.settings(Level.MUTATE), seconds=SECONDS)
    after = site.look()

    assert "mutate" in levels_that_ran(ended), ended.output
    made = [json.loads(line) for line in (tmp_path / "run/reports/evidence.jsonl").read_text("utf-8").splitlines()]
    assert any(item.get("method") == "PUT" and "acs-" in item.get("url", "") for item in made), "the trap is not set"
    assert after.without_caches() == before.without_caches()


WRITES = (
    ("PUT", "api/repositories/acs-tried"),
    ("DELETE", "activestate-platform-cache/.pypi/curated-example.html"),
    ("POST", "api/pypi/internal-pypi/"),
    ("POST", "api/storageinfo/calculate"),
)
FILLS = (
    ("GET", "api/pypi/activestate-platform/simple/curated-part/"),
    ("HEAD", "api/pypi/activestate-platform/simple/curated-part/"),
    ("GET", "activestate-virtual/curated_part-1.0-py3-none-any.whl"),
    ("GET", "api/storage/../pypi/activestate-platform/simple/curated-part/"),
)


def test_a_session_sends_nothing_above_its_level_whoever_asks(site: GivenSite) -> None:
    """As an administrator, who may do all of it: the session itself refuses."""
    before = site.look()
    for level, tried in ((Level.OBSERVE, (*FILLS, *WRITES)), (Level.PULL, WRITES)):
        session = site.session(level)
        for method, path in tried:
            with pytest.raises(AboveLevel, match=f"this run is at {level.value}"):
                session.request(method, path)
    after = site.look()
    assert after == before
    assert after.asked == before.asked
