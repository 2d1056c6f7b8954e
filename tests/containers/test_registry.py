"""A registry is believed tags alone: whatever else it says or does is one clear line, and costs no credentials."""

from __future__ import annotations

import base64
import json
import socket
import ssl
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.containers.registry import Registry, RegistryUnusable, place_of
from artifactory_conformance.evidence import Credentials
from tests.evidence.raw_server import LIMITS, Asked, RawServer, answer, says, serving

PASSWORD, TOKEN = "pass-word-of-a-registry", "t0ken.of-a_registry"
WHO = Credentials("puller", PASSWORD)
QUICK = replace(LIMITS, registry=8, registry_pages=5)
JSON = "Content-Type: application/json"

Reply = Callable[[Asked, socket.socket], None]


def listed(*tags: str, more: str = "") -> bytes:
    return answer(200, json.dumps({"name": "x", "tags": tags}).encode(), JSON, *([more] if more else []))


def tags_of(url: str, credentials: Credentials | None = None, ca_bundle: Path | None = None) -> list[str]:
    return Registry(url, credentials=credentials, ca_bundle=ca_bundle, limits=QUICK).tags("jfrog/artifactory-pro")


def refusal(reply: Reply, credentials: Credentials | None = None) -> str:
    with serving(reply) as server, pytest.raises(RegistryUnusable) as refused:
        tags_of(server.url, credentials)
    text = str(refused.value)
    assert "\n" not in text
    assert len(text) < 700
    assert not [secret for secret in (PASSWORD, TOKEN) if secret in text]
    return text


def authorization(server: RawServer) -> list[str]:
    return [asked.headers.get("authorization", "") for asked in server.asked]


@pytest.mark.parametrize(
    ("image", "place"),
    [
        ("127.0.0.1:5000/jfrog/artifactory-pro", ("http://127.0.0.1:5000", "jfrog/artifactory-pro")),
        ("localhost/artifactory:7.1.2", ("http://localhost", "artifactory")),
        ("[::1]:5000/a/b", ("http://[::1]:5000", "a/b")),
        ("registry.example.com:444/a@sha256:00", ("https://registry.example.com:444", "a")),
    ],
)
def test_a_registry_is_named_by_the_image(image: str, place: tuple[str, str]) -> None:
    assert place_of(image) == place


@given(st.text() | st.from_regex(r"[a-z0-9.:\[\]/]{1,20}"))
def test_whatever_an_image_is_called_there_is_a_place_or_one_line(image: str) -> None:
    told = ""
    try:
        base, name = place_of(image)
    except RegistryUnusable as error:
        told = str(error)
        base, name = "https://", image
    assert base.startswith(("http://127.", "http://localhost", "http://[", "https://"))
    assert bool(told) != bool(name and base != "https://")
    assert "{edition}" in told or not told


def test_pages_are_followed_to_their_end() -> None:
    def reply(asked: Asked, connection: socket.socket) -> None:
        if "last=" in asked.path:
            connection.sendall(listed("7.146.10", "b d"))
        else:
            link = 'Link: </v2/jfrog/artifactory-pro/tags/list?last=x&n=2>; rel="next"'
            connection.sendall(listed("latest", "7.117.5", more=link))

    with serving(reply) as server:
        assert tags_of(server.url, WHO) == ["latest", "7.117.5", "7.146.10"]
        assert authorization(server) == ["", ""], "nobody has asked for credentials"
        assert server.asked[0].path == "/v2/jfrog/artifactory-pro/tags/list?n=1000"


def test_an_image_without_tags_has_none() -> None:
    with serving(says(answer(200, b'{"name": "x", "tags": null}', JSON))) as server:
        assert tags_of(server.url) == []


def wants_a_token(realm: str = "") -> Reply:
    """A registry that sends for a token, to itself unless told."""

    def reply(asked: Asked, connection: socket.socket) -> None:
        own = f"http://{asked.headers.get('host', '')}/token"
        told = f'WWW-Authenticate: Bearer realm="{realm or own}",service="it",scope="repository:x:pull"'
        if asked.path.startswith("/token"):
            connection.sendall(answer(200, json.dumps({"access_token": TOKEN}).encode(), JSON))
        elif TOKEN in asked.headers.get("authorization", ""):
            connection.sendall(listed("7.1.2"))
        else:
            connection.sendall(answer(401, b"", told))

    return reply


@pytest.mark.parametrize("credentials", [None, WHO])
def test_a_token_is_fetched_where_the_registry_says(credentials: Credentials | None) -> None:
    with serving(wants_a_token()) as server:
        assert tags_of(server.url, credentials) == ["7.1.2"]
        assert server.asked[1].path == "/token?service=it&scope=repository%3Ax%3Apull"
        basic = "Basic " + base64.b64encode(f"puller:{PASSWORD}".encode()).decode() if credentials else ""
        assert authorization(server) == ["", basic, f"Bearer {TOKEN}"]


def test_a_token_from_elsewhere_is_asked_for_as_nobody() -> None:
    with serving(wants_a_token()) as elsewhere, serving(wants_a_token(f"{elsewhere.url}/token")) as server:
        assert tags_of(server.url) == ["7.1.2"]
        assert authorization(elsewhere) == [""]


def test_credentials_do_not_go_elsewhere_for_a_token() -> None:
    with serving(wants_a_token()) as elsewhere:
        assert "credentials go to the registry alone" in refusal(wants_a_token(f"{elsewhere.url}/token"), WHO)
        assert elsewhere.asked == []


@pytest.mark.parametrize("realm", ["http://192.0.2.1/token", "ftp://x/", "//x", "nothing", "https://[", "file:///etc"])
def test_a_token_is_fetched_over_https_alone(realm: str) -> None:
    assert "which is no https address" in refusal(wants_a_token(realm))


@pytest.mark.parametrize("given", [b"{}", b"[]", b"<html>", b'{"token": 1}', b'{"token": "a\\r\\nX: b"}'])
def test_what_is_no_token_is_told(given: bytes) -> None:
    def reply(asked: Asked, connection: socket.socket) -> None:
        told = f'WWW-Authenticate: Bearer realm="http://{asked.headers.get("host")}/token"'
        connection.sendall(answer(200, given) if asked.path.startswith("/token") else answer(401, b"", told))

    assert "200, and no token" in refusal(reply, WHO)


def test_basic_is_answered_where_it_is_asked_for() -> None:
    def reply(asked: Asked, connection: socket.socket) -> None:
        known = asked.headers.get("authorization", "").startswith("Basic ")
        connection.sendall(listed("7.1.2") if known else answer(401, b"", 'WWW-Authenticate: Basic realm="r"'))

    with serving(reply) as server:
        assert tags_of(server.url, WHO) == ["7.1.2"]
    assert "as nobody in particular: 401; see that REGISTRY_USER and REGISTRY_PASS" in refusal(reply)


@pytest.mark.parametrize("header", ["", "WWW-Authenticate: Digest realm=x", "WWW-Authenticate: ,,,", "X: y"])
def test_a_refusal_is_told_with_what_to_do(header: str) -> None:
    assert "as puller: 401" in refusal(says(answer(401, b"", *([header] if header else []))), WHO)


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (answer(200, b"<html>log in</html>", "Content-Type: text/html"), "text/html instead of a list of tags in JSON"),
        (answer(200, b"[" * 90_000), "instead of a list of tags in JSON"),
        (answer(200, b'{"tags": "7.1.2"}', JSON), "application/json instead of a list of tags"),
        (answer(200, b'{"tags": [1]}', JSON), "application/json instead of a list of tags"),
        (answer(200, b"{}", JSON), "application/json instead of a list of tags"),
        (answer(404, b""), "404; the registry has no image of this name"),
        (answer(503, b""), "503 instead of a list of tags"),
        (answer(403, b""), "as nobody in particular: 403"),
        (
            answer(302, b"", "Location: https://192.0.2.1/elsewhere?secret"),
            "redirects to 'https://192.0.2.1/elsewhere'",
        ),
        (answer(302, b""), "redirects to ''"),
        (answer(307, b"", "Location: /v2/again"), "more than 3 redirects"),
        (listed("7.1.2", more='Link: <https://192.0.2.1/x>; rel="next"'), "which is not the registry: not followed"),
        (listed("7.1.2", more='Link: <http://[>; rel="next"'), "leads on to"),
        (listed("7.1.2", more='Link: </v2/jfrog/artifactory-pro/tags/list?n=1000>; rel="next"'), "without end"),
        (answer(200, b"x", length=99), "the registry cannot be asked for its tags"),
        (b"nonsense\r\n\r\n", "the registry cannot be asked for its tags"),
        (answer(200, b"x" * 100_001, JSON), "an answer of more than 100000 bytes"),
    ],
)
def test_whatever_else_is_answered_is_one_line(reply: bytes, told: str) -> None:
    assert told in refusal(says(reply))


def test_pages_without_end_are_left() -> None:
    pages: list[int] = []

    def reply(asked: Asked, connection: socket.socket) -> None:
        pages.append(1)
        connection.sendall(listed("7.1.2", more=f'Link: </v2/x?last={len(pages)}>; rel="next"'))

    assert "a list of tags without end: page 6" in refusal(reply)
    assert len(pages) == 5


def test_an_authority_of_ones_own_is_trusted_where_it_is_given(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with serving(says(listed("7.1.2")), tls=context) as server:
        url = server.url.replace("http://", "https://")
        assert tags_of(url, ca_bundle=tmp_path / "ca.pem") == ["7.1.2"]
        with pytest.raises(RegistryUnusable, match="not of an authority that is trusted here"):
            tags_of(url)
