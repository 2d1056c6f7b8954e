"""twine and poetry as they are published, at repositories that pyartifactory has made.

pip and uv install through remotes and virtuals in every run of the suite, and so does poetry where it is installed
(suites/clients, suites/virtual_repository); here it is.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from pyartifactory import Artifactory
from pyartifactory.models import LocalRepository, NewUser, Permission, RemoteRepository, VirtualRepository
from pyartifactory.models.permission import PrincipalsPermission

from artifactory_conformance.catalog import Organization
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.clients.poetry import Poetry
from artifactory_conformance.clients.twine import Twine
from artifactory_conformance.clients.uv import Uv
from artifactory_conformance.distributions import Distribution
from artifactory_conformance.targets import Connections, Target
from tests.third_parties.conftest import SECRET
from tests.third_parties.plain import SECONDS, Plain

LOCKS = Path(__file__).parents[2] / "requirements"


def locked(project: str) -> str:
    """Give the version that the lock names."""
    for file in (LOCKS / "check.txt", LOCKS / "third-parties.txt"):
        for line in file.read_text("utf-8").splitlines():
            if line.startswith(f"{project}=="):
                (only,) = Requirement(line.rstrip(" \\")).specifier
                return only.version
    raise LookupError(project)


@pytest.mark.parametrize("project", ["dohq-artifactory", "pip", "poetry", "pyartifactory", "twine", "uv"])
def test_a_client_is_as_it_was_published(project: str) -> None:
    """It is of the version whose hash the lock names, and no file of it differs from its own record."""
    found = distribution(project)
    recorded = [file for file in found.files or () if file.hash]

    assert found.version == locked(project)
    assert any(file.suffix == ".py" for file in recorded)
    for file in recorded:
        digest = urlsafe_b64encode(sha256(file.read_binary()).digest()).rstrip(b"=").decode()
        assert (file.hash.mode, file.hash.value) == ("sha256", digest), file


def test_what_twine_uploads_poetry_installs_with_what_the_catalog_has(
    plain: Plain,
    target: Target,
    connections: Connections,
    organization: Organization,
    wheel: Distribution,
    name: Callable[[str], str],
    tmp_path: Path,
) -> None:
    """Through one virtual: an internal wheel, and one of the catalog that it requires; so do pip and uv."""
    base = organization.publish("base", "2.0")
    client = Artifactory(url=plain.base, auth=(plain.name, plain.password), timeout=SECONDS)
    local, remote, virtual, joe = name("internal"), name("catalog"), name("python"), name("joe")
    client.repositories.create_repo(LocalRepository(key=local, packageType="pypi"))
    at_catalog = {"url": organization.url, "username": organization.user, "password": organization.password}
    registry = {"pyPIRegistryUrl": organization.url}
    client.repositories.create_repo(RemoteRepository(key=remote, packageType="pypi", **at_catalog, **registry))
    members = {"repositories": [local, remote], "defaultDeploymentRepo": local}
    client.repositories.create_repo(VirtualRepository(key=virtual, packageType="pypi", **members))
    client.users.create(NewUser(name=joe, email="joe@example.com", password=SECRET, groups=[]))
    grants = PrincipalsPermission(users={joe: ["r", "w"]})
    client.permissions.create(Permission(name=name("installs"), repositories=[local, remote], principals=grants))
    address = f"{plain.base}/api/pypi/{virtual}"
    clients = {"recorder": connections.recorder, "redactor": connections.redactor, "base": target.base}

    with Twine(tmp_path, **clients) as twine:
        run = twine.upload(wheel, repository_url=address, user=joe, password=SECRET)
    assert run.ok, run.said
    assert client.artifacts.info(f"{local}/internal-thing/2.0/{wheel.filename}").checksums.sha256 == wheel.sha256
    target.elapse(5)  # the newest version lists an upload after a moment (T-04)
    with Poetry(tmp_path, **clients) as poetry:
        run = poetry.lock_and_install("internal-thing", index_url=f"{address}/simple", user=joe, password=SECRET)
        assert run.ok, run.said
        assert poetry.installed() == {"internal-thing": "2.0", "base": "2.0"}
        assert {one.sha256 for one in run.distributions} == {wheel.sha256, base.sha256}
    with_password = f"{address}/simple".replace("://", f"://{joe}:{SECRET}@")
    with Installer(tmp_path, **clients) as pip:
        installed = pip.install("internal-thing", index_url=with_password)
        assert installed.ok, installed.stderr
        assert {one.sha256 for one in installed.distributions} == {wheel.sha256, base.sha256}
    with Uv(tmp_path, **clients) as uv:
        run = uv.sync("internal-thing", index_url=with_password)
        assert run.ok, run.said
        assert {one.sha256 for one in run.distributions} == {wheel.sha256, base.sha256}
    assert client.artifacts.list(f"{remote}-cache", list_folders=False).files
