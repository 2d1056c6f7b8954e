"""The Test button (admin 4.1, G2 to G5) and verifyconnection (4.2)."""

import pytest

from tests.reference.model_client import message
from tests.reference.stub_catalog import Reply

BASE = "/org/pypi/"


def guarded(asked):
    return Reply(200 if asked.headers.get("authorization") == "Basic b3JnOmh1c2g=" else 401)


def press(model, **changes):
    form = model.get("/api/admin/repositories/remote/catalog").json()
    return model.call("POST", "/api/admin/repositories/testremote", json={**form, **changes})


def test_the_form_sent_back_tests_the_stored_credentials_with_a_head_of_the_url(model, catalog):
    catalog.replies[BASE] = guarded
    model.remote(catalog, username="org", password="hush")
    answer = press(model)
    assert (answer.status_code, answer.json()) == (200, {"info": "Successfully connected to server"})
    assert [(asked.method, asked.path) for asked in catalog.journal] == [("HEAD", BASE)]
    assert catalog.journal[0].headers["x-artifactory-originated"]


def test_it_is_green_for_a_wrong_registry_url_and_for_wrong_credentials_at_an_open_catalog(model, catalog):
    catalog.replies[BASE] = Reply()
    model.remote(catalog, pyPIRegistryUrl=f"{catalog.url}/simple", username="org", password="wrong")
    assert press(model).status_code == 200
    assert model.page("catalog", "example").status_code == 404


@pytest.mark.parametrize(
    ("status", "green"), [(200, True), (204, True), (302, True), (401, False), (404, False), (405, False), (500, False)]
)
def test_g3_the_final_status_decides(model, catalog, status, green):
    catalog.replies[BASE] = Reply(status, reason="Reason")
    model.remote(catalog)
    answer = press(model)
    assert answer.status_code == (200 if green else 400)
    if not green:
        assert answer.json() == {"error": f"Connection failed: Error {status}: Reason"}


def test_it_is_red_for_an_unreachable_host_and_another_artifactory_is_named(model, nowhere):
    model.remote(nowhere)
    assert press(model).json()["error"].startswith("Connection to remote repository failed: ")
    model.update("catalog", url=f"{model.base}/api/system/ping")
    assert press(model).status_code == 400
    model.local("internal")
    model.update("catalog", url=f"{model.base}/internal", username="admin", password="password")
    assert press(model).json()["artifactory"] is True


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"advanced": {}}, "Network details was not sent."),
        ({"basic": {}}, "Remote Url was not sent."),
        ({"typeSpecific": {}}, "Package type was not sent."),
    ],
)
def test_g5_an_incomplete_form_is_400(model, catalog, changes, text):
    model.remote(catalog)
    answer = press(model, **changes)
    assert (answer.status_code, answer.json()) == (400, {"error": text})


def test_it_has_no_effect_on_the_missed_cache(model, catalog):
    model.remote(catalog)
    model.page("catalog", "absent")
    press(model)
    assert model.state("catalog")["missed"] == [".pypi/absent.html"]


def test_4_2_verifyconnection_gets_the_endpoint_with_the_credentials_it_is_handed(model, catalog):
    catalog.replies["/org/pypi/simple/"] = guarded
    body = {"endpoint": f"{catalog.url}/simple/", "username": "org", "password": "hush"}
    good = model.call("POST", "/api/system/verifyconnection", json=body)
    assert (good.status_code, good.text) == (200, "Successfully connected to endpoint")
    bad = model.call("POST", "/api/system/verifyconnection", json={**body, "password": "wrong"})
    assert (bad.status_code, "401" in message(bad)) == (400, True)
    assert {asked.method for asked in catalog.journal} == {"GET"}


def test_both_are_for_administrators(model):
    user = model.user("joe")
    for path in ("/api/system/verifyconnection", "/api/admin/repositories/testremote"):
        assert model.call("POST", path, user, json={}).status_code == 403
