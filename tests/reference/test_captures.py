"""The model beside genuine answers: status, header names and forms, body form. Ids, dates, hosts and hashes vary."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.reference.made_distributions import sdist, wheel
from tests.reference.stub_catalog import Reply

FOLDER = Path(__file__).parent / "captures"
ADDED_BY_THE_SERVER = {"date", "server", "connection"}
FORMS = {
    "x-artifactory-id": r"[0-9a-f]{16}:[0-9a-f]{8}:[0-9a-f]{11}:-8000",
    "x-artifactory-node-id": r"[0-9a-f]{12}",
    "x-jfrog-version": r"Artifactory/7\.161\.20 86120900",
    "etag": r"-?[0-9]{1,10}|[0-9a-f]{40}",
    "last-modified": r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT",
    "content-length": r"\d+",
    "x-checksum-md5": r"[0-9a-f]{32}",
    "x-checksum-sha1": r"[0-9a-f]{40}",
    "x-checksum-sha256": r"[0-9a-f]{64}",
}
HASH = re.compile(r"[0-9a-f]{64}")


def exchange(file: str, start: str) -> dict[str, Any]:
    recorded = yaml.safe_load((FOLDER / file).read_text(encoding="utf-8"))["exchanges"]
    found = [one for one in recorded if one["what"].startswith(start)]
    assert len(found) == 1
    return dict(found[0])


def captured(start: str) -> dict[str, Any]:
    return exchange("7.161.20-local-pypi.yaml", start)


def assert_like(answer, recorded, *, complete=True):
    """Same status; same header names (all of them if `complete`); values of the same form."""
    assert answer.status_code == recorded["status"]
    got = {name.lower(): value for name, value in answer.headers.items()}
    wanted = {name.lower(): str(value) for name, value in recorded.get("headers", {}).items()}
    wanted |= dict.fromkeys(("x-artifactory-id", "x-artifactory-node-id", "x-jfrog-version"), "…") if wanted else {}
    assert set(wanted) <= set(got)
    if complete:
        assert set(got) - set(wanted) - ADDED_BY_THE_SERVER == set()
    for name, value in wanted.items():
        if name in FORMS:
            assert re.fullmatch(FORMS[name], got[name]), (name, got[name])
        elif name != "location":
            assert got[name] == value


def without_hashes(text: str) -> str:
    return HASH.sub("HASH", text)


HELLO_WHEEL = wheel("hello16", "1.0.0", ">=3.8", "l016 pypi differential probe")


@pytest.fixture
def hello(start):
    """The captured repository: hello16 1.0.0 as wheel and sdist, indexed."""
    model = start("7.161-pro")
    model.local("l016-pypi")
    for name, content in (
        ("hello16-1.0.0-py3-none-any.whl", HELLO_WHEEL),
        ("hello16-1.0.0.tar.gz", sdist("hello16", "1.0.0", ">=3.8")),
    ):
        assert model.upload("l016-pypi", name, content, "hello16", "1.0.0").status_code == 200
    model.advance(3)
    return model


def test_a_repository_is_created_as_captured(start):
    body = {"key": "l016-pypi", "rclass": "local", "packageType": "pypi"}
    answer = start("7.161-pro").call("PUT", "/api/repositories/l016-pypi", json=body)
    recorded = captured("create the repository")
    assert_like(answer, recorded)
    assert answer.text == recorded["body"]


def test_an_empty_root_page_is_as_captured(start):
    model = start("7.161-pro")
    model.local("l016-pypi")
    answer = model.get("/api/pypi/l016-pypi/simple/")
    recorded = captured("root index of the empty repository")
    assert_like(answer, recorded)
    assert len(answer.content) == recorded["body_length"]


def test_a_root_page_is_as_captured(hello):
    answer = hello.get("/api/pypi/l016-pypi/simple/")
    recorded = captured("root index with one project")
    assert_like(answer, recorded)
    assert answer.text == recorded["body"]


def test_a_project_page_has_the_captured_headers(hello):
    assert_like(hello.page("l016-pypi", "hello16"), captured("project page (GET"))


def test_a_project_page_asked_for_as_json_is_the_captured_html(hello):
    accept = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01"
    answer = hello.page("l016-pypi", "hello16", headers={"Accept": accept})
    recorded = captured("project page asked with pip's Accept")
    assert_like(answer, recorded)
    assert without_hashes(answer.text) == without_hashes(recorded["body"])


def test_a_304_of_a_project_page_is_as_captured(hello):
    tag = hello.page("l016-pypi", "hello16").headers["ETag"]
    answer = hello.page("l016-pypi", "hello16", headers={"If-None-Match": tag})
    assert_like(answer, captured("project page with If-None-Match"))
    assert answer.content == b""


def test_a_redirect_to_the_slash_is_as_captured(hello):
    answer = hello.get("/api/pypi/l016-pypi/simple/hello16")
    recorded = captured("project page without the final slash")
    assert_like(answer, recorded)
    pattern = r"http://[^/]+(/artifactory/api/pypi/l016-pypi/simple/hello16/)"
    ends = [re.fullmatch(pattern, where) for where in (answer.headers["Location"], recorded["headers"]["Location"])]
    assert all(ends)


def test_a_wheel_is_as_captured(hello):
    answer = hello.file("l016-pypi", "hello16/1.0.0/hello16-1.0.0-py3-none-any.whl")
    assert_like(answer, captured("a wheel, by following the page's link"))
    assert answer.headers["ETag"] == answer.headers["X-Checksum-Sha1"]
    assert answer.content == HELLO_WHEEL


def test_an_upload_is_answered_as_captured(hello):
    answer = hello.upload("l016-pypi", "notl016-1.0.0-py3-none-any.whl", wheel("notl016", "1.0.0"), "hello16", "1.0.0")
    recorded = captured("upload (POST")
    assert_like(answer, recorded)
    assert answer.headers["Location"].partition("/l016-pypi/")[2] == "hello16/1.0.0/notl016-1.0.0-py3-none-any.whl"
    assert "/artifactory/" not in answer.headers["Location"]


def more_uploads(model):
    later = sdist("hello16", "1.0.1", ">=3.8")
    model.upload("l016-pypi", "hello16-1.0.1.tar.gz", later, "hello16", "1.0.1", yanked="true")
    model.upload("l016-pypi", "hello16-abc-py3-none-any.whl", wheel("hello16", "abc"), "hello16", "1.0.0")
    model.advance(3)


def test_a_page_after_odd_uploads_is_as_captured(hello):
    more_uploads(hello)
    recorded = captured("project page after uploads of an sdist with a yanked")
    assert without_hashes(hello.page("l016-pypi", "hello16").text) == without_hashes(recorded["body"])


def test_legacy_json_has_the_captured_keys_and_kinds(hello):
    more_uploads(hello)
    answer = hello.get("/api/pypi/l016-pypi/pypi/hello16/json")
    recorded = json.loads(captured("legacy JSON of the latest version")["body"])
    assert answer.status_code == 200
    got = answer.json()
    assert list(got) == list(recorded)
    assert {name: type(value) for name, value in got["info"].items() if name != "summary"} == {
        name: type(value) for name, value in recorded["info"].items() if name != "summary"
    }
    assert set(got["urls"][0]) == set(recorded["urls"][0])
    assert got["info"]["version"] == "1.0.1"
    assert without_hashes(got["urls"][0]["url"]) == without_hashes(recorded["urls"][0]["url"])


def test_a_repository_is_deleted_as_captured(hello):
    answer = hello.call("DELETE", "/api/repositories/l016-pypi")
    recorded = captured("delete the repository")
    assert_like(answer, recorded)
    count = re.compile(r'("deletedArtifactsCount" :) \d+')
    assert count.sub(r"\1 N", answer.text) == count.sub(r"\1 N", recorded["body"])


def test_a_cached_wheel_of_a_remote_has_the_headers_of_7_78(model, catalog):
    recorded = exchange("7.78.3-remote-pypi-file.yaml", "HEAD")
    modified = recorded["headers"]["Last-Modified"]
    name = recorded["headers"]["X-Artifactory-Filename"]
    catalog.replies[f"/org/pypi/packages/{name}"] = Reply(body=b"x", headers={"Last-Modified": modified})
    model.remote(catalog)
    answer = model.call("HEAD", f"/api/pypi/catalog/packages/packages/{name}")
    assert answer.status_code == recorded["status"]
    got = {header.lower() for header in answer.headers} - ADDED_BY_THE_SERVER
    assert got == {header.lower() for header in recorded["headers"]}
    for header in ("Content-Type", "Last-Modified", "Accept-Ranges", "Content-Disposition"):
        assert answer.headers[header] == recorded["headers"][header]


def test_a_range_on_the_pypi_path_is_the_whole_file_as_on_7_78(model, catalog):
    catalog.file("x.whl", b"0123456789")
    model.remote(catalog)
    answer = model.file("catalog", "packages/packages/x.whl", headers={"Range": "bytes=0-3"})
    assert answer.status_code == exchange("7.78.3-remote-pypi-file.yaml", "the same with a Range")["status"]
    assert (answer.content, answer.headers["Accept-Ranges"]) == (b"0123456789", "bytes")
