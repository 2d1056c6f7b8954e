"""Credentials, tokens and the suspension of names that guess (E-02, P-11, admin 5.6)."""

import pytest

from tests.reference.model_client import ADMIN, NOBODY, message


def test_e02_wrong_credentials_are_challenged_and_never_anonymous(model):
    model.configure("security: {anonAccessEnabled: true}")
    answer = model.get("/api/system/version", ("admin", "wrong"))
    assert (answer.status_code, message(answer)) == (401, "Bad Credentials")
    assert answer.headers["WWW-Authenticate"] == 'Basic realm="Artifactory Realm"'


def test_e02_an_unknown_bearer_token_is_named(model):
    answer = model.get("/api/system/version", NOBODY, headers={"Authorization": "Bearer nonsense"})
    assert (answer.status_code, message(answer)) == (401, "Props Authentication Token not found")


def test_c20_empty_basic_credentials_are_none(model):
    answer = model.get("/api/system/version", NOBODY, headers={"Authorization": "Basic Og=="})
    assert message(answer) == "Authentication is required"


@pytest.mark.parametrize("value", ["Basic !!!", "Basic /w==", "Basic", "Bearer", "Digest x"])
def test_malformed_authorization_is_401(model, value):
    assert model.get("/api/system/version", NOBODY, headers={"Authorization": value}).status_code == 401


def test_c21_a_failure_with_an_api_key_header_is_403(model):
    assert model.get("/api/system/version", NOBODY, headers={"X-JFrog-Art-Api": "key"}).status_code == 403


def token(model, user=ADMIN, **wanted):
    answer = model.call("POST", f"{model.origin}/access/api/v1/tokens", user, json=wanted)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_token_is_a_bearer_and_a_password_of_its_subject(model):
    user = model.user("joe", groups=["readers"])
    issued = token(model, username="joe", scope="applied-permissions/user")
    secret = issued["access_token"]
    assert issued["token_type"] == "Bearer"
    assert model.get("/api/system/version", NOBODY, headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    assert model.get("/api/system/version", ("joe", secret)).status_code == 200
    assert model.get("/api/system/version", ("admin", secret)).status_code == 401
    assert model.get("/api/security/users", NOBODY, headers={"Authorization": f"Bearer {secret}"}).status_code == 403
    assert model.get("/api/system/version", user).status_code == 200


def test_a_token_of_administrators_scope_administers(model):
    secret = token(model, scope="applied-permissions/admin", expires_in=60)["access_token"]
    bearer = {"Authorization": f"Bearer {secret}"}
    assert model.get("/api/security/users", NOBODY, headers=bearer).status_code == 200
    model.advance(61)
    assert model.get("/api/security/users", NOBODY, headers=bearer).status_code == 401


def test_a_token_of_groups_scope_has_their_grants(model):
    model.local()
    secret = token(model, username="nobody-known", scope="applied-permissions/groups:readers")["access_token"]
    bearer = {"Authorization": f"Bearer {secret}"}
    assert model.get("/api/pypi/internal/simple/", NOBODY, headers=bearer).status_code == 200


def test_a_token_can_be_revoked(model):
    issued = token(model)
    assert model.call("DELETE", f"{model.origin}/access/api/v1/tokens/{issued['token_id']}").status_code == 200
    bearer = {"Authorization": f"Bearer {issued['access_token']}"}
    assert model.get("/api/system/version", NOBODY, headers=bearer).status_code == 401


def test_an_administrator_revokes_a_token_by_its_value(model):
    issued, revoke = token(model), f"{model.origin}/access/api/v1/tokens/revoke"
    value = {"token": issued["access_token"]}
    assert model.call("DELETE", revoke, model.user("joe"), data=value).status_code == 403
    revoked = model.call("DELETE", revoke, data=value)
    assert (revoked.status_code, revoked.json()) == (200, {"revoked-token-id": issued["token_id"]})
    bearer = {"Authorization": f"Bearer {issued['access_token']}"}
    assert model.get("/api/system/version", NOBODY, headers=bearer).status_code == 401
    assert model.call("DELETE", revoke, data=value).status_code == 404


def test_a_plain_user_gets_tokens_for_itself_only(model):
    user = model.user("joe")
    assert token(model, user)["scope"] == "applied-permissions/user"
    refused = model.call("POST", f"{model.origin}/access/api/v1/tokens", user, data={"username": "admin"})
    assert refused.status_code == 403
    assert refused.json()["errors"][0]["code"] == "FORBIDDEN"


def test_p11_a_name_that_fails_is_suspended_even_with_the_right_password_and_others_are_not(start):
    model = start("7.161-pro")
    user, other = model.user("joe"), model.user("jane")
    for _ in range(2):
        assert model.get("/api/system/version", ("joe", "wrong")).status_code == 401
    blocked = model.get("/api/system/version", user)
    text = "This request is blocked due to recurrent request failures, please try again in 9 second(s)"
    assert (blocked.status_code, message(blocked)) == (403, text)
    assert model.get("/api/system/version", other).status_code == 200
    model.advance(10)
    assert model.get("/api/system/version", user).status_code == 200


def test_p11_the_suspension_grows_up_to_a_minute(start):
    model = start("7.161-pro")
    user = model.user("joe")
    for _ in range(12):
        model.advance(61)
        assert model.get("/api/system/version", ("joe", "wrong")).status_code == 401
    model.advance(55)
    assert model.get("/api/system/version", user).status_code == 403
    model.advance(6)
    assert model.get("/api/system/version", user).status_code == 200


def test_p11_a_success_ends_the_row(start):
    model = start("7.161-pro")
    user = model.user("joe")
    for password in ("wrong", user[1], "wrong", user[1]):
        model.get("/api/system/version", ("joe", password))
    assert model.get("/api/system/version", user).status_code == 200
