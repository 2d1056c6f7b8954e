"""pyartifactory as it is published: what it makes, changes, lists and deletes, seen by it and by plain HTTP."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyartifactory import Artifactory
from pyartifactory.exception import (
    ArtifactNotFoundError,
    GroupNotFoundError,
    PermissionNotFoundError,
    RepositoryAlreadyExistsError,
    RepositoryNotFoundError,
    UserNotFoundError,
)
from pyartifactory.models import (
    Group,
    LocalRepository,
    NewUser,
    Permission,
    PermissionV2,
    RemoteRepository,
    User,
    VirtualRepository,
)
from pyartifactory.models.permission import PrincipalsPermission, PrincipalsPermissionV2, RepoV2

from artifactory_conformance.catalog import Organization
from artifactory_conformance.distributions import Distribution
from artifactory_conformance.targets import Target
from tests.third_parties.conftest import SECRET
from tests.third_parties.plain import SECONDS, Plain

Name = Callable[[str], str]


def client_of(plain: Plain, base: str = "", api_version: int = 1) -> Artifactory:
    """Make a client. base: where its paths begin, if not at the context."""
    auth = (plain.name, plain.password)
    return Artifactory(url=base or plain.base, auth=auth, api_version=api_version, timeout=SECONDS)


@pytest.fixture
def client(plain: Plain) -> Artifactory:
    return client_of(plain)


@pytest.fixture
def local(client: Artifactory, name: Name) -> str:
    """Give the key of a local repository that the client has made."""
    made = client.repositories.create_repo(LocalRepository(key=name("internal"), packageType="pypi"))
    return made.key


def remote_of(organization: Organization, key: str) -> RemoteRepository:
    return RemoteRepository(
        key=key,
        packageType="pypi",
        url=organization.url,
        pyPIRegistryUrl=organization.url,
        username=organization.user,
        password=organization.password,
        retrievalCachePeriodSecs=7200,
    )


def test_a_local_comes_changes_and_goes(client: Artifactory, plain: Plain, name: Name) -> None:
    key = name("internal")
    wanted = LocalRepository(key=key, packageType="pypi", description="ours", repoLayoutRef="simple-default")

    made = client.repositories.create_repo(wanted)
    assert (made.key, made.rclass, made.packageType, made.description) == (key, "local", "pypi", "ours")
    with pytest.raises(RepositoryAlreadyExistsError):
        client.repositories.create_repo(wanted)
    changed = client.repositories.update_repo(LocalRepository(key=key, description="theirs"))
    assert (changed.description, changed.packageType, changed.repoLayoutRef) == ("theirs", "pypi", "simple-default")
    shown = plain.json(f"repositories/{key}")
    assert (shown["rclass"], shown["packageType"], shown["description"]) == ("local", "pypi", "theirs")
    listed = {one.key: (one.type, one.packageType) for one in client.repositories.list()}
    assert listed[key] == ("LOCAL", "Pypi")

    client.repositories.delete(key)
    with pytest.raises(RepositoryNotFoundError):
        client.repositories.get_repo(key)
    assert plain.status(f"{key}/") == 404


def test_a_remote_that_it_made_proxies_the_catalog(
    client: Artifactory, plain: Plain, organization: Organization, name: Name
) -> None:
    wheel = organization.publish("example")
    key = name("catalog")

    made = client.repositories.create_repo(remote_of(organization, key))
    assert (made.rclass, made.packageType, made.url) == ("remote", "pypi", organization.url)
    assert made.pyPIRegistryUrl == organization.url
    assert made.password is not None
    assert made.password.get_secret_value() not in ("", organization.password)
    assert plain.json(f"repositories/{key}")["retrievalCachePeriodSecs"] == 7200
    assert wheel.filename in plain.ask(f"api/pypi/{key}/simple/example/").text
    listed = {one.key: (one.type, one.url) for one in client.repositories.list()}
    assert listed[key] == ("REMOTE", organization.url)

    changed = client.repositories.update_repo(RemoteRepository(key=key, url=organization.url, offline=True))
    assert changed.offline
    assert changed.retrievalCachePeriodSecs == 7200
    assert plain.json(f"repositories/{key}")["offline"] is True
    client.repositories.delete(key)
    assert plain.status(f"api/pypi/{key}/simple/example/") == 404


def test_a_virtual_that_it_made_joins_its_members(
    client: Artifactory, plain: Plain, organization: Organization, local: str, name: Name
) -> None:
    wheel = organization.publish("example")
    remote, key = name("catalog"), name("python")
    client.repositories.create_repo(remote_of(organization, remote))
    members = [local, remote]

    made = client.repositories.create_repo(
        VirtualRepository(key=key, packageType="pypi", repositories=members, defaultDeploymentRepo=local)
    )
    assert (made.rclass, made.repositories, made.defaultDeploymentRepo) == ("virtual", members, local)
    assert wheel.filename in plain.ask(f"api/pypi/{key}/simple/example/").text
    changed = client.repositories.update_repo(VirtualRepository(key=key, repositories=[local]))
    assert changed.repositories == [local]
    assert plain.json(f"repositories/{key}")["repositories"] == [local]
    assert plain.status(f"api/pypi/{key}/simple/example/") == 404
    assert {one.key: one.type for one in client.repositories.list()}[key] == "VIRTUAL"
    client.repositories.delete(key)
    assert key not in {one["key"] for one in plain.json("repositories")}
    assert plain.json(f"repositories/{local}")["key"] == local


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


def test_a_wheel_is_deployed_described_downloaded_and_deleted(
    client: Artifactory, plain: Plain, local: str, wheel: Distribution, wheel_file: Path, tmp_path: Path
) -> None:
    path = f"{local}/internal-thing/2.0/{wheel.filename}"

    deployed = client.artifacts.deploy(wheel_file, path)
    assert (deployed.size, deployed.checksums.sha256) == (len(wheel.content), wheel.sha256)
    assert deployed.createdBy == plain.name
    assert plain.sha256(path) == wheel.sha256
    properties = client.artifacts.properties(path).properties
    assert (properties["pypi.name"], properties["pypi.version"]) == (["internal-thing"], ["2.0"])
    files = {one.uri: one for one in client.artifacts.list(local).files}
    assert files[f"/internal-thing/2.0/{wheel.filename}"].sha2 == wheel.sha256
    assert files["/internal-thing"].folder
    (tmp_path / "fetched").mkdir()
    fetched = client.artifacts.download(f"{local}/internal-thing", str(tmp_path / "fetched"))
    assert (fetched / "2.0" / wheel.filename).read_bytes() == wheel.content

    client.artifacts.delete(path)
    with pytest.raises(ArtifactNotFoundError):
        client.artifacts.info(path)
    assert plain.status(path) == 404


def test_downloads_are_counted(client: Artifactory, plain: Plain, local: str, wheel_file: Path) -> None:
    path = f"{local}/{wheel_file.name}"
    client.artifacts.deploy(wheel_file, path)

    before = client.artifacts.stats(path)
    assert (before.downloadCount, before.lastDownloaded, before.lastDownloadedBy) == (0, 0, None)
    assert [plain.status(path), plain.status(path)] == [200, 200]
    after = client.artifacts.stats(path)
    assert (after.downloadCount, after.lastDownloadedBy) == (2, plain.name)
    assert after.lastDownloaded > client.artifacts.info(path).created.timestamp() * 1000 - 1


def test_a_wheel_is_deployed_by_its_checksum(
    client: Artifactory, plain: Plain, local: str, wheel: Distribution, wheel_file: Path
) -> None:
    with pytest.raises(ArtifactNotFoundError):
        client.artifacts.deploy(wheel_file, f"{local}/absent/{wheel.filename}", checksum_enabled=True)
    assert plain.status(f"{local}/absent/{wheel.filename}") == 404

    client.artifacts.deploy(wheel_file, f"{local}/one/{wheel.filename}")
    copied = client.artifacts.deploy(wheel_file, f"{local}/two/{wheel.filename}", checksum_enabled=True)
    assert copied.checksums.sha256 == wheel.sha256
    assert plain.sha256(f"{local}/two/{wheel.filename}") == wheel.sha256


def test_what_it_deployed_enters_the_index(
    client: Artifactory, plain: Plain, target: Target, local: str, wheel: Distribution, wheel_file: Path
) -> None:
    client.artifacts.deploy(wheel_file, f"{local}/internal-thing/2.0/{wheel.filename}")
    target.elapse(120)  # what was put by hand is indexed after a quiet minute (T-04)
    assert f"{wheel.filename}#sha256={wheel.sha256}" in plain.ask(f"api/pypi/{local}/simple/internal-thing/").text


def test_the_cache_of_a_remote_is_read_and_cleared(
    client: Artifactory, plain: Plain, organization: Organization, name: Name
) -> None:
    published = organization.publish("example")
    key = name("catalog")
    client.repositories.create_repo(remote_of(organization, key))
    page = plain.ask(f"api/pypi/{key}/simple/example/")
    href = page.text.partition('href="')[2].partition("#")[0]
    assert plain.ask(f"api/pypi/{key}/simple/example/{href}").status_code == 200

    files = [one.uri for one in client.artifacts.list(f"{key}-cache", list_folders=False).files]
    (stored,) = [uri for uri in files if uri.endswith(published.filename)]
    cached = client.artifacts.info(f"{key}-cache{stored}")
    assert cached.checksums.sha256 == published.sha256
    assert cached.remoteUrl.endswith(published.path)
    client.artifacts.delete(f"{key}-cache{stored}")
    with pytest.raises(ArtifactNotFoundError):
        client.artifacts.info(f"{key}-cache{stored}")
    assert plain.status(f"{key}-cache{stored}") == 404


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
