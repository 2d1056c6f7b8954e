"""REST of repositories (admin 3; B-56, B-57, E1 to E10)."""

import pytest

from tests.reference.model_client import message

JSON = {"Content-Type": "application/json"}
REMOTE = {"rclass": "remote", "packageType": "pypi", "url": "http://127.0.0.1:1/org/pypi"}


def create(model, path_key, **body):
    return model.call("PUT", f"/api/repositories/{path_key}", json={**REMOTE, **body})


def test_3_2_a_remote_gets_the_documented_defaults(model):
    create(model, "catalog")
    told = model.get("/api/repositories/catalog").json()
    wanted = {
        "key": "catalog",
        "rclass": "remote",
        "packageType": "pypi",
        "pyPIRegistryUrl": "https://pypi.org",
        "pyPIRepositorySuffix": "simple",
        "retrievalCachePeriodSecs": 7200,
        "missedRetrievalCachePeriodSecs": 1800,
        "assumedOfflinePeriodSecs": 300,
        "unusedArtifactsCleanupPeriodHours": 0,
        "storeArtifactsLocally": True,
        "password": "",
        "username": "",
        "xrayIndex": False,
        "includesPattern": "**/*",
    }
    assert {name: told[name] for name in wanted} == wanted


def test_3_2_the_password_is_shown_sealed_and_survives_being_sent_back(model, catalog):
    catalog.project("example")
    model.remote(catalog, username="org", password="hush")
    shown = model.get("/api/repositories/catalog").json()
    assert shown["password"]
    assert "hush" not in shown["password"]
    model.update("catalog", password=shown["password"], description="new")
    model.page("catalog", "example")
    assert catalog.journal[0].headers["authorization"] == "Basic b3JnOmh1c2g="
    model.update("catalog", password="")
    assert model.get("/api/repositories/catalog").json()["password"] == ""


def test_3_1_an_update_keeps_absent_fields(model):
    create(model, "catalog", description="one", offline=True)
    answer = model.call("POST", "/api/repositories/catalog", json={"description": "two"})
    assert answer.text == "Repository catalog update successfully.\n"
    told = model.get("/api/repositories/catalog").json()
    assert (told["description"], told["offline"]) == ("two", True)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("api", "is a reserved name"),
        ("a" * 59, "Repository key exceeds maximum length (58) chars."),
        ("1st", "Repository key contains illegal character"),
        ("a b", "Repository key contains illegal character"),
        ("taken", "Repository key already exists"),
        ("TAKEN", "Case insensitive repository key already exists"),
    ],
)
def test_e1_to_e6_bad_keys_are_400(model, key, text):
    model.local("taken")
    answer = create(model, key)
    assert answer.status_code == 400
    assert text in message(answer)


def test_e7_only_a_locals_key_may_not_end_in_cache(model):
    assert create(model, "x-cache").status_code == 200
    assert create(model, "y-cache", rclass="local").status_code == 400


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"url": ""}, "URL cannot be empty"),
        ({"url": "ftp://x/"}, "Invalid URL: ftp://x/"),
        ({"url": "http:///x"}, "Invalid URL: http:///x"),
        ({"url": "http://[x"}, "Invalid URL: http://[x"),
        ({"remoteRepoChecksumPolicyType": "odd"}, "No checksum policy type found for: odd"),
        ({"retrievalCachePeriodSecs": "soon"}, "retrievalCachePeriodSecs must be a number"),
        ({"rclass": "odd"}, "No valid repository class was given."),
        ({"key": "other"}, "Repository key in the body does not match the key in the path"),
    ],
)
def test_bad_settings_are_400(model, settings, text):
    answer = create(model, "catalog", **settings)
    assert (answer.status_code, message(answer)) == (400, text)


@pytest.mark.parametrize(
    ("method", "content_type", "status"),
    [
        ("PUT", "application/json", 200),
        ("PUT", "application/vnd.org.jfrog.artifactory.repositories.RemoteRepositoryConfiguration+json", 200),
        ("PUT", "text/plain", 415),
        ("PUT", "application/json; charset=utf-8", 415),
        ("POST", "application/json; charset=utf-8", 404),
        ("POST", "text/plain", 415),
    ],
)
def test_b56_only_bare_json_types_are_taken(model, method, content_type, status):
    if method == "POST":
        create(model, "catalog")
    body = b'{"rclass":"remote","packageType":"pypi","url":"http://127.0.0.1:1"}'
    answer = model.call(method, "/api/repositories/catalog", data=body, headers={"Content-Type": content_type})
    assert answer.status_code == status


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"'])
def test_a_body_that_is_no_object_is_400(model, body):
    assert model.call("PUT", "/api/repositories/x", data=body, headers=JSON).status_code == 400


def test_3_1_the_list_is_filtered_and_a_remotes_url_is_the_catalogs(model, catalog):
    model.remote(catalog)
    model.local("internal")
    model.local("files", packageType="generic")
    assert model.get("/api/repositories?type=remote&packageType=pypi").json() == [
        {"key": "catalog", "description": "", "type": "REMOTE", "url": catalog.url, "packageType": "Pypi"}
    ]
    assert [one["key"] for one in model.get("/api/repositories?packageType=pypi").json()] == ["catalog", "internal"]
    assert model.get("/api/repositories?type=odd").json() == []
    assert model.get("/api/repositories", model.user("stranger")).json() == []


def test_3_1_a_reader_sees_a_few_fields_and_a_stranger_none(model, catalog):
    model.remote(catalog, username="org", password="hush")
    told = model.get("/api/repositories/catalog", model.user("reader", groups=["readers"])).json()
    assert set(told) == {"key", "rclass", "packageType", "description", "url"}
    assert model.get("/api/repositories/catalog", model.user("stranger")).status_code == 403


def test_b57_an_unknown_key_is_400_with_bad_request_and_404_in_version_2(model):
    answer = model.get("/api/repositories/absent")
    assert (answer.status_code, message(answer)) == (400, "Bad Request")
    assert model.call("HEAD", "/api/repositories/absent").status_code == 400
    second = model.get("/api/v2/repositories/absent")
    assert (second.status_code, message(second)) == (404, "The repository absent was not found")


def test_an_existing_key_answers_get_head_and_version_2(model):
    model.local("internal")
    assert model.call("HEAD", "/api/repositories/internal").status_code == 200
    assert model.get("/api/v2/repositories/internal").json() == model.get("/api/repositories/internal").json()


def test_3_1_deleting_an_unknown_key_is_404_in_the_same_form(model):
    answer = model.call("DELETE", "/api/repositories/absent")
    assert answer.status_code == 404
    assert answer.json()["statusMsg"] == "Cannot delete repository: 'absent', repository config does not exist"


def test_deleting_a_member_takes_it_out_of_the_virtual_and_its_content_is_gone(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    model.virtual("catalog")
    model.page("catalog", "example")
    assert model.call("DELETE", "/api/repositories/catalog").json()["deletedArtifactsCount"] == 1
    assert model.get("/api/repositories/all").json()["repositories"] == []
    model.remote(catalog)
    assert model.state("catalog")["stored"] == []
