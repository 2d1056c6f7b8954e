"""The proxy passes on, writes down, answers in the instance's place, and keeps no secret."""

from __future__ import annotations

import pytest
import requests

from tests.clients.simple_index import PASSWORD, USER, SimpleIndex, Wheel, serving
from tests.every_client.proxy import STORE, Instead, Kind, RecordingProxy

WHEEL = Wheel("example", "1.0")
FILE = f"/files/{WHEEL.filename}"


def ask(proxy: RecordingProxy, url: str, method: str = "GET", *, known: bool = True) -> requests.Response:
    session = requests.Session()
    session.trust_env = False
    proxies = {"http": proxy.variables["http_proxy"], "https": proxy.variables["https_proxy"]}
    auth = (USER, PASSWORD) if known else None
    return session.request(method, url, proxies=proxies, auth=auth, timeout=10, allow_redirects=False)


def of(index: SimpleIndex, instead: Instead | None = None) -> RecordingProxy:
    return RecordingProxy(index.base, USER, PASSWORD, instead)


def test_what_is_asked_is_passed_on_and_written_down_without_the_password() -> None:
    with serving(WHEEL) as index, of(index) as proxy:
        page, file = ask(proxy, f"{index.url}example/"), ask(proxy, f"{index.base}{FILE}")
        refused = ask(proxy, f"{index.base}{FILE}", "HEAD", known=False)
    assert WHEEL.filename in page.text
    assert file.content == WHEEL.content
    assert refused.status_code == 401
    assert [(one.method, one.kind, one.status) for one in proxy.heard] == [
        ("GET", Kind.PAGE, 200),
        ("GET", Kind.FILE, 200),
        ("HEAD", Kind.FILE, 401),
    ]
    assert [one.headers.get("authorization") for one in proxy.heard] == ["sent", "sent", None]


@pytest.mark.parametrize("status", [401, 403, 404, 500])
def test_a_status_is_answered_in_its_place_to_its_kind_alone(status: int) -> None:
    with serving(WHEEL) as index, of(index, Instead(Kind.FILE, status)) as proxy:
        assert ask(proxy, f"{index.url}example/").status_code == 200
        answer = ask(proxy, f"{index.base}{FILE}")
    assert answer.status_code == status
    assert ("WWW-Authenticate" in answer.headers) is (status == 401)
    assert len(index.requests) == 1


def test_changed_bytes_are_as_many_as_the_right_ones() -> None:
    with serving(WHEEL) as index, of(index, Instead(Kind.FILE, changed=True)) as proxy:
        answer = ask(proxy, f"{index.base}{FILE}")
    assert answer.status_code == 200
    assert len(answer.content) == len(WHEEL.content)
    assert sum(one != other for one, other in zip(answer.content, WHEEL.content, strict=True)) == 1


def test_pages_advertise_metadata_that_are_not_there() -> None:
    with serving(WHEEL) as index, of(index, Instead(Kind.METADATA, 404)) as proxy:
        assert 'data-core-metadata="true"' in ask(proxy, f"{index.url}example/").text
        assert ask(proxy, f"{index.base}{FILE}.metadata").status_code == 404


def test_a_redirect_leads_to_a_store_that_needs_no_credentials() -> None:
    with serving(WHEEL) as index, of(index, Instead(Kind.FILE, 302)) as proxy:
        there = ask(proxy, f"{index.base}{FILE}").headers["Location"]
        file = ask(proxy, there, known=False)
    assert there == f"http://{STORE}{FILE}"
    assert file.content == WHEEL.content
    assert [(one.host, "authorization" in one.headers) for one in proxy.heard] == [("", True), (STORE, False)]


def test_nobody_comes_through_to_another_host() -> None:
    with serving(WHEEL) as index, of(index) as proxy:
        assert ask(proxy, "http://one.invalid/simple/example/").status_code == 403
        with pytest.raises(requests.exceptions.ProxyError):
            ask(proxy, "https://two.invalid/simple/example/")
    assert [(one.kind, one.host) for one in proxy.heard] == [
        (Kind.ELSEWHERE, "one.invalid"),
        (Kind.ELSEWHERE, "two.invalid"),
    ]
    assert PASSWORD not in str(proxy.heard)
