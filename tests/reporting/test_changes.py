"""What differs between two runs, and what only looks so."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.reporting.changes import Kind, changes
from artifactory_conformance.reporting.steady import steady
from artifactory_conformance.verdicts import Verdict
from tests.nightly.made import check, results

VERDICTS = st.sampled_from([verdict.value for verdict in Verdict])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(st.lists(st.tuples(VERDICTS, st.dictionaries(st.text(), VALUES, max_size=3)), max_size=4))
def test_a_run_does_not_differ_from_itself(checks: list[tuple[str, dict[str, Any]]]) -> None:
    found = results(
        *(check(f"c{at}", verdict, observations=values) for at, (verdict, values) in enumerate(checks)),
        clauses={f"X-{at}": verdict for at, (verdict, _) in enumerate(checks)},
    )
    assert not changes(found, found)


@given(VERDICTS, VERDICTS)
def test_every_other_verdict_is_told_once(before: str, now: str) -> None:
    found = changes(
        results(check("c", before), clauses={"X-1": before}), results(check("c", now), clauses={"X-1": now})
    )
    assert len(found.checks) == len(found.clauses) == (before != now)
    assert sum(len(found.of_kind(kind)) for kind in Kind) == len(found.checks)
    if before != now:
        assert (found.checks[0].before, found.checks[0].now) == (before, now)
        assert found.checks[0].about == ("REMOTE-01", "C-03")


@pytest.mark.parametrize(
    ("before", "now", "kind"),
    [
        ("conformant", "nonconformant", Kind.FAILING),
        (None, "nonconformant", Kind.FAILING),
        ("inconclusive", "nonconformant", Kind.FAILING),
        ("nonconformant", "conformant", Kind.PASSING),
        ("inconclusive", "conformant", Kind.PASSING),
        ("warning", "conformant", Kind.PASSING),
        (None, "conformant", Kind.OTHER),
        ("not applicable", "conformant", Kind.OTHER),
        ("conformant", "warning", Kind.OTHER),
        ("conformant", "inconclusive", Kind.SILENT),
        ("observed", "not run", Kind.SILENT),
        ("nonconformant", None, Kind.SILENT),
        ("not run", "blocked", Kind.OTHER),
    ],
)
def test_a_changed_verdict_means_something(before: str | None, now: str | None, kind: Kind) -> None:
    old, new = (results(*([check("c", verdict)] if verdict else [])) for verdict in (before, now))
    (change,) = changes(old, new).checks
    assert change.kind is kind


OWN = {
    "address": "302 http://127.0.0.1:{port}/artifactory",
    "host of a container": "http://catalog:{port}/x",
    "name": "acs-{hex6}-{small}w{small}-remote-cache/.pypi/x.html",
    "project": "new-{hex12}, new_{hex12}-1.0-py3-none-any.whl",
    "uuid": "GET /{uuid}/pypi/",
    "digest": "{hex12}{hex12}{hex12}",
    "tag of a page": "-{port}{port}",
    "node": "{hex12}:{hex6}ab:{hex12}:-8000",
    "date": "Sun, 13 Sep 2026 12:36:{two} GMT",
    "time": "2026-09-13T12:36:40.{port}Z",
    "folder": "/work/{hex12}/.scratch/{hex6}-1/home",
}


@given(st.sampled_from(sorted(OWN)), st.randoms(use_true_random=False), st.randoms(use_true_random=False))
def test_what_a_run_has_of_its_own_is_no_difference(form: str, one: Any, other: Any) -> None:
    def of(random: Any) -> str:
        digits = f"{random.getrandbits(48):012x}"
        return OWN[form].format(
            port=random.randrange(1024, 65536),
            hex6=digits[:6],
            hex12=digits,
            small=random.randrange(10),
            two=random.randrange(10, 60),
            uuid=uuid.UUID(int=random.getrandbits(128)),
        )

    assert steady(of(one)) == steady(of(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (404, 403),
        ("404", "403"),
        ("10", "11"),
        (True, None),
        ("http://catalog:8990/simple", "http://catalog:8990/packages"),
        ("https://example.com/a", "https://example.org/a"),
        (["a", "b"], ["b", "a"]),
        ("7.146.17", "7.146.18"),
        ("wheel-1.0.whl", "wheel-1.1.whl"),
        ({"status": 1}, {"state": 1}),
    ],
)
def test_what_an_artifactory_decides_is_one(one: Any, other: Any) -> None:
    assert steady(one) != steady(other)
    found = changes(*(results(check("c", "observed", observations={"v": value})) for value in (one, other)))
    assert [(change.what, change.name) for change in found.observed] == [("c", "v")]


def test_what_one_run_alone_observed_is_told_by_the_verdict() -> None:
    silent, observed = check("c", "not run", evidence=0), check("c", "observed", observations={"v": 1})
    found = changes(results(silent), results(observed))
    assert found.observed == ()
    assert len(found.checks) == 1
