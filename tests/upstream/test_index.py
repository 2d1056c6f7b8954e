"""What clients get from the catalog."""

import concurrent.futures
import hashlib
from email.utils import formatdate

import mousebender.simple
import pytest


def page_of(tenant, project):
    answer = tenant.get(f"/simple/{project}/")
    assert answer.status_code == 200
    return mousebender.simple.from_project_details_html(answer.text, project)


def test_project_page_links_to_the_files_by_name(tenant):
    second = tenant.publish(version="2.0", requires_python=">=3.8,<4")
    first = tenant.publish(version="1.0", kind="sdist", yanked='too <"old">')

    files = page_of(tenant, "example")["files"]

    assert [file["filename"] for file in files] == sorted([first["filename"], second["filename"]])
    assert {file["filename"]: file["hashes"]["sha256"] for file in files} == {
        each["filename"]: each["sha256"] for each in (first, second)
    }
    by_name = {file["filename"]: file for file in files}
    assert by_name[second["filename"]]["requires-python"] == ">=3.8,<4"
    assert by_name[first["filename"]]["yanked"] == 'too <"old">'
    assert not by_name[second["filename"]].get("yanked")
    link = f"../../packages/{first['sha256']}/{first['filename']}"
    assert by_name[first["filename"]]["url"] == link
    assert f'"{link}#sha256={first["sha256"]}"' in tenant.get("/simple/example/").text


def test_file_has_the_bytes_that_the_page_promises(tenant):
    published = tenant.publish(filler=300_000)

    answer = tenant.file(published)

    assert answer.status_code == 200
    assert hashlib.sha256(answer.content).hexdigest() == published["sha256"]
    assert int(answer.headers["Content-Length"]) == published["size"] == len(answer.content)
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_page_is_html_with_doctype_and_version(tenant):
    tenant.publish()

    answer = tenant.get("/simple/example/")

    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.text.startswith("<!DOCTYPE html>")
    assert '<meta name="pypi:repository-version" content="1.0">' in answer.text
    assert answer.headers["ETag"].strip('"') == hashlib.sha256(answer.content).hexdigest()
    assert int(answer.headers["Content-Length"]) == len(answer.content)


def test_local_version_is_percent_encoded_in_its_link(tenant):
    published = tenant.publish("scantree", "0+unknown")

    link = page_of(tenant, "scantree")["files"][0]["url"]

    assert "scantree-0%2Bunknown-py3" in link
    assert tenant.get(f"/simple/scantree/{link}").status_code == 200
    assert tenant.journal()[-1]["path"] == published["path"]


def test_root_index_lists_the_projects(tenant):
    tenant.publish("Zope.Interface")
    tenant.publish("example")

    answer = tenant.get("/simple/")

    assert answer.status_code == 200
    assert answer.text.index('<a href="example/">') < answer.text.index('<a href="zope-interface/">')


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        ("/simple", "/simple/"),
        ("/simple/example", "/simple/example/"),
        ("/simple/Zope.Interface/", "/simple/zope-interface/"),
        ("/simple/Zope_Interface", "/simple/zope-interface/"),
    ],
)
def test_other_spelling_is_redirected_to_the_normal_one(tenant, asked, location):
    answer = tenant.get(asked)

    assert (answer.status_code, answer.headers["Location"]) == (301, f"{tenant.base_path}{location}")


@pytest.mark.parametrize(
    "path", ["/simple/absent/", "/simple//", "/simple/example/more/", "/packages/x/y.whl", "/packages/", "/", ""]
)
def test_what_is_not_offered_is_not_found(tenant, path):
    tenant.publish()

    assert tenant.get(path).status_code == 404


def test_file_is_found_only_under_its_own_hash(tenant):
    published = tenant.publish()
    path = published["path"].removeprefix(tenant.base_path)

    assert tenant.get(path.replace(published["sha256"], "0" * 64)).status_code == 404
    assert tenant.get(path).status_code == 200


def test_unknown_organization_is_not_found_and_other_methods_are_refused(catalog, tenant):
    assert catalog.request("GET", "/0c8bd9b8-4b7e-4a7f-8c53-29cdcbf0b2ab/pypi/simple/").status_code == 404
    assert catalog.request("GET", "/").status_code == 404

    answer = tenant.get("/simple/", method="PUT", data=b"x" * 100_000)

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/simple/", "/simple/example/", "file"])
def test_head_has_the_headers_of_get_and_no_body(tenant, path):
    published = tenant.publish()
    path = published["path"].removeprefix(tenant.base_path) if path == "file" else path

    head, get = tenant.get(path, method="HEAD"), tenant.get(path)

    assert head.status_code == 200
    assert head.content == b""
    assert {**head.headers, "Date": ""} == {**get.headers, "Date": ""}
    assert [entry["sent_bytes"] for entry in tenant.journal()] == [0, len(get.content)]


@pytest.mark.parametrize(
    ("asked", "expected", "content_range"),
    [
        ("bytes=0-9", slice(0, 10), "bytes 0-9/{size}"),
        ("bytes=100-", slice(100, None), "bytes 100-{last}/{size}"),
        ("bytes=-5", slice(-5, None), "bytes {from_end}-{last}/{size}"),
        ("bytes=100-99999999", slice(100, None), "bytes 100-{last}/{size}"),
    ],
)
def test_range_of_a_file_is_answered_with_that_part(tenant, asked, expected, content_range):
    published = tenant.publish()
    whole, size = tenant.file(published).content, published["size"]

    answer = tenant.file(published, headers={"Range": asked})

    assert answer.status_code == 206
    assert answer.content == whole[expected]
    assert answer.headers["Content-Range"] == content_range.format(size=size, last=size - 1, from_end=size - 5)


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0"])
def test_range_behind_the_end_is_not_satisfiable(tenant, asked):
    published = tenant.publish()

    answer = tenant.file(published, headers={"Range": asked})

    assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{published['size']}")


@pytest.mark.parametrize("asked", ["bytes=0-1,3-4", "lines=1-2", "bytes=-", "bytes=9-2", "nonsense"])
def test_range_that_is_not_understood_gets_the_whole_file(tenant, asked):
    published = tenant.publish()

    answer = tenant.file(published, headers={"Range": asked})

    assert (answer.status_code, len(answer.content)) == (200, published["size"])


def test_range_is_ignored_if_the_file_is_another_one(tenant):
    published = tenant.publish()

    assert tenant.file(published, headers={"Range": "bytes=0-1", "If-Range": '"other"'}).status_code == 200
    assert (
        tenant.file(published, headers={"Range": "bytes=0-1", "If-Range": f'"{published["sha256"]}"'}).status_code
        == 206
    )


@pytest.mark.parametrize("path", ["/simple/", "/simple/example/", "file"])
def test_what_the_client_has_already_is_not_sent_again(tenant, path):
    published = tenant.publish()
    path = published["path"].removeprefix(tenant.base_path) if path == "file" else path
    etag = tenant.get(path).headers["ETag"]

    same = tenant.get(path, headers={"If-None-Match": f'"other", W/{etag}'})
    other = tenant.get(path, headers={"If-None-Match": '"other"'})

    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", etag)
    assert other.status_code == 200


def test_file_that_is_not_newer_is_not_sent_again(tenant):
    published = tenant.publish()
    modified = tenant.file(published).headers["Last-Modified"]

    assert tenant.file(published, headers={"If-Modified-Since": modified}).status_code == 304
    assert tenant.file(published, headers={"If-Modified-Since": formatdate(0, usegmt=True)}).status_code == 200
    assert tenant.file(published, headers={"If-Modified-Since": "yesterday"}).status_code == 200


@pytest.mark.parametrize("auth", [None, ("id", "wrong"), ("other", "password"), ("id", ""), "Bearer x", "Basic %%%"])
def test_request_without_the_right_credentials_is_challenged(tenant, auth):
    tenant.publish()
    if isinstance(auth, tuple):
        pair = (tenant.id if auth[0] == "id" else auth[0], tenant.auth[1] if auth[1] == "password" else auth[1])
        options = {"auth": pair}
    else:
        options = {"headers": {"Authorization": auth}} if auth else {}

    answer = tenant.service.request("GET", f"{tenant.base_path}/simple/example/", **options)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Basic realm="ActiveState"'
    assert "example-1.0" not in answer.text


def test_credentials_of_one_organization_do_not_open_another(tenant, tenant_of):
    other = tenant_of(tenant.service)
    tenant.publish()

    stolen = tenant.service.request("GET", f"{tenant.base_path}/simple/example/", auth=other.auth)

    assert stolen.status_code == 401
    assert tenant.get("/simple/example/").status_code == 200
    assert other.get("/simple/example/").status_code == 404


def test_twenty_requests_in_parallel_are_all_answered(tenant):
    published = tenant.publish(filler=1_000_000)
    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: tenant.file(published), range(40)))

    assert {hashlib.sha256(answer.content).hexdigest() for answer in answers} == {published["sha256"]}
    assert sorted(entry["number"] for entry in tenant.journal()) == list(range(1, 41))
