"""Whom the recorded session trusts: the authorities that it is given, and what it says when that is not enough."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import trustme

from artifactory_conformance.evidence import TargetUnreachable, certificate_of
from tests.evidence.raw_server import LIMITS, answer, says, serving

NOW = datetime.now(timezone.utc)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def bundle(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("authority") / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return path


@contextmanager
def serving_over_tls(issued: trustme.LeafCert) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issued.configure_cert(context)
    with serving(says(answer(200, b"fine")), tls=context) as server:
        yield server.url.replace("http://", "https://")


def refusal(make, url: str, recorder, **options) -> str:
    with pytest.raises(TargetUnreachable) as refused:
        make(url, **options).request("GET", "x")
    assert recorder.items()[-1]["error"] == str(refused.value)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_an_authority_that_is_given_is_trusted(connect, authority, bundle):
    with serving_over_tls(authority.issue_cert("127.0.0.1")) as url:
        assert connect(url, ca_bundle=bundle).request("GET", "x").text == "fine"


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_an_unknown_authority_is_told_with_what_to_do_whatever_the_machine_trusts(
    connect, recorder, authority, bundle, monkeypatch, name: str
):
    monkeypatch.setenv(name, str(bundle))
    with serving_over_tls(authority.issue_cert("127.0.0.1")) as url:
        text = refusal(connect, url, recorder)
    assert "TLS failed: the certificate is not of an authority that is trusted here" in text
    assert text.endswith("give that one with --ca-bundle")


def test_a_certificate_for_another_name_is_told_as_such(connect, recorder, authority, bundle):
    with serving_over_tls(authority.issue_cert("artifacts.example.org")) as url:
        text = refusal(connect, url, recorder, ca_bundle=bundle)
    assert "TLS failed: the certificate is for another name" in text
    assert "127.0.0.1" in text
    assert "--ca-bundle" not in text


def test_a_certificate_that_has_expired_is_told_as_such(connect, recorder, authority, bundle):
    expired = authority.issue_cert("127.0.0.1", not_after=NOW - timedelta(days=1))
    with serving_over_tls(expired) as url:
        text = refusal(connect, url, recorder, ca_bundle=bundle)
    assert text.endswith("TLS failed: the certificate has expired")


def test_a_server_without_tls_is_no_matter_of_trust(connect, recorder, bundle):
    with serving(says(answer(200, b"fine"))) as server:
        text = refusal(connect, server.url.replace("http://", "https://"), recorder, ca_bundle=bundle, connect=0.3)
    assert "certificate" not in text


def test_a_certificate_is_read_as_it_is_verified(authority, bundle):
    issued = authority.issue_cert("127.0.0.1", "localhost", not_after=NOW + timedelta(days=9, hours=1))
    with serving_over_tls(issued) as url:
        found = certificate_of(url, bundle, LIMITS)
        assert found.names == ("127.0.0.1", "localhost")
        assert "trustme" in found.issuer
        assert found.days_left == 9
        with pytest.raises(TargetUnreachable, match="give that one with --ca-bundle"):
            certificate_of(url, None, LIMITS)
