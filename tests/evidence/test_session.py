"""The recorded session: who asks, where redirects lead, what may be sent, and what is recorded."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable

import pytest

from artifactory_conformance.evidence import AboveLevel, Credentials, RecordedSession, TargetUnreachable
from artifactory_conformance.evidence.record import Party
from artifactory_conformance.verdicts import Level
from tests.evidence.raw_server import LIMITS, PASSWORD, answer, says, serving


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


# ---------------------------------------------------------------- who asks


def test_it_sends_its_own_credentials_and_name(connect):
    with serving(says(answer(200, b"ok", "Content-Type: text/plain"))) as server:
        got = connect(f"{server.url}/artifactory").request("GET", "api/system/ping", headers={"X-Own": "1"})
    (asked,) = server.asked
    assert (got.status, got.text, got.media_type, got.identity) == (200, "ok", "text/plain", "somebody")
    assert asked.path == "/artifactory/api/system/ping"
    assert asked.headers["authorization"] == basic("somebody", PASSWORD)
    assert (asked.headers["user-agent"], asked.headers["x-own"]) == ("suite/1", "1")


def test_a_token_goes_as_bearer_and_nobody_sends_nothing(connect):
    with serving(says(answer())) as server:
        connect(server.url, Credentials(token="t0ken-t0ken")).request("GET", "x")
        connect(server.url, Credentials()).request("GET", "x")
    assert [asked.headers.get("authorization") for asked in server.asked] == ["Bearer t0ken-t0ken", None]


def test_a_password_that_is_not_ascii_goes_as_utf_8(connect):
    with serving(says(answer())) as server:
        connect(server.url, Credentials("us€r", "pä:ss")).request("GET", "x")
    assert server.asked[0].headers["authorization"] == basic("us€r", "pä:ss")


def test_the_machines_netrc_and_proxies_are_ignored(connect, monkeypatch, tmp_path):
    netrc = tmp_path / ".netrc"
    netrc.write_text("default login stray password stray\nmachine 127.0.0.1 login stray password stray\n")
    netrc.chmod(0o600)
    for name, value in {"HOME": str(tmp_path), "NETRC": str(netrc)}.items():
        monkeypatch.setenv(name, value)
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with serving(says(answer())) as server:
        assert connect(server.url, Credentials()).request("GET", "x").status == 200
    assert "authorization" not in server.asked[0].headers


def test_credentials_in_a_url_are_not_anybody(connect):
    with serving(says(answer())) as server:
        connect(server.url, Credentials()).request("GET", server.url.replace("//", "//stray:stray@") + "/x")
    assert "authorization" not in server.asked[0].headers


def test_a_cookie_is_not_kept(connect):
    with serving(says(answer(200, b"", "Set-Cookie: SESSION=abc; Path=/"))) as server:
        session = connect(server.url)
        session.request("GET", "one")
        session.request("GET", "two")
    assert "cookie" not in server.asked[1].headers


# ---------------------------------------------------------------- redirects


def redirecting(to: Callable[[], str], status: int = 302):
    def reply(asked, connection):
        start = asked.path.startswith("/repo/start")
        connection.sendall(answer(status, b"", f"Location: {to()}") if start else answer(200, b"end"))

    return reply


def test_a_redirect_is_handed_over_unless_it_is_to_be_followed(connect):
    with serving(redirecting(lambda: "/repo/end")) as server:
        session = connect(server.url)
        assert (session.request("GET", "repo/start").status, len(server.asked)) == (302, 1)
        got = session.request("GET", "repo/start", follow=True)
    assert (got.text, got.url, got.redirects) == ("end", f"{server.url}/repo/end", ((302, "/repo/end"),))


def test_credentials_stay_with_their_origin(connect):
    with serving(says(answer(200, b"elsewhere"))) as other, serving(redirecting(lambda: f"{other.url}/file")) as server:
        headers = {"X-JFrog-Art-Api": "k3y", "authorization": "Basic eHg6eXk=", "Cookie": "a=b", "X-Own": "1"}
        got = connect(server.url).request("GET", "repo/start", follow=True, headers=headers)
    assert got.text == "elsewhere"
    assert got.identity == "anonymous"
    seen = other.asked[0].headers
    assert not {"authorization", "x-jfrog-art-api", "cookie"} & set(seen)
    assert seen["x-own"] == "1"


def test_credentials_go_along_within_their_origin(connect):
    with serving(redirecting(lambda: f"{server.url}/repo/end")) as server:
        connect(server.url).request("GET", "repo/start", follow=True)
    assert [asked.headers["authorization"] for asked in server.asked] == [basic("somebody", PASSWORD)] * 2


def test_a_body_is_not_sent_to_another_origin(connect):
    with serving(says(answer())) as other, serving(redirecting(lambda: f"{other.url}/x", 307)) as server:
        connect(server.url, level=Level.MUTATE).request("POST", "repo/start", follow=True, data=b"private")
    assert (other.asked[0].method, other.asked[0].body) == ("POST", b"")


@pytest.mark.parametrize(
    ("status", "method", "then", "body"),
    [
        (301, "POST", "GET", b""),
        (302, "POST", "GET", b""),
        (303, "PUT", "GET", b""),
        (307, "POST", "POST", b"sent"),
        (308, "PUT", "PUT", b"sent"),
        (302, "HEAD", "HEAD", b""),
        (303, "HEAD", "HEAD", b""),
    ],
)
def test_a_redirect_keeps_or_changes_the_method_as_clients_do(connect, status, method, then, body):
    with serving(redirecting(lambda: "/repo/end", status)) as server:
        sent = {} if method == "HEAD" else {"data": b"sent"}
        connect(server.url, level=Level.MUTATE).request(method, "repo/start", follow=True, **sent)
    assert (server.asked[1].method, server.asked[1].body) == (then, body)


def test_a_redirect_loop_ends(connect, recorder):
    with serving(says(answer(302, b"", "Location: /again"))) as server:
        with pytest.raises(TargetUnreachable, match="more than 3 redirects"):
            connect(server.url).request("GET", "x", follow=True)
        assert len(server.asked) == 4
    assert len(recorder.items()) == 4


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "http://[", "http://127.0.0.1:99999/", "ftp://127.0.0.1/x", "http://a b/"],
)
def test_a_redirect_to_what_is_no_usable_url_is_no_answer(connect, recorder, location):
    with serving(says(answer(302, b"", f"Location: {location}"))) as server:
        with pytest.raises(TargetUnreachable):
            connect(server.url).request("GET", "x", follow=True)
        assert len(server.asked) == 1
    assert recorder.items()[-1]["error"]


def test_a_redirect_above_the_level_is_not_followed(connect):
    with serving(says(answer(302, b"", "Location: /some-repository/file.whl"))) as server:
        with pytest.raises(AboveLevel):
            connect(server.url, level=Level.OBSERVE).request("GET", "api/system/ping", follow=True)
        assert len(server.asked) == 1


# ---------------------------------------------------------------- levels


@pytest.mark.parametrize(
    ("level", "method", "path"),
    [
        (Level.OBSERVE, "GET", "api/pypi/remote/simple/example/"),
        (Level.OBSERVE, "HEAD", "remote/example.whl"),
        (Level.OBSERVE, "GET", "api/system/../pypi/remote/simple/"),
        (Level.PULL, "DELETE", "remote-cache/example.whl"),
        (Level.PULL, "POST", "api/system/ping"),
    ],
)
def test_a_request_above_the_level_is_never_sent(connect, recorder, level, method, path):
    with serving(says(answer())) as server:
        with pytest.raises(AboveLevel, match=f"this run is at {level.value}"):
            connect(f"{server.url}/artifactory", level=level).request(method, path)
        assert server.asked == []
    assert recorder.items() == []


def test_a_service_of_our_own_has_no_level(connect):
    with serving(says(answer())) as server:
        assert connect(server.url, level=None).request("DELETE", "_control/x").status == 200


def test_a_url_inside_a_query_is_not_taken_for_an_absolute_one(connect):
    with serving(says(answer())) as server:
        connect(server.url).request("GET", "api/search/artifact?name=http://x")
    assert server.asked[0].path == "/api/search/artifact?name=http://x"


# ---------------------------------------------------------------- evidence


def test_an_exchange_is_recorded_with_its_headers_and_without_credentials(connect, recorder):
    page = b"<html>" + b"word " * 2000
    headers = ("Content-Type: text/html", "X-JFrog-Version: Artifactory/7", "Set-Cookie: SESSION=abcdef")
    with serving(says(answer(404, page, *headers))) as server:
        sent = {"Accept": "text/html", "X-JFrog-Art-Api": "k3y-k3y", "Authorization": "Bearer t0k3n"}
        connect(server.url).request("GET", "x", headers=sent)
    (item,) = recorder.items()
    assert (item["kind"], item["party"], item["method"], item["url"]) == (
        "exchange",
        "target",
        "GET",
        f"{server.url}/x",
    )
    assert (item["identity"], item["status"], item["error"], item["body_bytes"]) == ("somebody", 404, "", len(page))
    assert item["request_headers"]["Accept"] == "text/html"
    assert item["response_headers"]["X-JFrog-Version"] == "Artifactory/7"
    assert item["body"].startswith("<html>word")
    assert 1000 < len(item["body"]) <= 2048
    written = json.dumps(item)
    for secret in (PASSWORD, "k3y-k3y", "t0k3n", "abcdef", basic("somebody", PASSWORD)):
        assert secret not in written


def test_a_body_that_is_no_text_is_counted_but_not_kept(connect, recorder):
    with serving(says(answer(200, b"\0\1\2", "Content-Type: application/octet-stream"))) as server:
        connect(server.url).request("GET", "x")
    assert (recorder.items()[0]["body"], recorder.items()[0]["body_bytes"]) == ("", 3)


def test_only_answers_of_the_target_count_as_evidence(recorder):
    with serving(says(answer())) as server:
        for party, expected in ((Party.CATALOG, 0), (Party.TARGET, 1)):
            session = RecordedSession(server.url, recorder=recorder, limits=LIMITS, level=None, party=party)
            session.request("GET", "x")
            session.close()
            assert recorder.answered == expected
    recorder.start()
    assert (recorder.answered, recorder.items()) == (0, [])


def test_a_run_of_a_client_counts_only_if_the_target_served_it(recorder):
    recorder.client_run({"command": "pip"}, reached_target=False)
    assert recorder.answered == 0
    recorder.client_run({"command": "pip"}, reached_target=True)
    assert recorder.answered == 1
    assert [item["kind"] for item in recorder.items()] == ["client", "client"]


def test_representations_hold_no_secret(connect):
    with serving(says(answer(200, b"x" * 500))) as server:
        session = connect(server.url, Credentials("me", PASSWORD, "t0ken-t0ken"))
        got = session.request("GET", "x")
    for text in (repr(session), repr(session.credentials), repr(got), str(got)):
        assert PASSWORD not in text
        assert "t0ken-t0ken" not in text
    assert str(got).startswith(f"GET {server.url}/x as me -> 200")
