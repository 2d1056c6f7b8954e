"""The forms that project pages can take."""

import hashlib
import json

import mousebender.simple
import pytest


def form(tenant, **form):
    tenant.control("PUT", "form", json=form, expect=204)


def files_of(tenant, project="example"):
    answer = tenant.get(f"/simple/{project}/")
    assert answer.status_code == 200
    return mousebender.simple.from_project_details_html(answer.text, project)["files"]


@pytest.mark.parametrize(
    ("order", "url"),
    [
        ({}, "../..{path}"),
        ({"links": "absolute"}, "http://catalog.test:81{base}{path}"),
        ({"links": "root_relative"}, "{base}{path}"),
        ({"links": "elsewhere", "elsewhere": "http://other.test/x/"}, "http://other.test/x{path}"),
        ({"query": "X-Amz-Signature=a&b=c"}, "../..{path}?X-Amz-Signature=a&b=c"),
        ({"literal_plus": True}, "../..{literal}"),
    ],
)
def test_link_is_written_as_ordered(tenant, order, url):
    published = tenant.publish(version="1.0+local")
    form(tenant, **order)

    answer = tenant.get("/simple/example/", headers={"Host": "catalog.test:81"})

    literal = published["path"].removeprefix(tenant.base_path)
    expected = url.format(path=literal.replace("+", "%2B"), literal=literal, base=tenant.base_path)
    file = mousebender.simple.from_project_details_html(answer.text, "example")["files"][0]
    assert (file["url"], file["hashes"]) == (expected, {"sha256": published["sha256"]})


def test_file_is_found_whatever_the_query(tenant):
    published = tenant.publish()

    assert tenant.get(f"{published['path'].removeprefix(tenant.base_path)}?a=b").status_code == 200
    assert tenant.journal()[-1]["query"] == "a=b"


def test_fragment_holds_another_hash_or_none(tenant):
    published = tenant.publish()
    content = tenant.file(published).content

    form(tenant, hash="md5")
    assert files_of(tenant)[0]["hashes"] == {"md5": hashlib.md5(content, usedforsecurity=False).hexdigest()}
    form(tenant, hash="none")
    assert files_of(tenant)[0]["hashes"] == {}


@pytest.mark.parametrize("anchors", ["multi_line", "upper_case"])
def test_anchor_says_the_same_in_every_form(tenant, anchors):
    tenant.publish(requires_python=">=3.8")
    tenant.publish(version="2.0", yanked="")
    usual = files_of(tenant)

    form(tenant, anchors=anchors)

    assert [{**file, "filename": file["filename"].strip()} for file in files_of(tenant)] == usual


def test_padding_makes_a_page_long(tenant):
    tenant.publish()
    form(tenant, padding=1_000_000)

    assert len(tenant.get("/simple/example/").content) > 1_000_000
    assert len(files_of(tenant)) == 1


@pytest.mark.parametrize(
    ("mode", "accept", "is_json"),
    [
        ("negotiated", "text/html, application/vnd.pypi.simple.v1+json", True),
        ("negotiated", "text/html", False),
        ("negotiated", "*/*", False),
        ("always", "text/html", True),
    ],
)
def test_page_comes_in_json(tenant, mode, accept, is_json):
    published = tenant.publish(requires_python=">=3.8", yanked="")
    form(tenant, json=mode, metadata="served")

    answer = tenant.get("/simple/example/", headers={"Accept": accept})

    assert (answer.headers["Content-Type"] == "application/vnd.pypi.simple.v1+json") is is_json
    if is_json:
        page = json.loads(answer.text)
        assert (page["meta"], page["name"]) == ({"api-version": "1.0"}, "example")
        (file,) = page["files"]
        assert file["filename"] == published["filename"]
        assert file["url"] == f"../../packages/{published['sha256']}/{published['filename']}"
        assert file["hashes"] == {"sha256": published["sha256"]}
        assert (file["requires-python"], file["yanked"], set(file["core-metadata"])) == (">=3.8", True, {"sha256"})


def test_metadata_is_served_where_it_is_advertised(tenant):
    published = tenant.publish()
    tenant.publish(kind="sdist")
    form(tenant, metadata="served")

    wheel, sdist = sorted(files_of(tenant), key=lambda file: file["filename"])
    content = tenant.get(published["path"].removeprefix(tenant.base_path) + ".metadata").content

    assert b"Name: example" in content
    assert wheel["core-metadata"] == {"sha256": hashlib.sha256(content).hexdigest()}
    assert not sdist.get("core-metadata")


def test_metadata_can_be_missing_although_it_is_advertised(tenant):
    published = tenant.publish()
    form(tenant, metadata="advertised")

    assert files_of(tenant)[0]["core-metadata"]
    assert tenant.get(published["path"].removeprefix(tenant.base_path) + ".metadata").status_code == 404


def test_new_form_replaces_the_old_one(tenant):
    tenant.publish()
    form(tenant, hash="none", links="root_relative")
    form(tenant)

    file = files_of(tenant)[0]
    assert file["hashes"]
    assert file["url"].startswith("../../")


@pytest.mark.parametrize(
    ("order", "named"),
    [
        ({"links": "sideways"}, "sideways"),
        ({"links": "elsewhere"}, "elsewhere"),
        ({"elsewhere": "http://other.test"}, "elsewhere"),
        ({"hash": "sha1"}, "sha1"),
        ({"padding": -1}, "padding"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_form_that_does_not_exist_is_refused(tenant, order, named):
    assert named in tenant.control("PUT", "form", json=order, expect=400).json()["error"]
