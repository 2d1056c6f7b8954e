"""REST of users, groups, permissions, storage and system (admin 1.2, 5, 6; D2 to D9)."""

import pytest

from tests.reference.model_client import NOBODY, message
from tests.reference.stub_catalog import Reply


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/api/repositories/x"),
        ("DELETE", "/api/repositories/x"),
        ("GET", "/api/security/users"),
        ("PUT", "/api/security/groups/x"),
        ("POST", "/api/v2/security/permissions/x"),
        ("PATCH", "/api/system/configuration"),
        ("GET", "/api/system/license"),
    ],
)
def test_c40_administration_is_403_for_users_and_401_for_nobody(model, method, path):
    assert model.call(method, path, model.user("joe")).status_code == 403
    assert model.call(method, path, NOBODY).status_code == 401


def test_users_come_and_go(model):
    user = model.user("joe")
    told = model.get("/api/security/users/joe").json()
    assert (told["name"], told["groups"], told["admin"], "password" in told) == ("joe", [], False, False)
    assert model.call("POST", "/api/security/users/joe", json={"admin": True}).status_code == 200
    assert model.get("/api/security/users", user).status_code == 200
    assert {one["name"] for one in model.get("/api/security/users").json()} == {"admin", "anonymous", "joe"}
    deleted = model.call("DELETE", "/api/security/users/joe")
    assert deleted.text == "The user: 'joe' has been removed successfully."
    assert model.get("/api/security/users/joe").status_code == 404
    assert model.get("/api/system/version", user).status_code == 401


def test_a_user_needs_a_password_and_existing_groups(model):
    assert model.call("PUT", "/api/security/users/x", json={"email": ""}).status_code == 400
    body = {"password": "x", "groups": ["absent"]}
    assert model.call("PUT", "/api/security/users/x", json=body).status_code == 400


def test_a_group_joins_new_users_and_makes_administrators(model):
    body = {"autoJoin": True, "adminPrivileges": True, "description": "all"}
    assert model.call("PUT", "/api/security/groups/bosses", json=body).status_code == 201
    model.call("PUT", "/api/security/users/joe", json={"password": "secret"})
    assert model.get("/api/security/groups/bosses").json()["userNames"] == ["joe"]
    assert model.get("/api/security/users", ("joe", "secret")).status_code == 200
    assert model.call("POST", "/api/security/groups/bosses", json={"userNames": []}).status_code == 200
    assert model.get("/api/security/users", ("joe", "secret")).status_code == 403
    assert model.call("DELETE", "/api/security/groups/bosses").status_code == 200
    assert model.get("/api/security/groups/bosses").status_code == 404


def test_permission_targets_come_and_go(model):
    model.local("internal")
    model.user("joe")
    path = f"/api/v2/security/permissions/{model.grant('joe', 'internal', 'read', 'write')}"
    told = model.get(path).json()
    assert told["repo"]["actions"]["users"] == {"joe": ["read", "write"]}
    assert model.call("POST", path, json=told).status_code == 409
    told["repo"]["actions"]["users"]["joe"] = ["read"]
    assert model.call("PUT", path, json=told).status_code == 200
    assert model.get("/api/v2/security/permissions/users/joe").json()[0]["repo"]["actions"] == ["read"]
    assert model.call("DELETE", path).status_code == 200
    assert model.get(path).status_code == 404


def test_5_3_put_makes_a_target_of_version_2_that_is_not_there(model):
    model.local("internal")
    body = {"name": "x", "repo": {"repositories": ["internal"], "exclude-patterns": [""], "actions": {}}}
    assert model.call("PUT", "/api/v2/security/permissions/x", json=body).status_code == 200
    assert model.get("/api/v2/security/permissions/x").json()["repo"]["exclude-patterns"] == []


def test_5_3_version_1_is_another_form_of_the_same_targets(model):
    model.local("internal")
    user = model.user("joe")
    body = {
        "name": "x y",
        "includesPattern": "a/**,b/**",
        "excludesPattern": "a/c/**",
        "repositories": ["internal"],
        "principals": {"users": {"joe": ["r", "w", "mxm"]}, "groups": None},
    }
    path = "/api/security/permissions/x+y"
    assert model.get(path).status_code == 404
    assert [model.call("PUT", path, json=body).status_code for _ in range(2)] == [201, 200]
    repo = model.get("/api/v2/security/permissions/x+y").json()["repo"]
    assert repo["actions"] == {"users": {"joe": ["managedXrayMeta", "read", "write"]}, "groups": {}}
    assert (repo["include-patterns"], repo["exclude-patterns"]) == (["a/**", "b/**"], ["a/c/**"])
    shown = model.get(path).json()
    assert set(shown["principals"]["users"]["joe"]) == {"r", "w", "mxm"}
    assert (shown["includesPattern"], shown["excludesPattern"]) == ("a/**,b/**", "a/c/**")
    assert "x y" in [one["name"] for one in model.get("/api/security/permissions").json()]
    assert model.get(path, user).status_code == 403
    assert model.call("POST", path, json=body).status_code == 405
    assert model.call("DELETE", path).status_code == 200
    assert model.get("/api/v2/security/permissions/x+y").status_code == 404


@pytest.mark.parametrize("wrong", [{"principals": {"users": {"joe": ["q"]}}}, {"repositories": ["all"]}, {"name": "y"}])
def test_5_3_version_1_refuses_what_version_2_refuses(model, wrong):
    model.virtual(model.local("internal"))
    body = {"name": "x", "repositories": ["internal"], **wrong}
    assert model.call("PUT", "/api/security/permissions/x", json=body).status_code == 400


def test_what_is_null_says_nothing_of_users_and_groups(model):
    nulls = {"email": None, "admin": None, "profileUpdatable": None}
    model.call(
        "PUT", "/api/security/users/joe", json={"password": "x", "email": "joe@a.example", "disableUIAccess": True}
    )
    model.call("POST", "/api/security/users/joe", json=nulls)
    told = model.get("/api/security/users/joe").json()
    assert (told["email"], told["disableUIAccess"], told["profileUpdatable"]) == ("joe@a.example", True, True)
    model.call("PUT", "/api/security/groups/team", json={"description": None, "userNames": None})
    assert model.get("/api/security/groups/team").json()["description"] == ""


def test_d3_statistics_count_downloads_and_end_with_the_item(model, catalog):
    wheel = catalog.project("example")
    model.remote(catalog)
    model.wheel("catalog", wheel)
    user = model.user("joe", admin=True)
    path = f"catalog-cache/ab/cd/{wheel}"
    model.get(f"/{path}", user)
    told = model.get(f"/api/storage/{path}?stats").json()
    assert (told["downloadCount"], told["lastDownloadedBy"]) == (2, "joe")
    assert told["lastDownloaded"] > 1_600_000_000_000
    folder = model.get("/api/storage/catalog-cache/ab?stats").json()
    assert (folder["downloadCount"], folder["lastDownloaded"], "lastDownloadedBy" in folder) == (0, 0, False)
    model.call("DELETE", f"/{path}")
    assert model.get(f"/api/storage/{path}?stats").status_code == 404
    model.wheel("catalog", wheel)
    assert model.get(f"/api/storage/{path}?stats").json()["downloadCount"] == 1


def test_c10_the_default_targets_exist(model):
    assert [one["name"] for one in model.get("/api/v2/security/permissions").json()] == ["Any Remote", "Anything"]
    told = model.get("/api/v2/security/permissions/Any+Remote").json()
    assert told["repo"]["repositories"] == ["ANY REMOTE"]
    assert told["repo"]["actions"] == {"users": {"anonymous": ["read", "write"]}, "groups": {}}


def test_an_unknown_action_is_400(model):
    body = {"name": "x", "repo": {"repositories": ["ANY"], "actions": {"users": {"joe": ["fly"]}}}}
    assert model.call("POST", "/api/v2/security/permissions/x", json=body).status_code == 400


def test_d3_item_information_of_the_cache_and_none_under_the_remotes_key(model, catalog):
    wheel = catalog.project("example", content=b"wheel")
    model.remote(catalog)
    model.wheel("catalog", wheel)
    told = model.get(f"/api/storage/catalog-cache/ab/cd/{wheel}")
    assert told.headers["Content-Type"] == "application/vnd.org.jfrog.artifactory.storage.FileInfo+json"
    body = told.json()
    assert (body["repo"], body["path"], body["size"]) == ("catalog-cache", f"/ab/cd/{wheel}", "5")
    assert body["remoteUrl"] == f"{catalog.url}/packages/ab/cd/{wheel}"
    missing = model.get(f"/api/storage/catalog/ab/cd/{wheel}")
    assert (missing.status_code, message(missing)) == (404, "Unable to find item")
    refused = model.get(f"/api/storage/catalog-cache/ab/cd/{wheel}", model.user("stranger"))
    assert refused.status_code == 403


def test_d3_folder_information_and_deep_lists(model, catalog):
    wheel = catalog.project("example")
    model.remote(catalog)
    model.page("catalog", "example")
    model.wheel("catalog", wheel)
    children = model.get("/api/storage/catalog-cache").json()["children"]
    assert children == [{"uri": "/.pypi", "folder": True}, {"uri": "/ab", "folder": True}]
    deep = model.get("/api/storage/catalog-cache?list&deep=1").json()["files"]
    assert [one["uri"] for one in deep] == ["/.pypi/example.html", f"/ab/cd/{wheel}"]
    folders = model.get("/api/storage/catalog-cache/ab?list&deep=1&listFolders=1").json()["files"]
    assert [(one["uri"], one["folder"]) for one in folders] == [(f"/cd/{wheel}", False), ("/cd", True)]
    assert model.get("/api/storage/catalog-cache?list&depth=1").json()["files"] == []


def test_d9_zap_takes_caches_only_and_forgets_missed_paths_below_what_exists(model, catalog):
    model.remote(catalog)
    model.local("internal")
    for key in ("catalog", "internal", "absent"):
        assert model.call("POST", f"/api/zap/{key}").status_code == 400
    model.page("catalog", "absent")
    model.call("POST", "/api/zap/catalog-cache/.pypi/absent.html")
    assert model.state("catalog")["missed"] == [".pypi/absent.html"]
    model.call("POST", "/api/zap/catalog-cache")
    assert model.state("catalog")["missed"] == []


def test_ping_answers_everybody(model):
    answer = model.get("/api/system/ping", NOBODY)
    assert (answer.status_code, answer.text) == (200, "OK")


def test_1_3_version_and_licence_tell_pro(model):
    version = model.get("/api/system/version").json()
    assert version["license"]
    assert len(version["addons"]) > 5
    assert model.get("/api/system/licenses").json()["type"] == "Commercial"


def test_the_configuration_can_be_patched_and_read(model):
    model.configure("security:\n  anonAccessEnabled: true\nurlBase: http://a.example\n")
    text = model.get("/api/system/configuration").text
    assert "<anonAccessEnabled>true</anonAccessEnabled>" in text
    assert "<urlBase>http://a.example</urlBase>" in text
    for bad in ("[", "- x", "nonsense: 1"):
        assert model.call("PATCH", "/api/system/configuration", data=bad).status_code == 400


@pytest.mark.parametrize("path", ["/api/nonsense", "/absent/x.whl", "/api/system/nonsense", "/api/security/nonsense"])
def test_unknown_paths_are_404_in_the_envelope(model, path):
    answer = model.get(path)
    assert (answer.status_code, message(answer)) == (404, "Not Found")


def test_every_answer_carries_the_instances_headers(model):
    for answer in (model.get("/api/system/ping"), model.get("/x"), model.get("/api/system/version", NOBODY)):
        assert answer.headers["X-JFrog-Version"] == "Artifactory/7.84.17 78417900"
        assert answer.headers["X-Artifactory-Id"]
        assert answer.headers["X-Artifactory-Node-Id"]


def test_a_model_says_that_it_is_one_beside_its_version_and_nowhere_else(model):
    assert model.get("/api/system/version").headers["X-Reference-Model"] == "7.84-pro"
    assert "X-Reference-Model" not in model.get("/api/system/ping").headers


PRO_TEXT = "This REST API is available only in Artifactory Pro (see: jfrog.com/artifactory/features)."


def test_1_2_the_open_source_edition_refuses_pro_rest_and_has_no_pypi(start):
    oss = start("oss")
    for method, path in (
        ("GET", "/api/repositories/any"),
        ("PUT", "/api/repositories/any"),
        ("DELETE", "/api/repositories/any"),
        ("GET", "/api/security/users"),
        ("POST", "/api/v2/security/permissions/x"),
        ("GET", "/api/storage/any?list"),
        ("GET", "/api/replications/any"),
        ("POST", "/api/zap/any-cache"),
    ):
        answer = oss.call(method, path)
        assert answer.status_code == 400
        assert message(answer).startswith(PRO_TEXT)
    assert oss.get("/api/pypi/any/simple/").status_code == 404
    assert oss.get("/api/repositories").json() == []
    version = oss.get("/api/system/version").json()
    assert (version["addons"], version["license"]) == ([], None)


def test_a_failure_of_the_model_is_a_500_in_the_envelope(model, catalog, monkeypatch, caplog):
    monkeypatch.setattr("artifactory_conformance.reference.pypi.root_answer", lambda names: 1 / 0)
    model.local("internal")
    answer = model.get("/api/pypi/internal/simple/")
    assert (answer.status_code, message(answer)) == (500, "Internal Server Error")
    assert "the model failed on GET" in caplog.text


def test_no_secret_is_in_the_state_or_in_an_answer_about_it(model, catalog):
    catalog.fault = Reply(500)
    model.remote(catalog, username="org", password="canary-secret")
    model.user("joe")
    texts = [
        str(model.state()),
        model.get("/api/repositories/catalog").text,
        model.page("catalog", "x").text,
        model.get("/api/security/users/joe").text,
    ]
    assert not any("canary-secret" in text or "joe-secret" in text for text in texts)
