from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import RemoteRepository
from artifactory_conformance.checks import clause
from artifactory_conformance.limits import LIMITS


@clause("BEST-01", facts=("C-01", "C-02", "M-13", "row 65", "T21"))
def test_cache_periods_are_set_and_hide_no_release_for_long(
    site_remote: RemoteRepository, observe: Callable[[str, Any], None]
) -> None:
    """Both cache periods are set, none is 0, and a release stays hidden for a day at the longest."""
    configuration = site_remote.configuration()
    retrieval, missed = configuration["retrievalCachePeriodSecs"], configuration["missedRetrievalCachePeriodSecs"]
    observe("seconds for which a release can stay hidden", max(retrieval, missed))

    assert 0 < retrieval <= LIMITS.longest_hidden, f"Retrieval Cache Period is {retrieval} s"
    assert 0 < missed <= LIMITS.longest_hidden, f"Missed Retrieval Cache Period is {missed} s"
