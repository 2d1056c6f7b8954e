"""The open-source edition: what works, what is refused, what is absent (admin 1.1, admin 1.2, D2, D20 to D22)."""

import pytest

from tests.reference.model_client import NOBODY, message
from tests.reference.stub_catalog import Reply


@pytest.fixture
def free(start):
    """A fresh free edition."""
    return start("oss")


def is_pro_only(answer):
    return answer.status_code == 400 and message(answer).startswith(
        "This REST API is available only in Artifactory Pro"
    )


@pytest.mark.parametrize("path", ["simple/", "simple/example/", "simple", ""])
def test_the_pypi_interface_is_absent(free, path):
    free.configure("localRepositories: {internal: {type: pypi}}")
    assert message(free.get(f"/api/pypi/internal/{path}")) == "Not Found"
    assert free.get(f"/api/pypi/internal/{path}", NOBODY).status_code == 401


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/repositories/x"),
        ("PUT", "/api/repositories/x"),
        ("DELETE", "/api/repositories/x"),
        ("GET", "/api/security/users"),
        ("PUT", "/api/security/groups/x"),
        ("POST", "/api/v2/security/permissions/x"),
        ("GET", "/api/storage/internal/?list"),
        ("GET", "/api/storage/internal/?permissions"),
        ("PUT", "/api/storage/internal/x?properties=a=b"),
        ("GET", "/api/search/pattern?pattern=x"),
        ("POST", "/api/copy/internal/x"),
        ("GET", "/api/replications/internal"),
    ],
)
def test_d2_what_only_pro_has_is_refused_by_name(free, method, path):
    assert is_pro_only(free.call(method, path))


@pytest.mark.parametrize("path", ["/api/security/users", "/api/v2/security/permissions/x"])
def test_d2_the_role_is_asked_for_first(free, path):
    assert free.get(path, NOBODY).status_code == 401


def test_d2_a_list_is_not_for_anonymous(free):
    free.configure("security: {anonAccessEnabled: true}")
    assert free.get("/api/storage/internal/?list", NOBODY).status_code == 403


def test_version_storage_and_listing_work(free):
    free.configure("localRepositories: {mine: {type: generic}}")
    told = free.get("/api/system/version").json()
    assert (told["addons"], told["license"]) == ([], None)
    assert [one["key"] for one in free.get("/api/repositories").json()] == ["mine"]
    assert free.call("PUT", "/mine/a/b.txt", data=b"b").status_code == 201
    assert free.get("/mine/a/b.txt").content == b"b"
    assert free.get("/api/storage/mine/a/b.txt").json()["size"] == "1"
    assert free.call("DELETE", "/mine/a/b.txt").status_code == 204


def test_d22_a_pypi_remote_is_a_proxy_of_paths_that_never_expire(free, catalog):
    catalog.replies["/org/pypi/packages/x.whl"] = Reply(body=b"x")
    free.configure(f"remoteRepositories: {{catalog: {{type: pypi, url: '{catalog.url}'}}}}")
    for _ in range(2):
        assert free.get("/catalog/packages/x.whl").content == b"x"
        free.advance(100_000)
    assert len(catalog.journal) == 2
    assert free.state("catalog")["stored"] == ["packages/x.whl"]


def test_an_element_that_is_null_is_deleted(free):
    free.configure("localRepositories: {mine: {type: generic}, other: {type: generic}}")
    free.call("PUT", "/mine/a.txt", data=b"a")
    free.configure("localRepositories: {mine: null, never: null}")
    assert [one["key"] for one in free.get("/api/repositories").json()] == ["other"]
