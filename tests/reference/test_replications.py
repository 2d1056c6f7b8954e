"""Replications (admin 7)."""

from tests.reference.stub_catalog import Reply


def test_there_is_none_until_one_is_set(model):
    model.local("internal")
    path = "/api/replications/internal"
    assert model.get(path).status_code == 404
    assert model.get("/api/replication/internal").status_code == 404
    assert model.call("PUT", path, json={"cronExp": "0 0 12 * * ?", "enabled": True}).status_code == 201
    assert model.get(path).json()["cronExp"] == "0 0 12 * * ?"
    assert model.get("/api/replication/internal").json() == {"status": "never_run"}
    assert model.call("DELETE", path).status_code == 200
    assert model.get(path).status_code == 404


def test_a_remote_is_replicated_from_an_artifactory_alone(model, catalog):
    model.remote(catalog)
    path = "/api/replications/catalog"
    assert model.call("PUT", path, json={"enabled": True}).status_code == 400
    catalog.replies["/org/pypi/"] = Reply(headers={"X-Artifactory-Id": "1:2:3"})
    assert model.call("PUT", path, json={"enabled": True}).status_code == 201
    assert model.get(path).json()["repoKey"] == "catalog"


def test_it_is_for_administrators_and_existing_repositories(model):
    model.local("internal")
    assert model.get("/api/replications/internal", model.user("joe")).status_code == 403
    assert model.get("/api/replications/absent").status_code == 404
    assert model.get("/api/system/replications").json()["blockPullReplications"] is False
