"""A target whose certificate nobody vouches for: a matter of trust, said by name, and never "no such package"."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from artifactory_conformance.targets.authority import Authority
from tests.traps.instances import Instance
from tests.traps.project import GOOD, Project
from tests.traps.test_bad_targets import assert_not_shown


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def behind_it(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    with Instance(tmp_path_factory.mktemp("instance"), authority) as running:
        yield running


def test_an_unknown_authority_is_named_with_what_to_do(
    project: Project, workers: tuple[str, ...], behind_it: Instance
) -> None:
    project.write(GOOD)
    ended = project.run(*workers, environment=behind_it.environment)
    assert_not_shown(ended, "TLS failed", "not of an authority that is trusted here", "--ca-bundle")
    assert "No matching distribution" not in ended.output


def test_another_authority_does_not_help(project: Project, behind_it: Instance, tmp_path: Path) -> None:
    project.write(GOOD)
    other = Authority(tmp_path)
    ended = project.run(f"--ca-bundle={other.bundle}", environment=behind_it.environment)
    assert_not_shown(ended, "TLS failed", "--ca-bundle")


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_the_machines_own_trust_does_not_count(
    project: Project, behind_it: Instance, authority: Authority, name: str
) -> None:
    project.write(GOOD)
    ended = project.run(environment={**behind_it.environment, name: str(authority.bundle)})
    assert_not_shown(ended, "TLS failed", "--ca-bundle")


def test_the_right_authority_lets_the_run_judge(
    project: Project, workers: tuple[str, ...], behind_it: Instance, authority: Authority
) -> None:
    project.write(GOOD)
    ended = project.run(*workers, f"--ca-bundle={authority.bundle}", environment=behind_it.environment)
    assert ended.code == 0, ended.output
    assert ended.verdicts == {"good": "conformant"}
