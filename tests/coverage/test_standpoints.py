"""From where a clause can be judged, and why not from elsewhere."""

from __future__ import annotations

from itertools import pairwise

from artifactory_conformance.coverage.standpoints import STANDPOINTS
from artifactory_conformance.verdicts import Reason
from tests.coverage.made import made

POINTS = {point.name: point for point in STANDPOINTS}
LAB = made("a.lab", needs=(Reason.NEEDS_MUTATE, Reason.NEEDS_ADMIN, Reason.NEEDS_CATALOG))
READ = made("a.read", needs=(Reason.NEEDS_ADMIN,))
LOGS = made("a.logs", needs=(Reason.NEEDS_PULL, Reason.NEEDS_SERVER_ACCESS))


def test_one_check_that_runs_is_enough():
    assert POINTS["administrator"].not_run([LAB, READ]) == ()
    assert POINTS["user"].not_run([LAB, READ]) == (Reason.NEEDS_MUTATE, Reason.NEEDS_ADMIN)


def test_a_reason_is_the_first_that_gating_would_give():
    assert POINTS["user"].not_run([LAB]) == (Reason.NEEDS_MUTATE,)
    assert POINTS["mutating"].not_run([LAB]) == (Reason.NEEDS_CATALOG,)
    assert POINTS["disposable"].not_run([LAB]) == ()


def test_only_the_model_gives_everything():
    assert [name for name, point in POINTS.items() if not point.not_run([LOGS])] == ["embedded"]


def test_later_standpoints_give_more():
    ascending = [POINTS[name].gives for name in ("user", "administrator", "mutating", "disposable", "embedded")]
    assert all(less < more for less, more in pairwise(ascending))
