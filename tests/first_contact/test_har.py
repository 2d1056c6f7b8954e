"""Evidence as an HTTP Archive: every field that the format asks for, nothing lost, nothing made up."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.evidence import Redactor
from artifactory_conformance.evidence.record import Exchange, Party
from artifactory_conformance.first_contact.har import as_har

TEXT = st.text(max_size=30)
HEADERS = st.dictionaries(TEXT, TEXT, max_size=3)
EXCHANGES = st.builds(
    Exchange,
    party=st.sampled_from(Party),
    method=st.sampled_from(["GET", "HEAD", "PUT"]),
    url=st.text() | st.just("http://127.0.0.1:1/a?b=c&d") | st.just("http://[/?x"),
    identity=TEXT,
    request_headers=HEADERS,
    status=st.none() | st.integers(100, 999),
    response_headers=HEADERS | st.just({"Content-Type": "text/html", "LOCATION": "/there"}),
    body=TEXT,
    body_bytes=st.integers(0, 1000),
    error=TEXT,
    seconds=st.floats(0, 900),
    time=st.floats(1e9, 2e9),
)

REQUEST = {"method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize"}
RESPONSE = {
    *("status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL"),
    *("headersSize", "bodySize"),
}
"""What HAR 1.2 asks of them."""


def line(exchange: Exchange) -> dict[str, Any]:
    return {"check": "folder.check", "kind": "exchange", **exchange.as_data()}


@given(st.lists(EXCHANGES, max_size=4))
def test_every_exchange_is_in_it_and_has_all_fields(exchanges: list[Exchange]) -> None:
    others: list[dict[str, Any]] = [
        {"check": "c", "kind": "client", "argv": []},
        {"check": "c", "kind": "log", "lines": []},
    ]
    log = json.loads(json.dumps(as_har([*others, *map(line, exchanges)], "about")))["log"]
    assert (log["version"], log["comment"]) == ("1.2", "about")
    assert set(log["creator"]) == {"name", "version"}
    assert len(log["entries"]) == len(exchanges)
    began = [entry["startedDateTime"] for entry in log["entries"]]
    assert began == sorted(began)
    for entry in log["entries"]:
        assert {"startedDateTime", "time", "request", "response", "cache", "timings"} <= set(entry)
        assert set(entry["timings"]) == {"send", "wait", "receive"}
        assert set(entry["request"]) == REQUEST
        assert set(entry["response"]) == RESPONSE
        assert {"size", "mimeType"} <= set(entry["response"]["content"])
        assert sum(entry["timings"].values()) == entry["time"]


@given(EXCHANGES)
def test_what_was_said_is_told_as_it_was(exchange: Exchange) -> None:
    (entry,) = as_har([line(exchange)])["log"]["entries"]
    request, response = entry["request"], entry["response"]
    assert (request["method"], request["url"]) == (exchange.method, exchange.url)
    assert {each["name"]: each["value"] for each in request["headers"]} == exchange.request_headers
    assert {each["name"]: each["value"] for each in response["headers"]} == exchange.response_headers
    assert response["status"] == (exchange.status or 0)
    assert response["content"].get("text", "") == exchange.body
    assert response["content"]["size"] == exchange.body_bytes
    assert (entry["comment"], entry["_check"], entry["_identity"]) == (
        exchange.error,
        "folder.check",
        exchange.identity,
    )
    if exchange.body and len(exchange.body.encode("utf-8", "surrogatepass")) != exchange.body_bytes:
        assert response["content"]["comment"] == "its beginning"
    if "LOCATION" in exchange.response_headers:
        assert response["redirectURL"] == "/there"


@given(EXCHANGES, st.text("abcdefghij0123456789", min_size=8, max_size=12))
def test_what_is_redacted_in_evidence_stays_out(exchange: Exchange, secret: str) -> None:
    redactor = Redactor([secret])
    told = {**line(exchange), "body": f"x {secret} y", "url": f"http://u:{secret}@h/?t={secret}"}
    assert secret not in json.dumps(as_har([redactor.data(told)]))
