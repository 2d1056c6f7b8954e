"""The control interface: organizations, what they offer, what they were asked."""

import hashlib
import uuid

import pytest

from artifactory_conformance.distributions import DistributionSpec, build_sdist, build_wheel

WHEEL = {"project": "example", "version": "1.0", "kind": "wheel"}


def test_health_names_the_program(catalog):
    assert catalog.control("GET", "health", expect=200).json() == {
        "status": "ok",
        "program": "artifactory_conformance.upstream",
        "layout": "catalog",
    }


def test_organization_is_made_with_generated_credentials(catalog):
    made = catalog.control("POST", "organizations", expect=201).json()

    assert str(uuid.UUID(made["id"])) == made["id"] == made["user"]
    assert made["password"].startswith("canary-")
    assert len(made["password"]) > 20
    assert made["base_path"] == f"/{made['id']}/pypi"


def test_organization_is_made_as_ordered_and_shown_without_its_password(catalog):
    id_ = str(uuid.uuid4())
    order = {"id": id_, "user": "alice", "password": "pass:word"}

    made = catalog.control("POST", "organizations", json=order, expect=201).json()

    assert made == {**order, "base_path": f"/{id_}/pypi"}
    shown = catalog.control("GET", f"organizations/{id_}", expect=200).json()
    assert shown == {"id": id_, "user": "alice", "base_path": f"/{id_}/pypi"}
    assert catalog.request("GET", f"/{id_}/pypi/simple/", auth=("alice", "pass:word")).status_code == 200


def test_open_organization_answers_everybody(catalog):
    made = catalog.control("POST", "organizations", json={"open": True}, expect=201).json()

    assert made["password"] is None
    assert catalog.request("GET", f"{made['base_path']}/simple/").status_code == 200
    assert catalog.request("GET", f"{made['base_path']}/simple/", auth=("any", "body")).status_code == 200


@pytest.mark.parametrize("credentials", [{"user": "alice"}, {"password": "secret"}])
def test_open_organization_with_credentials_is_refused(catalog, credentials):
    refused = catalog.control("POST", "organizations", json={"open": True, **credentials}, expect=400).json()

    assert "open" in refused["error"]


def test_organization_is_gone_after_its_deletion(tenant):
    tenant.service.control("DELETE", f"organizations/{tenant.id}", expect=204)

    assert tenant.get("/simple/").status_code == 404
    for method in ("GET", "DELETE"):
        assert tenant.service.control(method, f"organizations/{tenant.id}", expect=404).json()["error"]


def test_rotated_credentials_replace_the_old_ones(tenant):
    tenant.control("PUT", "credentials", json={"user": "new", "password": "other"}, expect=200)

    assert tenant.get("/simple/").status_code == 401
    assert tenant.service.request("GET", f"{tenant.base_path}/simple/", auth=("new", "other")).status_code == 200


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_published_distribution_is_what_the_builder_builds(tenant, kind):
    fields = {
        "requires": ["other>=2"],
        "requires_python": ">=3.8",
        "extras": {"more": ["third"]},
        "entry_points": {"run": "example:main"},
        "tag": "py2.py3-none-any",
        "filler": 100,
        "variant": "b",
    }
    spec = DistributionSpec("Example", "1.0", **{**fields, "requires": ("other>=2",), "extras": {"more": ("third",)}})
    built = build_wheel(spec) if kind == "wheel" else build_sdist(spec)

    published = tenant.publish("Example", kind=kind, **fields)

    assert published == {
        "project": "example",
        "version": "1.0",
        "kind": kind,
        "filename": built.filename,
        "sha256": built.sha256,
        "size": len(built.content),
        "requires_python": ">=3.8",
        "path": f"{tenant.base_path}/packages/{built.sha256}/{built.filename}",
    }
    assert tenant.file(published).content == built.content
    assert tenant.control("GET", "projects", expect=200).json() == {"example": [published]}


def test_built_distribution_is_handed_over_and_not_published(tenant):
    answer = tenant.service.control("POST", "build", json=WHEEL, expect=200)

    built = build_wheel(DistributionSpec("example", "1.0"))
    assert answer.content == built.content
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert (answer.headers["X-Filename"], answer.headers["X-Sha256"]) == (built.filename, built.sha256)
    assert tenant.control("GET", "projects", expect=200).json() == {}


def test_other_variant_takes_the_place_of_the_file(tenant):
    first, second = tenant.publish(variant="a"), tenant.publish(variant="b")

    assert first["filename"] == second["filename"]
    assert tenant.file(first).status_code == 404
    assert hashlib.sha256(tenant.file(second).content).hexdigest() == second["sha256"]
    assert tenant.get("/simple/example/").text.count("<a ") == 1


def test_ready_made_file_is_published_with_its_metadata(tenant):
    sdist = build_sdist(DistributionSpec("Zope.Interface", "2.0", requires_python="<4"))

    published = tenant.control("PUT", f"files/Zope.Interface/{sdist.filename}", data=sdist.content, expect=201).json()

    assert (published["project"], published["requires_python"]) == ("zope-interface", "<4")
    assert tenant.file(published).content == sdist.content
    assert 'data-requires-python="&lt;4"' in tenant.get("/simple/zope-interface/").text


def test_withdrawn_file_and_project_are_gone(tenant):
    wheel, sdist = tenant.publish(), tenant.publish(kind="sdist")
    tenant.publish("other")

    tenant.control("DELETE", f"projects/example/{wheel['filename']}", expect=204)
    assert [tenant.file(each).status_code for each in (wheel, sdist)] == [404, 200]
    tenant.control("DELETE", f"projects/example/{sdist['filename']}", expect=204)
    tenant.control("DELETE", "projects/Other", expect=204)

    assert tenant.get("/simple/example/").status_code == 404
    for absent in ("example", f"example/{wheel['filename']}", "other"):
        tenant.control("DELETE", f"projects/{absent}", expect=404)


def test_journal_has_every_request_and_no_secret(tenant):
    tenant.publish()
    tenant.service.request("GET", f"{tenant.base_path}/simple/example/?a=b")
    tenant.service.request("HEAD", f"/{tenant.id}/elsewhere", auth=("bob", "secret-word"))
    headers = {"User-Agent": "Artifactory/7", "Cookie": "secret-word", "Accept": "text/html"}
    page = tenant.get("/simple/example/", headers=headers)

    answer = tenant.control("GET", "journal", expect=200)

    entries = answer.json()["requests"]
    assert [
        (e["number"], e["method"], e["path"], e["query"], e["user"], e["credentials"], e["status"], e["sent_bytes"])
        for e in entries
    ] == [
        (1, "GET", f"{tenant.base_path}/simple/example/", "a=b", None, "none", 401, 17),
        (2, "HEAD", f"/{tenant.id}/elsewhere", "", "bob", "wrong", 401, 0),
        (3, "GET", f"{tenant.base_path}/simple/example/", "", tenant.id, "right", 200, len(page.content)),
    ]
    assert entries[2]["headers"] == {
        "host": tenant.service.url.removeprefix("http://"),
        "user-agent": "Artifactory/7",
        "accept": "text/html",
        "accept-encoding": entries[2]["headers"]["accept-encoding"],
    }
    assert [e["time"] for e in entries] == sorted(e["time"] for e in entries)
    assert "secret-word" not in answer.text
    assert tenant.auth[1] not in answer.text


def test_cleared_journal_goes_on_counting(tenant):
    tenant.get("/simple/")
    tenant.control("DELETE", "journal", expect=204)
    assert tenant.journal() == []

    tenant.get("/simple/")

    assert [entry["number"] for entry in tenant.journal()] == [2]


def test_organizations_do_not_see_each_other(tenant, tenant_of):
    other = tenant_of(tenant.service)
    tenant.publish()
    tenant.faults({"path": "*", "status": 500})
    tenant.get("/simple/")

    assert other.get("/simple/").status_code == 200
    assert other.get("/simple/example/").status_code == 404
    assert len(other.journal()) == 2
    assert len(tenant.journal()) == 1


@pytest.mark.parametrize(
    ("method", "path", "body", "named"),
    [
        ("POST", "organizations", {"name": "x"}, "name"),
        ("POST", "organizations", {"id": "x"}, "id"),
        ("POST", "organizations", {"id": "{id}"}, "id"),
        ("POST", "organizations", {"user": 1}, "user"),
        ("POST", "organizations", [], "body"),
        ("PUT", "organizations/{id}/credentials", {"user": "x"}, "password"),
        ("PUT", "organizations/{id}/credentials", {"user": "x", "password": "y", "realm": "z"}, "realm"),
        ("POST", "organizations/{id}/distributions", {**WHEEL, "colour": "red"}, "colour"),
        ("POST", "organizations/{id}/distributions", {**WHEEL, "kind": "egg"}, "kind"),
        ("POST", "organizations/{id}/distributions", {**WHEEL, "version": "one"}, "version"),
        ("POST", "organizations/{id}/distributions", {**WHEEL, "requires": "other"}, "requires"),
        ("POST", "organizations/{id}/distributions", {**WHEEL, "requires": [1]}, "requires"),
        ("POST", "organizations/{id}/distributions", {**WHEEL, "extras": {"x": "y"}}, "extras.x"),
        ("POST", "organizations/{id}/distributions", {**WHEEL, "filler": True}, "filler"),
        ("POST", "organizations/{id}/distributions", {"version": "1"}, "kind"),
        ("POST", "build", {**WHEEL, "yanked": "why"}, "yanked"),
        ("PUT", "organizations/{id}/faults", {}, "faults"),
        ("PUT", "organizations/{id}/faults", {"faults": [{"status": 500}]}, "faults[0].path"),
        ("PUT", "organizations/{id}/faults", {"faults": [{"path": "*", "statsu": 500}]}, "faults[0].statsu"),
        ("PUT", "organizations/{id}/faults", {"faults": [{"path": "*", "status": 99}]}, "faults[0].status"),
        ("PUT", "organizations/{id}/faults", {"faults": [{"path": "*", "delay": 61}]}, "faults[0].delay"),
        ("PUT", "organizations/{id}/faults", {"faults": [{"path": "*", "times": 0}]}, "faults[0].times"),
        ("PUT", "organizations/{id}/faults", {"faults": [{"path": "*", "reset": 1}]}, "faults[0].reset"),
        ("PUT", "organizations/{id}/faults", {"faults": [{"path": "*", "reset": True, "truncate": 1}]}, "faults[0]."),
        ("PUT", "organizations/{id}/faults", {"faults": ["*"]}, "faults[0]"),
    ],
)
def test_mistake_in_a_body_is_refused_by_its_key(tenant, method, path, body, named):
    filled = {key: tenant.id if value == "{id}" else value for key, value in body.items()} if body else body

    answer = tenant.service.control(method, path.format(id=tenant.id), json=filled, expect=400)

    assert named in answer.json()["error"]


@pytest.mark.parametrize("data", [b"{", b"\xff", b"NaN"])
def test_body_that_is_no_json_object_is_refused(tenant, data):
    assert tenant.control("PUT", "faults", data=data, expect=400).json()["error"]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("files/example/example-1.0-py3-none-any.whl", b"no wheel"),
        ("files/example/example.txt", b""),
        ("files/other/example-1.0-py3-none-any.whl", build_wheel(DistributionSpec("example")).content),
    ],
)
def test_file_that_is_no_distribution_of_the_project_is_refused(tenant, path, content):
    assert "example" in tenant.control("PUT", path, data=content, expect=400).json()["error"]
    assert tenant.control("GET", "projects", expect=200).json() == {}


@pytest.mark.parametrize("path", ["", "unknown", "health/", "organizations/x/journal", "organizations/x/other"])
def test_unknown_control_path_is_not_found_in_json(catalog, path):
    assert catalog.control("GET", path, expect=404).json()["error"]


def test_wrong_method_is_refused_in_json(catalog):
    assert catalog.control("DELETE", "health", expect=405).json()["error"]
