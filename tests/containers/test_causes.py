"""The likely reason of a failed start, by last words that others have reported (admin 1.4, admin 2.2, admin 2.3)."""

from __future__ import annotations

import pytest

from artifactory_conformance.containers.causes import likely_reason
from artifactory_conformance.containers.engine import State


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("DB Type derby is not allowed: Cannot start the application with a database other than", "PostgreSQL"),
        ("Master key is missing", "1030"),
        ("java.io.IOException: No space left on device", "disk"),
        ("java.lang.OutOfMemoryError: Java heap space", "ARTIFACTORY_MEMORY"),
        ("error setting rlimit type 7: operation not permitted", "ulimits"),
        ("Bind for 127.0.0.1:8082 failed: port is already allocated", "ARTIFACTORY_PORT"),
        ("No license installed!", "ARTIFACTORY_LICENSE"),
    ],
)
def test_last_words_tell_the_reason(words: str, told: str) -> None:
    assert told in likely_reason(["something else", words])


@pytest.mark.parametrize("state", [State("exited", 137, False), State("exited", 1, True)])
def test_a_container_that_was_killed_lacked_memory(state: State) -> None:
    assert likely_reason(["starting"], state).startswith("memory")


def test_where_nothing_tells_no_reason_is_made_up() -> None:
    assert likely_reason(["starting", "bye"], State("exited", 1, False)) == ""
