"""pyartifactory as it is published: repositories and what is stored in them, seen by it and by plain HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyartifactory import Artifactory
from pyartifactory.exception import ArtifactNotFoundError, RepositoryAlreadyExistsError, RepositoryNotFoundError
from pyartifactory.models import LocalRepository, RemoteRepository, VirtualRepository

from artifactory_conformance.catalog import Organization
from artifactory_conformance.distributions import Distribution
from artifactory_conformance.targets import Target
from tests.third_parties.plain import Plain
from tests.third_parties.pyartifactory_client import Name, client_of, made_local, remote_of


@pytest.fixture
def client(plain: Plain) -> Artifactory:
    return client_of(plain)


@pytest.fixture
def local(client: Artifactory, name: Name) -> str:
    return made_local(client, name("internal"))


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
