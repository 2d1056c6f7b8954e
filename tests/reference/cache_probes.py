"""The probes of the switches that concern what a remote keeps, and what it makes of a catalog that fails."""

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from tests.reference.stub_catalog import PATIENCE, Reply

WHEEL = "example-1.0-py3-none-any.whl"
PAGE = "/org/pypi/simple/example/"
FILE = f"/org/pypi/packages/ab/cd/{WHEEL}"
EXPIRED = 7201


def cached_page(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    assert model.page("catalog", "example").status_code == 200


def file_miss_remembered(model, catalog):
    model.remote(catalog)
    for _ in range(2):
        assert model.wheel("catalog", WHEEL).status_code == 404
    return {1: "yes", 2: "no"}[len(catalog.journal)]


def missed_page(model, catalog):
    model.remote(catalog)
    assert model.page("catalog", "example").status_code == 404
    catalog.project("example")


def save_empties_missed(model, catalog):
    missed_page(model, catalog)
    model.local("unrelated")
    return {200: "yes", 404: "no"}[model.page("catalog", "example").status_code]


def delete_lifts_miss(model, catalog):
    missed_page(model, catalog)
    model.call("DELETE", "/catalog-cache/.pypi/example.html")
    return {200: "yes", 404: "no"}[model.page("catalog", "example").status_code]


def stale_on_error(model, catalog):
    cached_page(model, catalog)
    model.advance(EXPIRED)
    catalog.fault = Reply(503)
    assert model.page("catalog", "example").status_code == 200
    model.advance(EXPIRED)
    catalog.fault = Reply(404)
    return {200: "always", 404: "unreachable"}[model.page("catalog", "example").status_code]


def stale_resets_age(model, catalog):
    cached_page(model, catalog)
    catalog.fault = Reply(503)
    model.advance(EXPIRED)
    for _ in range(2):
        assert model.page("catalog", "example").status_code == 200
    return {2: "yes", 3: "no"}[catalog.asked_for(PAGE)]


def hard_fail(model, catalog):
    model.remote("http://127.0.0.1:1/org/pypi", hardFail=True)
    return str(model.page("catalog", "example").status_code)


def blacked_out(model, catalog):
    cached_page(model, catalog)
    model.update("catalog", blackedOut=True)
    return str(model.page("catalog", "example").status_code)


def single_flight(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    second = threading.Event()

    def answered_when_two_have_asked(_):
        if catalog.asked_for(PAGE) == 2:
            second.set()
        second.wait(0.3)
        return page

    page, catalog.replies[PAGE] = catalog.replies[PAGE], answered_when_two_have_asked
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: model.page("catalog", "example"), range(2), timeout=PATIENCE))
    assert [answer.status_code for answer in answers] == [200, 200]
    return {1: "yes", 2: "no"}[catalog.asked_for(PAGE)]


def head_downloads(model, catalog):
    catalog.project("example", content=b"0123456789")
    model.remote(catalog)
    answer = model.call("HEAD", f"/api/pypi/catalog/packages/packages/ab/cd/{WHEEL}")
    assert (answer.status_code, answer.headers["Content-Length"]) == (200, "10")
    stored = model.state("catalog")["stored"]
    assert catalog.asked_for(FILE, "GET") == len(stored)
    return "yes" if stored else "no"


def existing_binary(model, catalog):
    catalog.project("example")
    known = catalog.replies[FILE]
    sha1 = hashlib.sha1(known.body, usedforsecurity=False).hexdigest()
    catalog.replies[FILE] = replace(known, headers={**known.headers, "X-Checksum-Sha1": sha1})
    for key in ("catalog", "second"):
        model.remote(catalog, key)
        assert model.wheel(key, WHEEL).content == known.body
    return {1: "reused", 2: "downloaded"}[catalog.asked_for(FILE, "GET")]


def checksum_uncached(model, catalog):
    catalog.file(f"ab/cd/{WHEEL}.sha256", b"0" * 64)
    model.remote(catalog)
    answer = model.wheel("catalog", f"{WHEEL}.sha256")
    return "fetched" if answer.status_code == 200 else str(answer.status_code)


def delete_through_remote(model, catalog):
    cached_page(model, catalog)
    status = model.call("DELETE", "/catalog/.pypi/example.html").status_code
    assert model.state("catalog")["stored"]
    return str(status)


def virtual_choice(model, catalog):
    catalog.project("example")
    model.remote(catalog, "first")
    model.remote(f"{catalog.origin}/other", "second")
    catalog.replies[f"/other/packages/ab/cd/{WHEEL}"] = catalog.replies[FILE]
    catalog.replies[FILE] = lambda asked: Reply(200 if asked.method == "HEAD" else 500)
    model.virtual("first", "second")
    return {500: "final", 200: "next_member"}[model.wheel("all", WHEEL).status_code]


PROBES = {
    probe.__name__: probe
    for probe in (
        file_miss_remembered,
        save_empties_missed,
        delete_lifts_miss,
        stale_on_error,
        stale_resets_age,
        hard_fail,
        blacked_out,
        single_flight,
        head_downloads,
        existing_binary,
        checksum_uncached,
        delete_through_remote,
        virtual_choice,
    )
}
