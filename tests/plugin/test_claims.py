"""A thing is taken once in a run, whoever takes it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from artifactory_conformance.plugin.claims import Claims

NAMES = [f"example-{number}.0-py3-none-any.whl" for number in range(50)]


def test_a_thing_is_taken_once_in_all_processes_of_a_run(tmp_path: Path) -> None:
    one, other = Claims(tmp_path / "claims"), Claims(tmp_path / "claims")

    assert one.claim("a")
    assert not other.claim("a")
    assert not one.claim("a")
    assert other.claim("../b/\N{SNOWMAN}")


def test_runs_claim_apart(tmp_path: Path) -> None:
    assert Claims(tmp_path / "one").claim("a")
    assert Claims(tmp_path / "other").claim("a")


def test_of_many_that_claim_at_once_one_gets_each_thing(tmp_path: Path) -> None:
    def claimed(_number: int) -> list[str]:
        claims = Claims(tmp_path / "claims")
        return [name for name in NAMES if claims.claim(name)]

    with ThreadPoolExecutor(8) as several:
        taken = [name for names in several.map(claimed, range(8)) for name in names]

    assert sorted(taken) == sorted(NAMES)
