"""Locking of users (P-13, C34, C36): off by default, and independent of the suspension for a while."""

import pytest

from tests.reference.model_client import message

POLICY = "/api/security/userLockPolicy"


def lock_after(model, attempts):
    assert model.call("PUT", POLICY, json={"enabled": True, "loginAttempts": attempts}).status_code == 200


def fail(model, name, times):
    return [model.get("/api/system/version", (name, "wrong")).status_code for _ in range(times)]


def test_locking_is_off_by_default(model):
    user = model.user("joe")
    assert model.get(POLICY).json() == {"enabled": False, "loginAttempts": 5}
    for _ in range(6):
        fail(model, "joe", 1)
        model.advance(60)
    assert model.get("/api/system/version", user).status_code == 200


def test_user_is_locked_until_unlocked_however_long_it_takes(model):
    user = model.user("joe")
    lock_after(model, 2)
    assert fail(model, "joe", 2) == [401, 401]
    answer = model.get("/api/system/version", user)
    assert (answer.status_code, "User is Locked" in message(answer)) == (403, True)
    model.advance(3600)
    assert model.get("/api/system/version", user).status_code == 403
    assert model.get("/api/security/lockedUsers").json() == ["joe"]
    assert model.call("POST", "/api/security/unlockUsers/joe").status_code == 200
    assert model.get("/api/system/version", user).status_code == 200
    assert model.get("/api/security/lockedUsers").json() == []


def test_success_begins_the_count_anew_and_others_are_not_concerned(model):
    user, other = model.user("joe"), model.user("ann")
    lock_after(model, 2)
    for _ in range(3):
        fail(model, "joe", 1)
        assert model.get("/api/system/version", user).status_code == 200
    fail(model, "joe", 2)
    assert model.get("/api/system/version", other).status_code == 200


def test_switching_it_off_lifts_the_effect_and_all_can_be_unlocked(model):
    user = model.user("joe")
    lock_after(model, 1)
    fail(model, "joe", 1)
    assert model.call("PUT", POLICY, json={"enabled": False}).status_code == 200
    model.advance(60)
    assert model.get("/api/system/version", user).status_code == 200
    lock_after(model, 1)
    assert model.get("/api/system/version", user).status_code == 403
    assert model.call("POST", "/api/security/unlockAllUsers").status_code == 200
    assert model.get("/api/system/version", user).status_code == 200


@pytest.mark.parametrize("attempts", [0, 101, "2", None])
def test_c36_attempts_lie_between_1_and_100(model, attempts):
    assert model.call("PUT", POLICY, json={"enabled": True, "loginAttempts": attempts}).status_code == 400


@pytest.mark.parametrize("path", ["userLockPolicy", "lockedUsers"])
def test_all_of_it_is_for_administrators(model, path):
    assert model.get(f"/api/security/{path}", model.user("joe")).status_code == 403
