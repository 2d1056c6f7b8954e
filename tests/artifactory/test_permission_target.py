"""What a permission target says about one remote repository."""

from typing import Any

import pytest

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, PermissionTarget
from artifactory_conformance.artifactory.permission_target import granted_by


def target(**about: Any) -> PermissionTarget:
    return PermissionTarget.from_rest({"name": "installers", "repo": {"repositories": ["catalog"], **about}})


@pytest.mark.parametrize("named", ["catalog", "ANY", "ANY REMOTE"])
def test_a_remote_is_named_by_its_key_or_by_a_placeholder(named: str) -> None:
    assert target(repositories=["elsewhere", named]).names_remote("catalog")


@pytest.mark.parametrize("named", ["ANY LOCAL", "catalog-virtual", "Catalog"])
def test_another_key_does_not_name_the_remote(named: str) -> None:
    assert not target(repositories=[named]).names_remote("catalog")


@pytest.mark.parametrize("patterns", [[], ["**"], ["**/*"], ["numpy/**", "**"]])
def test_every_path_is_covered_by_two_stars_or_by_no_pattern(patterns: list[str]) -> None:
    assert target(**{"include-patterns": patterns}).covers_every_path


def test_a_narrow_pattern_or_an_exclusion_leaves_paths_out() -> None:
    assert not target(**{"include-patterns": ["**/*.whl"]}).covers_every_path
    assert not target(**{"include-patterns": ["**"], "exclude-patterns": [".pypi/**"]}).covers_every_path


def test_a_group_that_has_both_rights_is_somebody() -> None:
    assert target(actions={"groups": {"developers": ["write", "read"]}}).serves_somebody(READ, DEPLOY_CACHE)


def test_anonymous_and_two_halves_are_nobody() -> None:
    users = {"anonymous": ["read", "write"], "ada": ["read"], "grace": ["write"]}
    assert not target(actions={"users": users}).serves_somebody(READ, DEPLOY_CACHE)


def test_a_user_has_its_own_actions_and_those_of_its_groups() -> None:
    given = target(actions={"users": {"ada": ["read"]}, "groups": {"developers": ["write"], "others": ["delete"]}})
    assert given.grants("ada", ["developers", "unknown"]) == {READ, DEPLOY_CACHE}
    assert given.grants("grace", []) == frozenset()


def test_halves_of_several_targets_add_up() -> None:
    first = target(actions={"users": {"ada": ["read"]}, "groups": {"developers": ["write"]}})
    second = target(actions={"users": {"ada": ["write"]}, "groups": {"developers": ["read"]}})
    assert granted_by([first, second], "ada", []) == {READ, DEPLOY_CACHE}
    assert granted_by([first, second], "", ["developers"]) == {READ, DEPLOY_CACHE}
    assert granted_by([first, second], "grace", []) == granted_by([], "ada", []) == frozenset()
