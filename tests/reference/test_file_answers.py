"""How a stored file is answered: headers, conditions, ranges, checksums (F-01 to F-07, A60 to A77)."""

import pytest

from tests.reference.stub_catalog import Reply

STORED = "ab/cd/example-1.0-py3-none-any.whl"
UPSTREAM = f"/org/pypi/packages/{STORED}"
WHEEL = "example-1.0-py3-none-any.whl"


def test_f01_a_file_carries_the_headers_of_a_stored_file(model, catalog):
    modified = "Mon, 22 May 2023 15:12:44 GMT"
    catalog.replies[UPSTREAM] = Reply(body=b"wheel", headers={"Last-Modified": modified})
    model.remote(catalog)
    headers = model.wheel("catalog", WHEEL).headers
    assert headers["ETag"] == headers["X-Checksum-Sha1"] == "3a7195d99bee6bb15aacf02a10d56b4cbd65b1fe"
    assert headers["Last-Modified"] == modified
    assert headers["X-Artifactory-Filename"] == WHEEL
    assert headers["Content-Disposition"] == f'attachment; filename="{WHEEL}"'
    assert headers["Accept-Ranges"] == "bytes"


def test_a61_a_condition_that_holds_at_the_catalog_is_answered_whole_whatever_the_time_of_caching(start, catalog):
    model = start("7.161-pro", uncached_conditions="304", file_last_modified="cached")
    catalog.replies[UPSTREAM] = Reply(body=b"wheel", headers={"Last-Modified": "Mon, 22 May 2023 15:12:44 GMT"})
    model.remote(catalog)
    model.advance(10 * 86_400)
    answer = model.wheel("catalog", WHEEL, headers={"If-Modified-Since": "Tue, 23 May 2023 15:12:44 GMT"})
    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize(
    ("conditions", "status"),
    [
        ({"If-None-Match": "3a7195d99bee6bb15aacf02a10d56b4cbd65b1fe"}, 304),
        ({"If-None-Match": '"3a7195d99bee6bb15aacf02a10d56b4cbd65b1fe"'}, 200),
        ({"If-Modified-Since": "Mon, 22 May 2023 15:12:44 GMT"}, 304),
        ({"If-Modified-Since": "Sun, 21 May 2023 15:12:44 GMT"}, 200),
        ({"If-None-Match": "other", "If-Modified-Since": "Mon, 22 May 2023 15:12:44 GMT"}, 200),
        ({"If-Modified-Since": "yesterday"}, 200),
    ],
)
def test_a60_conditions_are_held_against_sha1_and_date(model, catalog, conditions, status):
    reply = Reply(body=b"wheel", headers={"Last-Modified": "Mon, 22 May 2023 15:12:44 GMT"})
    catalog.replies[UPSTREAM] = reply
    model.remote(catalog)
    model.wheel("catalog", WHEEL)
    answer = model.wheel("catalog", WHEEL, headers=conditions)
    assert answer.status_code == status
    assert answer.headers["ETag"] == "3a7195d99bee6bb15aacf02a10d56b4cbd65b1fe"


@pytest.mark.parametrize(
    ("wanted", "status", "body", "content_range"),
    [
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=7-100", 206, b"789", "bytes 7-9/10"),
        ("bytes=20-30", 416, b"", "bytes */10"),
    ],
)
def test_a75_storage_paths_serve_slices(model, catalog, wanted, status, body, content_range):
    catalog.file(STORED, b"0123456789")
    model.remote(catalog)
    model.wheel("catalog", WHEEL)
    answer = model.get(f"/catalog-cache/{STORED}", headers={"Range": wanted})
    assert (answer.status_code, answer.content, answer.headers["Content-Range"]) == (status, body, content_range)


def test_a75_several_ranges_are_sent_in_parts(model, catalog):
    catalog.file(STORED, b"0123456789")
    model.remote(catalog)
    model.wheel("catalog", WHEEL)
    answer = model.get(f"/catalog-cache/{STORED}", headers={"Range": "bytes=0-1,8-9"})
    assert answer.status_code == 206
    assert answer.headers["Content-Type"].startswith("multipart/byteranges; boundary=")
    assert b"bytes 0-1/10\r\n\r\n01\r\n" in answer.content


def test_a77_a_range_whose_condition_fails_gets_the_whole_file(model, catalog):
    catalog.file(STORED, b"0123456789")
    model.remote(catalog)
    tag = model.wheel("catalog", WHEEL).headers["ETag"]
    for given, status in ((tag, 206), ("other", 200)):
        headers = {"Range": "bytes=0-1", "If-Range": given}
        assert model.get(f"/catalog-cache/{STORED}", headers=headers).status_code == status


def test_b51_checksum_files_come_from_the_store_and_only_for_cached_files(model, catalog):
    catalog.project("example", content=b"wheel")
    model.remote(catalog)
    assert model.wheel("catalog", f"{WHEEL}.sha256").status_code == 404
    sha256 = model.wheel("catalog", WHEEL).headers["X-Checksum-Sha256"]
    asked = len(catalog.journal)
    assert model.wheel("catalog", f"{WHEEL}.sha256").text == sha256
    assert len(catalog.journal) == asked


@pytest.mark.parametrize("header", ["If-None-Match", "If-Modified-Since", "If-Range", "Range"])
@pytest.mark.parametrize(
    "value", ["", "*", '""', "bytes=", "bytes=--1", "bytes=9-1", "0", "Mon, 01 Jan 0001 00:00:00 GMT"]
)
def test_b10_odd_conditions_are_never_the_servers_fault(model, catalog, header, value):
    catalog.file(STORED, b"0123456789")
    catalog.page("example")
    model.remote(catalog)
    for path in (
        f"/api/pypi/catalog/packages/packages/{STORED}",
        f"/catalog-cache/{STORED}",
        "/api/pypi/catalog/simple/example/",
    ):
        answer = model.get(path, headers={header: value, "If-Range": value})
        assert answer.status_code in (200, 206, 304, 416)
