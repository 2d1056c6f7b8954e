"""Services behind an authority of the run: who trusts it reaches them, nobody else does, and its key stays private."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
import requests

from artifactory_conformance.targets.authority import Authority
from artifactory_conformance.targets.service import Service, ServiceFailed

SERVICES = ("artifactory_conformance.upstream", "artifactory_conformance.reference")


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.mark.parametrize("module", SERVICES)
def test_a_service_is_reached_by_those_who_trust_its_authority(
    module: str, authority: Authority, tmp_path: Path
) -> None:
    service = Service(module, *authority.service_options, cwd=tmp_path)
    try:
        assert service.url.startswith("https://127.0.0.1:")
        where = f"{service.url}/_control/health"
        assert requests.get(where, verify=str(authority.bundle), timeout=10).status_code == 200
        other = Authority(tmp_path / "other")
        for trusted in (True, str(other.bundle)):
            with pytest.raises(requests.exceptions.SSLError):
                requests.get(where, verify=trusted, timeout=10)
        with pytest.raises(requests.exceptions.ConnectionError):
            requests.get(where.replace("https", "http"), timeout=10)
    finally:
        service.stop()


def test_links_of_the_public_layout_keep_to_https(authority: Authority, tmp_path: Path) -> None:
    service = Service(SERVICES[0], "--layout", "pypi", *authority.service_options, cwd=tmp_path)
    try:
        with requests.Session() as session:
            session.trust_env, session.verify = False, str(authority.bundle)
            wanted = {"project": "example", "version": "1.0", "kind": "wheel", "requires": []}
            session.post(f"{service.url}/_control/organizations/public/distributions", json=wanted, timeout=10)
            page = session.get(f"{service.url}/simple/example/", timeout=10)
        assert f'href="{service.url}/packages/' in page.text
    finally:
        service.stop()


def test_private_files_are_private_and_the_authoritys_key_is_not_among_them(authority: Authority) -> None:
    folder = authority.bundle.parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = sorted(folder.iterdir())
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert [file.name for file in files if b"PRIVATE KEY" in file.read_bytes()] == ["service-key.pem"]


def test_an_authority_never_writes_over_another_one(authority: Authority) -> None:
    with pytest.raises(FileExistsError):
        Authority(authority.bundle.parent.parent)


@pytest.mark.parametrize("module", SERVICES)
@pytest.mark.parametrize(
    ("options", "telling"),
    [
        (("--tls-certificate", "{chain}"), "go together"),
        (("--tls-key", "{key}"), "go together"),
        (("--tls-certificate", "{chain}", "--tls-key", "{missing}"), "No such file"),
        (("--tls-certificate", "{key}", "--tls-key", "{chain}"), "cannot be used"),
    ],
    ids=["no key", "no certificate", "key that is not there", "the one for the other"],
)
def test_what_cannot_be_served_with_is_one_line(
    module: str, options: tuple[str, ...], telling: str, authority: Authority, tmp_path: Path
) -> None:
    files = dict(zip(("chain", "key"), authority.service_options[1::2], strict=True)) | {"missing": "/nowhere"}
    service = Service(module, *(option.format(**files) for option in options), cwd=tmp_path)
    with pytest.raises(ServiceFailed, match=telling) as failure:
        _ = service.url
    assert "Traceback" not in str(failure.value)
    assert "ended with 4" in str(failure.value)


def test_a_model_that_cannot_read_what_to_trust_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").touch()
    service = Service("artifactory_conformance.reference", "--ca-bundle", str(tmp_path / "empty.pem"), cwd=tmp_path)
    with pytest.raises(ServiceFailed, match=r"--ca-bundle .* cannot be used"):
        _ = service.url
