"""pyartifactory as it is published: users, groups, permission targets and tokens, seen by it and by plain HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyartifactory import Artifactory
from pyartifactory.exception import GroupNotFoundError, PermissionNotFoundError, UserNotFoundError
from pyartifactory.models import Group, NewUser, Permission, PermissionV2, User
from pyartifactory.models.permission import PrincipalsPermission, PrincipalsPermissionV2, RepoV2

from tests.third_parties.conftest import SECRET
from tests.third_parties.plain import SECONDS, Plain
from tests.third_parties.pyartifactory_client import Name, client_of, made_local


@pytest.fixture
def client(plain: Plain) -> Artifactory:
    return client_of(plain)


@pytest.fixture
def local(client: Artifactory, name: Name) -> str:
    return made_local(client, name("internal"))


def test_a_user_comes_changes_and_goes(client: Artifactory, plain: Plain, name: Name) -> None:
    joe = name("joe")
    wanted = NewUser(name=joe, email="joe@example.com", password=SECRET, groups=[], profileUpdatable=False)

    made = client.users.create(wanted)
    assert (made.name, made.email, made.admin, made.groups) == (joe, "joe@example.com", False, [])
    assert made.profileUpdatable is False
    assert plain.as_account(joe, SECRET).status("api/repositories") == 200
    assert joe in {one.name for one in client.users.list()}
    changed = client.users.update(User(name=joe, email="joe@example.org", disableUIAccess=True, admin=True))
    assert (changed.email, changed.disableUIAccess, changed.admin) == ("joe@example.org", True, True)
    shown = plain.as_account(joe, SECRET).json(f"security/users/{joe}")
    assert (shown["email"], shown["disableUIAccess"], shown["admin"]) == ("joe@example.org", True, True)

    client.users.delete(joe)
    with pytest.raises(UserNotFoundError):
        client.users.get(joe)
    assert plain.as_account(joe, SECRET).status("api/repositories") == 401


def test_a_group_comes_changes_and_goes(client: Artifactory, plain: Plain, name: Name) -> None:
    joe, team = name("joe"), name("team")
    client.users.create(NewUser(name=joe, email="joe@example.com", password=SECRET, groups=[]))

    made = client.groups.create(Group(name=team))
    assert (made.name, made.description, made.userNames) == (team, "", [])
    changed = client.groups.update(Group(name=team, description="installs", userNames=[joe]))
    assert (changed.description, changed.userNames) == ("installs", [joe])
    assert plain.json(f"security/users/{joe}")["groups"] == [team]
    assert team in {one.name for one in client.groups.list()}

    client.groups.delete(team)
    with pytest.raises(GroupNotFoundError):
        client.groups.get(team)
    assert plain.json(f"security/users/{joe}")["groups"] == []
    assert team not in {one["name"] for one in plain.json("security/groups")}


def grants(
    api_version: int, name: str, key: str, users: dict[str, list[str]], groups: dict[str, list[str]]
) -> Permission | PermissionV2:
    """Give a permission target; actions are the letters of version 1."""
    if api_version == 1:
        principals = PrincipalsPermission(users=users, groups=groups)
        return Permission(name=name, repositories=[key], principals=principals)
    words = {"r": "read", "w": "write"}
    spelt = [{who: [words[one] for one in letters] for who, letters in kind.items()} for kind in (users, groups)]
    actions = PrincipalsPermissionV2(users=spelt[0], groups=spelt[1])
    return PermissionV2(name=name, repo=RepoV2(repositories=[key], actions=actions))


def told(made: Permission | PermissionV2) -> tuple[list[str], PrincipalsPermission | PrincipalsPermissionV2]:
    """Give what a permission target grants to whom, and where."""
    if isinstance(made, Permission):
        return made.repositories, made.principals
    assert made.repo is not None
    return made.repo.repositories, made.repo.actions


@pytest.mark.parametrize("api_version", [1, 2])
def test_a_permission_target_comes_is_in_force_and_goes(
    api_version: int, plain: Plain, local: str, wheel_file: Path, name: Name
) -> None:
    client = client_of(plain, api_version=api_version)
    joe, ann, team, target = name("joe"), name("ann"), name("team"), name("installs")
    client.groups.create(Group(name=team))
    for who, groups in ((joe, []), (ann, [team])):
        client.users.create(NewUser(name=who, email="one@example.com", password=SECRET, groups=groups))
    path = f"{local}/{wheel_file.name}"
    client.artifacts.deploy(wheel_file, path)
    reading = [plain.as_account(who, SECRET) for who in (joe, ann)]
    assert [one.status(path) for one in reading] == [403, 403]

    wanted = grants(api_version, target, local, {joe: ["r", "w"]}, {team: ["r"]})
    assert told(client.permissions.create(wanted)) == told(wanted)
    assert [one.status(path) for one in reading] == [200, 200]
    actions = plain.json(f"v2/security/permissions/{target}")["repo"]["actions"]
    assert actions == {"users": {joe: ["read", "write"]}, "groups": {team: ["read"]}}
    assert target in {one.name for one in client.permissions.list()}
    client.permissions.update(grants(api_version, target, local, {}, {team: ["r"]}))
    assert [one.status(path) for one in reading] == [403, 200]

    client.permissions.delete(target)
    with pytest.raises(PermissionNotFoundError):
        client.permissions.get(target)
    assert [one.status(path) for one in reading] == [403, 403]
    assert plain.status(f"api/v2/security/permissions/{target}") == 404


def test_a_token_that_it_made_serves_until_it_is_revoked(plain: Plain, local: str, name: Name) -> None:
    platform = client_of(plain, plain.base.removesuffix("/artifactory"))
    joe = name("joe")
    client_of(plain).users.create(NewUser(name=joe, email="joe@example.com", password=SECRET, admin=True))

    made = platform.security.create_access_token(user_name=joe, expires_in=600)
    assert (made.scope, made.token_type, made.expires_in) == ("applied-permissions/user", "Bearer", 600)
    by_token = Artifactory(url=plain.base, access_token=made.access_token, timeout=SECONDS)
    assert by_token.repositories.get_repo(local).key == local
    assert plain.as_account(joe, made.access_token).status(f"{local}/") == 200

    assert platform.security.revoke_access_token(made.access_token)
    assert plain.as_account(joe, made.access_token).status(f"{local}/") == 401
