"""Editions and versions that a check has no subject on: told as such, and never a clean run by that alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.traps.instances import Instance, as_instance, server_of
from tests.traps.project import FLOOR, GOOD, Project, check
from tests.traps.test_bad_targets import assert_not_shown

ASKS = "assert site_user.get(VERSION).status == 200"


def test_edition_without_pypi_is_not_shown_rather_than_clean(project: Project, workers: tuple[str, ...]) -> None:
    project.write(check("here", ASKS, fixtures="site_user, site"), check("anywhere", ASKS, clauses='"REMOTE-03"'))
    ended = project.run(*workers, "--model-profile", "oss")
    assert ended.code == 6, ended.output
    assert ended.verdicts == {"here": "not applicable edition", "anywhere": "conformant"}
    assert ended.results["why"].startswith("PyPI not shown: edition")
    assert "exit code 6: PyPI not shown: edition" in ended.output
    unjudged = len(set(FLOOR.split(", ")) - {'"REMOTE-03"'})
    adds = f"a licence would add 1 check, and verdicts on {unjudged} clauses: play another profile by --model-profile"
    assert ended.results["notes"] == [adds]
    assert f"note: {adds}" in ended.output


def test_check_of_other_versions_is_not_applicable(project: Project, instance: Instance) -> None:
    project.write(
        check("newer", ASKS, more=', since="7.90"'),
        check("older", ASKS, more=', before="7.84.17"'),
        check("from_this_on", ASKS, more=', since="7.84.17"'),
        check("between", ASKS, more=', since="7.84", before="7.85"'),
    )
    ended = project.run(environment=instance.environment)
    assert ended.verdicts == {
        "newer": "not applicable version",
        "older": "not applicable version",
        "from_this_on": "conformant",
        "between": "conformant",
    }
    assert ended.code == 0, ended.output


def test_check_of_who_gives_no_credentials_is_not_applicable_where_anybody_is_let_in(
    project: Project, instance: Instance, tmp_path: Path
) -> None:
    """An instance may let everybody in: what holds of closed ones has no subject there, and the guide asks for none."""
    project.write(GOOD, check("closed", ASKS, fixtures="anonymous_access_off, site_user"))
    closed = project.run(environment=instance.administered)
    assert closed.verdicts == {"good": "conformant", "closed": "conformant"}, closed.output
    with Instance(tmp_path) as open_:
        open_.let_anybody_in()
        ended = project.run(environment=open_.administered)
    assert ended.verdicts == {"good": "conformant", "closed": "not applicable anonymous-access"}, ended.output
    assert ended.code == closed.code, ended.output


def test_clause_of_other_versions_only_is_missing_where_it_is_required(project: Project, instance: Instance) -> None:
    project.write(GOOD, check("newer", ASKS, clauses='"REMOTE-04"', more=', since="7.90"'))
    ended = project.run("--require", "REMOTE-04", environment=instance.environment)
    assert ended.code == 6, ended.output
    assert ended.results["why"] == "no verdict on what a run like this must show: REMOTE-04"


def test_check_that_stands_on_facts_alone_is_judged_like_one_of_a_clause(project: Project, instance: Instance) -> None:
    failing = check("relied_on", ASKS.replace("200", "404"), clauses="", more='facts=("B-09",)')
    project.write(GOOD, failing)
    ended = project.run(environment=instance.environment)
    assert ended.code == 1, ended.output
    assert ended.verdicts == {"good": "conformant", "relied_on": "nonconformant claim-failed"}
    assert "B-09" in ended.output
    assert ended.results["why"] == "not what clients rely on: traps.relied_on"


def of_versions() -> tuple[str, str]:
    """A check of newer versions only, and one of older ones only."""
    newer = check("newer", ASKS, clauses='"REMOTE-03"', more=', since="7.90"')
    older = check("older", ASKS, clauses='"REMOTE-04"', more=', before="7.84"')
    return newer, older


@pytest.mark.parametrize("version", ["x", "latest", "v7.84.17"])
def test_version_that_is_none_makes_no_check_inapplicable(project: Project, version: str) -> None:
    """What is known of some versions alone goes by the number: without one the target cannot be judged."""
    project.write(GOOD, *of_versions())
    with server_of(version) as server:
        assert_not_shown(project.run(environment=as_instance(server.url)), "is no Artifactory", version)


def test_version_of_which_half_is_told_leaves_open_what_needs_the_rest(project: Project) -> None:
    """It is neither older nor newer than a version that it does not tell from others: such checks show nothing."""
    project.write(GOOD, *of_versions())
    with server_of("7.x-SNAPSHOT") as server:
        ended = project.run(environment=as_instance(server.url))
    unclear = "inconclusive version-unclear"
    assert ended.verdicts == {"good": "conformant", "newer": unclear, "older": unclear}, ended.output
    assert ended.code == 6, ended.output
    assert ended.results["why"] == "not shown either way: traps.newer, traps.older"
    assert "7.x-SNAPSHOT does not say whether it is from 7.90 on" in ended.output
