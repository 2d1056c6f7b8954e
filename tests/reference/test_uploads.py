"""Uploads to locals and what their pages show (T-01 to T-08, N-01, N-04)."""

import hashlib

import pytest

from tests.reference.made_distributions import sdist, wheel
from tests.reference.model_client import message

WHEEL = "example-1.0-py3-none-any.whl"
PATH = f"example/1.0/{WHEEL}"


@pytest.fixture
def internal(model):
    model.local("internal")
    return model


def put_example(model, user=("admin", "password"), content=None):
    return model.upload("internal", WHEEL, content or wheel("example", "1.0", ">=3.8"), "example", "1.0", user)


def test_t02_an_upload_is_stored_by_name_and_version_and_served(internal):
    assert put_example(internal).status_code == 200
    assert internal.state("internal")["stored"] == [PATH]
    for path in (PATH, f"packages/{PATH}"):  # U-10
        assert internal.file("internal", path).content == wheel("example", "1.0", ">=3.8")
    assert internal.get(f"/internal/{PATH}").status_code == 200  # U-11


def test_b33_a_duplicate_by_a_privileged_user_replaces_silently(internal):
    put_example(internal)
    before = internal.page("internal", "example").text
    assert put_example(internal, content=wheel("example", "1.0", ">=3.9")).status_code == 200
    assert internal.page("internal", "example").text != before


@pytest.mark.parametrize(("hidden", "status"), [("false", 403), ("true", 404)])
def test_t03_a_duplicate_without_delete_is_refused(internal, hidden, status):
    user = internal.user("joe")
    internal.grant("joe", "internal", "read", "write")
    assert put_example(internal, user).status_code == 200
    internal.configure(f"security: {{hideUnauthorizedResources: {hidden}}}")
    refused = put_example(internal, user)
    assert refused.status_code == status
    assert ("overwrite" in message(refused)) is (status == 403)


def test_an_upload_without_deploy_is_403(internal):
    assert put_example(internal, internal.user("joe", groups=["readers"])).status_code == 403
    assert internal.state("internal")["stored"] == []


@pytest.mark.parametrize(
    ("name", "version", "fields", "text"),
    [
        ("", "1.0", {}, "Metadata is not complete, missing name or version"),
        ("example", "", {":action": "nonsense"}, "Metadata is not complete, missing name or version"),
        ("example", "1.0", {":action": "submit"}, "unknown action 'SUBMIT'"),
    ],
)
def test_t06_a_bad_form_is_400(internal, name, version, fields, text):
    answer = internal.upload("internal", WHEEL, b"x", name, version, **fields)
    assert (answer.status_code, message(answer)) == (400, text)


def test_a_body_that_is_no_form_is_400(internal):
    assert internal.call("POST", "/api/pypi/internal", data=b"x").status_code == 400
    headers = {"Content-Type": "multipart/form-data"}
    assert internal.call("POST", "/api/pypi/internal", data=b"x", headers=headers).status_code == 400


@pytest.mark.parametrize("tail", ["simple", "simple/"])
def test_u15_an_upload_to_simple_is_415(internal, tail):
    answer = internal.call("POST", f"/api/pypi/internal/{tail}", data={"name": "example"})
    assert answer.status_code == 415


def test_t05_a_file_without_metadata_is_accepted_and_not_listed(internal):
    assert internal.upload("internal", WHEEL, b"no zip", "example", "1.0").status_code == 200
    assert internal.page("internal", "example").status_code == 404
    assert internal.file("internal", PATH).status_code == 200


def test_n04_a_file_is_stored_under_the_form_name_and_listed_under_its_own(internal):
    internal.upload("internal", "other-1.0-py3-none-any.whl", wheel("Other_Name", "1.0"), "example", "1.0")
    assert internal.page("internal", "example").status_code == 404
    assert "example/1.0/other-1.0-py3-none-any.whl" in internal.page("internal", "other-name").text


@pytest.mark.parametrize(
    ("file_name", "content"),
    [("example-2.0.tar.gz", sdist("example", "2.0", ">=3.9")), (WHEEL, wheel("example", "2.0", ">=3.9"))],
)
def test_h08_requires_python_comes_from_the_file_or_the_form(internal, file_name, content):
    internal.upload("internal", file_name, content, "example", "2.0")
    assert 'data-requires-python="&gt;=3.9"' in internal.page("internal", "example").text
    internal.upload("internal", file_name, content, "example", "2.0", requires_python="<4 & >3")
    assert 'data-requires-python="&lt;4 &amp; &gt;3"' in internal.page("internal", "example").text


def test_t04_a_file_put_by_hand_is_listed_after_the_quiet_period(internal):
    content = wheel("example", "1.0")
    put = internal.call("PUT", f"/internal/{PATH}", data=content)
    assert (put.status_code, put.json()["path"]) == (201, f"/{PATH}")
    assert internal.page("internal", "example").status_code == 404
    internal.advance(61)
    assert internal.page("internal", "example").status_code == 200


def test_n01_the_properties_are_those_of_the_file(internal):
    put_example(internal)
    told = internal.get(f"/api/storage/internal/{PATH}?properties").json()["properties"]
    assert told == {
        "pypi.name": ["example"],
        "pypi.normalized.name": ["example"],
        "pypi.version": ["1.0"],
        "pypi.requires.python": [">=3.8"],
    }


def test_v06_a_path_that_the_patterns_exclude_is_409(internal):
    internal.update("internal", excludesPattern="example/**")
    assert put_example(internal).status_code == 409


@pytest.mark.parametrize("header", ["X-Checksum-Sha1", "X-Checksum-Sha256", "X-Checksum"])
def test_a_deployment_by_checksum_takes_what_is_stored(internal, header):
    content = wheel("example", "1.0", ">=3.8")
    kind = hashlib.sha256 if header == "X-Checksum-Sha256" else hashlib.sha1
    stated = {"X-Checksum-Deploy": "true", header: kind(content).hexdigest()}
    assert internal.call("PUT", "/internal/a/x.whl", headers=stated).status_code == 404
    put_example(internal)
    put = internal.call("PUT", f"/internal/a/{WHEEL}", headers=stated)
    assert (put.status_code, put.json()["size"]) == (201, str(len(content)))
    assert internal.file("internal", f"a/{WHEEL}").content == content


def test_a_deployment_by_no_checksum_takes_nothing(internal):
    put_example(internal)
    assert internal.call("PUT", "/internal/a/x.whl", headers={"X-Checksum-Deploy": "true"}).status_code == 404


def test_u20_the_sha256_of_a_local_file_exists_and_the_sha1_was_never_set(internal):
    put_example(internal)
    sha256 = internal.file("internal", PATH).headers["X-Checksum-Sha256"]
    assert internal.file("internal", f"{PATH}.sha256").text == sha256
    missing = internal.file("internal", f"{PATH}.sha1")
    assert (missing.status_code, message(missing)) == (404, f"Checksum not found for {PATH}.sha1")


def test_e03_a_missing_file_is_named(internal):
    answer = internal.file("internal", "example/9/x.whl")
    assert message(answer) == "File not found.; Path: 'internal:example/9/x.whl'"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_on_the_pypi_path_are_405(internal, method):
    assert internal.call(method, "/api/pypi/internal/simple/x/").status_code == 405
