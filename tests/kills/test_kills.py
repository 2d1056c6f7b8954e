"""A sample of `make kills`: every write of one check, and random moments."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.kills.killing import Killing, Moment, random_moments
from tests.kills.page import PAGE
from tests.kills.world import World, differences

MOMENTS = (Moment("before", 1), Moment("after", 1), Moment("before", 9), Moment("after", 16), Moment("before", 23))
SEED = 11


@pytest.fixture(scope="module")
def killing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killing]:
    folder = tmp_path_factory.mktemp("kills")
    with World(folder) as world:
        yield Killing(world, folder)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("moment", [*MOMENTS, *random_moments(2, 30, SEED)], ids=str)
def test_nothing_is_left_and_nothing_else_touched(killing: Killing, moment: Moment) -> None:
    killed = killing.kill(moment)
    assert not killed.problems
    if moment.when == "random":  # it may come when everything is removed already
        return
    assert killed.was_at_work
    if moment.write > 1:
        assert killed.left, "the trap is not set: the kill has left nothing"
        assert killed.removed


def test_what_is_left_gone_and_changed_is_told() -> None:
    before = {"users": {"a": {"groups": []}, "b": {}}, "now": 1}
    after = {"users": {"a": {"groups": ["x"]}, "c": {}}, "now": 1}
    assert differences(before, after) == ["changed: /users/a/groups: [] -> ['x']", "gone: /users/b", "left: /users/c"]
    assert differences(before, before) == []


def test_the_page_tells_of_all_kills_and_none_left_anything() -> None:
    figures = PAGE.read_text("utf-8").partition("\n## Figures\n")[2]
    assert "otherwise than before the run in 0 cases" in figures
