"""dohq-artifactory as it is published: what it makes, changes, lists and deletes, seen by it and by plain HTTP."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from artifactory import ArtifactoryPath, walk
from dohq_artifactory import Group, PermissionTarget, RepositoryLocal, RepositoryRemote, RepositoryVirtual, User
from dohq_artifactory.exception import ArtifactoryException

from artifactory_conformance.catalog import Organization
from artifactory_conformance.distributions import Distribution
from tests.third_parties.conftest import SECRET
from tests.third_parties.plain import SECONDS, Plain

Name = Callable[[str], str]


@pytest.fixture
def top(plain: Plain) -> ArtifactoryPath:
    return ArtifactoryPath(plain.base, auth=(plain.name, plain.password), timeout=SECONDS)


@pytest.fixture
def local(top: ArtifactoryPath, name: Name) -> RepositoryLocal:
    made = RepositoryLocal(top, name("internal"), package_type=RepositoryLocal.PYPI, repo_layout_ref="simple-default")
    made.create()
    return made


def remote_of(top: ArtifactoryPath, organization: Organization, key: str) -> RepositoryRemote:
    """Give a remote; its form has no PyPI fields, and takes them as additional ones."""
    remote = RepositoryRemote(
        top, key, url=organization.url, package_type=RepositoryRemote.PYPI, repo_layout_ref="simple-default"
    )
    account = {"username": organization.user, "password": organization.password}
    remote.additional_params = {"pyPIRegistryUrl": organization.url, **account}
    return remote


def test_a_local_comes_changes_and_goes(top: ArtifactoryPath, plain: Plain, local: RepositoryLocal) -> None:
    key = local.name

    found = top.find_repository_local(key)
    assert (found.name, found.package_type, found.repo_layout_ref) == (key, "pypi", "simple-default")
    found.description = "theirs"
    found.update()
    shown = plain.json(f"repositories/{key}")
    assert (shown["rclass"], shown["packageType"], shown["description"]) == ("local", "pypi", "theirs")
    assert top.find_repository(key).description == "theirs"
    with pytest.raises(ArtifactoryException, match="already exists"):
        local.create()
    assert key in {one.name for one in top.get_repositories(lazy=True) if isinstance(one, RepositoryLocal)}

    local.delete()
    assert top.find_repository_local(key) is None
    assert plain.status(f"{key}/") == 404


def test_a_remote_that_it_made_proxies_the_catalog(
    top: ArtifactoryPath, plain: Plain, organization: Organization, name: Name
) -> None:
    wheel = organization.publish("example")
    remote = remote_of(top, organization, name("catalog"))

    remote.create()
    found = top.find_repository_remote(remote.name)
    assert (found.name, found.package_type, found.url) == (remote.name, "pypi", organization.url)
    assert found.raw["pyPIRegistryUrl"] == organization.url
    assert found.raw["password"] not in ("", organization.password)
    assert wheel.filename in plain.ask(f"api/pypi/{remote.name}/simple/example/").text
    assert remote.name in {one.name for one in top.get_repositories(lazy=True) if isinstance(one, RepositoryRemote)}
    remote.delete()
    assert top.find_repository_remote(remote.name) is None
    assert plain.status(f"api/pypi/{remote.name}/simple/example/") == 404


def test_a_virtual_that_it_made_joins_its_members(
    top: ArtifactoryPath, plain: Plain, organization: Organization, local: RepositoryLocal, name: Name
) -> None:
    wheel = organization.publish("example")
    remote = remote_of(top, organization, name("catalog"))
    remote.create()

    virtual = RepositoryVirtual(
        top,
        name("python"),
        [local, remote],
        package_type=RepositoryVirtual.PYPI,
        default_deployment_repo_name=local.name,
    )
    virtual.create()
    found = top.find_repository_virtual(virtual.name)
    assert [one.name for one in found.repositories] == [local.name, remote.name]
    assert (found.package_type, found.default_deployment_repo_name) == ("pypi", local.name)
    assert wheel.filename in plain.ask(f"api/pypi/{virtual.name}/simple/example/").text
    found.remove_repository(remote)
    found.update()
    assert plain.json(f"repositories/{virtual.name}")["repositories"] == [local.name]
    assert plain.status(f"api/pypi/{virtual.name}/simple/example/") == 404
    assert virtual.name in {one.name for one in top.get_repositories(lazy=True) if isinstance(one, RepositoryVirtual)}
    virtual.delete()
    assert virtual.name not in {one["key"] for one in plain.json("repositories")}


def test_users_and_groups_come_change_and_go(top: ArtifactoryPath, plain: Plain, name: Name) -> None:
    team = Group(top, name("team"))
    joe = User(top, name("joe"), email="joe@example.com", password=SECRET, profile_updatable=False)
    team.create()
    joe.add_to_group(team)
    joe.create()

    found = top.find_user(joe.name)
    assert (found.email, found.admin, found.profile_updatable) == ("joe@example.com", False, False)
    assert [one.name for one in found.groups] == [team.name]
    assert plain.as_account(joe.name, SECRET).status("api/repositories") == 200
    assert plain.json(f"security/groups/{team.name}")["userNames"] == [joe.name]
    assert joe.name in {one.name for one in top.get_users(lazy=True)}
    assert team.name in team.list()
    team.description = "installs"
    team.update()
    assert top.find_group(team.name).description == "installs"
    joe.remove_from_group(team)
    joe.update()
    assert plain.json(f"security/users/{joe.name}")["groups"] == []

    joe.delete()
    team.delete()
    assert (top.find_user(joe.name), top.find_group(team.name)) == (None, None)
    assert plain.as_account(joe.name, SECRET).status("api/repositories") == 401
    assert team.name not in {one["name"] for one in plain.json("security/groups")}


def test_a_permission_target_comes_is_in_force_and_goes(
    top: ArtifactoryPath, plain: Plain, local: RepositoryLocal, wheel_file: Path, name: Name
) -> None:
    joe = User(top, name("joe"), email="joe@example.com", password=SECRET)
    joe.create()
    joe.groups = []
    joe.update()  # out of what a new user has joined
    local.path.joinpath(wheel_file.name).deploy_file(wheel_file)
    path, reader = f"{local.name}/{wheel_file.name}", plain.as_account(joe.name, SECRET)
    assert reader.status(path) == 403

    target = PermissionTarget(top, name("installs"), repositories=[local], excludes_pattern="secret/**,other/**")
    target.add_user(joe, PermissionTarget.ROLE_DEPLOY)
    target.create()
    found = top.find_permission_target(target.name)
    assert [one.name for one in found.repositories] == [local.name]
    assert (found.includesPattern, found.excludesPattern) == ("**", "secret/**,other/**")
    ((user, letters),) = found.users.items()
    assert (user.name, set(letters)) == (joe.name, {"w", "n", "r"})
    assert reader.status(path) == 200
    actions = plain.json(f"v2/security/permissions/{target.name}")["repo"]["actions"]
    assert actions == {"users": {joe.name: ["annotate", "read", "write"]}, "groups": {}}
    assert target.name in {one.name for one in top.get_permissions(lazy=True)}

    target.delete()
    assert top.find_permission_target(target.name) is None
    assert reader.status(path) == 403


def test_a_wheel_is_deployed_described_downloaded_and_deleted(
    plain: Plain, local: RepositoryLocal, wheel: Distribution, wheel_file: Path, tmp_path: Path
) -> None:
    path = local.path / "internal-thing" / "2.0" / wheel.filename
    inside = f"{local.name}/internal-thing/2.0/{wheel.filename}"
    assert not path.exists()

    path.deploy_file(wheel_file)
    stat = path.stat()
    assert (stat.size, stat.sha256, stat.is_dir) == (len(wheel.content), wheel.sha256, False)
    assert (stat.created_by, stat.repo) == (plain.name, local.name)
    assert plain.sha256(inside) == wheel.sha256
    assert path.properties["pypi.version"] == ["2.0"]
    assert [one.name for one in local.path] == ["internal-thing"]
    assert [files for _, _, files in walk(local.path)] == [[], [], [wheel.filename]]
    assert [str(one) for one in local.path.glob("**/*.whl")] == [str(path)]
    path.writeto(tmp_path / "fetched", progress_func=None)
    assert hashlib.sha256((tmp_path / "fetched").read_bytes()).hexdigest() == wheel.sha256
    assert (path.download_stats().download_count, path.download_stats().last_downloaded_by) == (2, plain.name)

    path.unlink()
    assert not path.exists()
    assert plain.status(inside) == 404


def test_a_checksum_that_does_not_hold_is_refused(
    plain: Plain, local: RepositoryLocal, wheel: Distribution, wheel_file: Path
) -> None:
    path = local.path / wheel.filename
    wrong = hashlib.sha256(b"something else").hexdigest()

    with wheel_file.open("rb") as opened, pytest.raises(ArtifactoryException, match="Checksum"):
        path.deploy(opened, sha256=wrong)
    assert plain.status(f"{local.name}/{wheel.filename}") == 404


def test_a_wheel_is_deployed_by_its_checksum(
    plain: Plain, local: RepositoryLocal, wheel: Distribution, wheel_file: Path
) -> None:
    copied = local.path / "two" / wheel.filename

    with pytest.raises(ArtifactoryException):
        copied.deploy_by_checksum(sha256=wheel.sha256)
    assert plain.status(f"{local.name}/two/{wheel.filename}") == 404
    (local.path / "one" / wheel.filename).deploy_file(wheel_file)
    copied.deploy_by_checksum(sha256=wheel.sha256)
    assert plain.sha256(f"{local.name}/two/{wheel.filename}") == wheel.sha256


def test_a_folder_is_removed_with_what_is_in_it(
    plain: Plain, local: RepositoryLocal, wheel: Distribution, wheel_file: Path
) -> None:
    (local.path / "one" / wheel.filename).deploy_file(wheel_file)
    (local.path / "two" / wheel.filename).deploy_file(wheel_file)

    (local.path / "one").rmdir()
    assert [one.name for one in local.path] == ["two"]
    assert plain.status(f"{local.name}/one/{wheel.filename}") == 404
    assert plain.sha256(f"{local.name}/two/{wheel.filename}") == wheel.sha256
