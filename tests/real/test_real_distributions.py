"""Distributions that other people built, fetched by real pip through the embedded target."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from artifactory_conformance.artifactory import Identity, RemoteRepository
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.targets import Connections, Target
from artifactory_conformance.verdicts import Level


@pytest.fixture
def user(connections: Connections, target: Target) -> Identity:
    assert target.user is not None
    return Identity(connections.to_target(target.base, target.user, Level.PULL))


@pytest.fixture
def remote(connections: Connections, target: Target) -> RemoteRepository:
    assert target.administrator is not None
    return RemoteRepository(target.site.remote, connections.to_target(target.base, target.administrator, Level.OBSERVE))


def sha256s(distributions: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in distributions.iterdir()}


def test_about_ten_distributions_of_each_kind_were_fetched(distributions: Path) -> None:
    names = [file.name for file in distributions.iterdir()]
    assert len(names) >= 10
    assert any(name.endswith("-none-any.whl") for name in names)
    assert any(re.search(r"-cp\d+-.*linux.*\.whl$", name) for name in names)
    assert any(name.endswith(".tar.gz") for name in names)


def test_wheels_with_extras_and_dependencies_install_and_are_cached(
    pip: Installer, user: Identity, remote: RemoteRepository, distributions: Path
) -> None:
    run = pip.install("requests[socks]", "markupsafe", "six", index_url=user.index_url_with_password(remote))

    assert run.ok, run.stderr
    installed = {found.name.lower() for found in run.distributions}
    assert {"requests", "pysocks", "urllib3", "certifi", "idna", "markupsafe", "six"} <= installed
    offered = set(sha256s(distributions).values())
    for found in run.distributions:
        assert found.url.startswith(user.index_url(remote).removesuffix("/simple"))
        assert found.sha256 in offered
        assert remote.cache.holds_file(found.url.rpartition("/")[2])
    assert pip.version_of("requests")


def test_a_real_sdist_builds_with_its_build_requirements_from_the_catalog(
    pip: Installer, user: Identity, remote: RemoteRepository
) -> None:
    run = pip.install("docopt", index_url=user.index_url_with_password(remote), sdists=True)

    assert run.ok, run.stderr
    assert run.distribution("docopt").url.endswith(".tar.gz")
    assert remote.cache.holds_page("setuptools")
    assert pip.version_of("docopt") == run.distribution("docopt").version


def test_every_file_of_every_page_has_the_bytes_that_were_fetched(
    user: Identity, remote: RemoteRepository, distributions: Path
) -> None:
    expected = sha256s(distributions)
    seen = {}
    for name in {re.split(r"-\d", filename)[0] for filename in expected}:
        for link in user.page(remote, name).links:
            if link.filename in expected:
                seen[link.filename] = (link.sha256, hashlib.sha256(user.fetch_ok(link).body).hexdigest())
    assert seen == {filename: (sha256, sha256) for filename, sha256 in expected.items()}
