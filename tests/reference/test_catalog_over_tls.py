"""A catalog over https: trusted by its authority, unreachable without, and never trusted by the machine's settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from artifactory_conformance.reference.clock import Clock
from artifactory_conformance.reference.logs import Logs
from artifactory_conformance.reference.outbound import Outbound, UpstreamUnreachable
from artifactory_conformance.reference.repositories import Repository, RepositoryClass
from artifactory_conformance.reference.switches import SwitchSet
from artifactory_conformance.targets.authority import Authority
from artifactory_conformance.targets.service import Service


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def catalog(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    service = Service(
        "artifactory_conformance.upstream", *authority.service_options, cwd=tmp_path_factory.mktemp("catalog")
    )
    yield service.url
    service.stop()


def ask(url: str, trusted: Path | None) -> int:
    switches = SwitchSet({})
    outbound = Outbound(
        agent="Artifactory/7.84.17",
        identity="me",
        switches=switches,
        public_index="",
        logs=Logs(None, Clock(), switches),
        trusted=trusted,
    )
    remote = Repository("r", RepositoryClass.REMOTE, "pypi", {"url": url, "socketTimeoutMillis": 5000})
    return outbound.ask(remote, "GET", f"{url}/_control/health").status


def test_a_catalog_whose_authority_is_trusted_is_asked(catalog: str, authority: Authority) -> None:
    assert ask(catalog, authority.bundle) == 200


def test_a_catalog_of_an_unknown_authority_is_unreachable(
    catalog: str, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.setenv(name, str(authority.bundle))
    for trusted in (None, Authority(tmp_path / "other").bundle):
        with pytest.raises(UpstreamUnreachable, match="TLS handshake failed"):
            ask(catalog, trusted)
