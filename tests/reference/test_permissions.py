"""Who may do what: the permission matrix of remotes (section 5, C1 to C24)."""

import pytest

from tests.reference.model_client import NOBODY, message
from tests.reference.stub_catalog import Reply

WHEEL = "example-1.0-py3-none-any.whl"
UPSTREAM = f"/org/pypi/packages/ab/cd/{WHEEL}"
CHALLENGE = 'Basic realm="Artifactory Realm"'


@pytest.mark.parametrize(
    ("actions", "uncached_page", "uncached_file", "cached_page", "cached_file"),
    [
        ((), 403, 403, 403, 403),
        (("read",), 404, 403, 200, 200),
        (("write",), 403, 403, 403, 403),
        (("read", "write"), 200, 200, 200, 200),
        (("read", "delete", "annotate"), 404, 403, 200, 200),
        (("manage",), 403, 403, 403, 403),
    ],
)
def test_p01_the_matrix_of_actions(start, catalog, actions, uncached_page, uncached_file, cached_page, cached_file):
    model = start(index_reject_remembered="no", file_reject_remembered="no")
    catalog.project("example")
    model.remote(catalog)
    user = model.user("joe")
    if actions:
        model.grant("joe", "catalog", *actions)
    assert model.page("catalog", "example", user).status_code == uncached_page
    assert model.wheel("catalog", WHEEL, user).status_code == uncached_file
    model.page("catalog", "example")
    model.wheel("catalog", WHEEL)
    assert model.page("catalog", "example", user).status_code == cached_page
    assert model.wheel("catalog", WHEEL, user).status_code == cached_file


def test_p05_without_read_the_message_names_the_cache_and_nothing_goes_upstream(model, catalog):
    model.remote(catalog)
    answer = model.page("catalog", "example", model.user("joe"))
    wanted = "Download request for repo:path 'catalog-cache:.pypi/example.html' is forbidden for user: 'joe'."
    assert message(answer) == wanted
    assert catalog.journal == []


def test_p04_without_deploy_the_message_names_user_and_cache_and_only_a_head_goes_upstream(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    reader = model.user("joe", groups=["readers"])
    answer = model.wheel("catalog", WHEEL, reader)
    place = f"'ab/cd/{WHEEL}' into 'catalog-cache:ab/cd/{WHEEL}'."
    assert message(answer) == f"Rejected artifact download request: The user: 'joe' is not permitted to deploy {place}"
    assert [(asked.method, asked.path) for asked in catalog.journal] == [("HEAD", UPSTREAM)]
    assert model.state("catalog")["stored"] == []


def test_p07_a_rejection_is_remembered_for_others_until_the_missed_period_ends(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    reader = model.user("joe", groups=["readers"])
    assert model.wheel("catalog", WHEEL, reader).status_code == 403
    assert model.wheel("catalog", WHEEL).status_code == 403
    model.advance(1801)
    assert model.wheel("catalog", WHEEL).status_code == 200


@pytest.mark.parametrize(("what", "hidden"), [("page", 404), ("file", 403)])
def test_p06_hiding_turns_a_missing_read_into_404_but_not_a_missing_deploy(start, catalog, what, hidden):
    model = start(index_reject_remembered="no")
    catalog.project("example")
    model.remote(catalog)
    stranger, reader = model.user("stranger"), model.user("reader", groups=["readers"])
    model.configure("security: {hideUnauthorizedResources: true}")
    refused = model.page("catalog", "example", stranger)
    assert (refused.status_code, message(refused)) == (404, "Resource not found")
    ask = {
        "page": lambda: model.page("catalog", "example", reader),
        "file": lambda: model.wheel("catalog", WHEEL, reader),
    }
    assert ask[what]().status_code == hidden


def test_p08_a_target_may_name_the_remote_or_its_cache(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    model.user("one")
    model.user("two")
    model.grant("one", "catalog", "read", "write")
    model.grant("two", "catalog-cache", "read", "write")
    for name in ("one", "two"):
        assert model.page("catalog", "example", (name, f"{name}-secret")).status_code == 200


def test_c3_a_target_that_names_a_remote_before_it_exists_never_applies(model, catalog):
    catalog.project("example")
    user = model.user("joe")
    model.grant("joe", "catalog", "read", "write")
    model.remote(catalog)
    assert model.page("catalog", "example", user).status_code == 403


def test_c2_any_remote_covers_caches_and_any_local_covers_locals(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    model.local("internal")
    remote_user, local_user = model.user("remote"), model.user("local")
    model.grant("remote", "ANY REMOTE", "read", "write")
    model.grant("local", "ANY LOCAL", "read", "write")
    assert model.page("catalog", "example", remote_user).status_code == 200
    assert model.page("catalog", "example", local_user).status_code == 403
    assert model.get("/api/pypi/internal/simple/", remote_user).status_code == 403
    assert model.get("/api/pypi/internal/simple/", local_user).status_code == 200


def test_p09_a_target_for_package_folders_alone_hides_the_index(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    user = model.user("joe")
    model.grant("joe", "catalog", "read", "write", **{"include-patterns": ["ab/**"]})
    assert model.page("catalog", "example", user).status_code == 403
    assert model.wheel("catalog", WHEEL, user).status_code == 200


def test_c4_an_exclude_pattern_wins(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    user = model.user("joe")
    model.grant("joe", "catalog", "read", "write", **{"exclude-patterns": [".pypi/exam*"]})
    assert model.page("catalog", "example", user).status_code == 403


def test_c11_a_plain_user_in_readers_reads_what_is_cached_and_fetches_nothing(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    body = {"name": "plain", "password": "plain-secret", "email": ""}
    assert model.call("PUT", "/api/security/users/plain", json=body).status_code == 201
    plain = ("plain", "plain-secret")
    assert model.wheel("catalog", WHEEL, plain).status_code == 403
    model.advance(1801)
    model.wheel("catalog", WHEEL)
    assert model.wheel("catalog", WHEEL, plain).status_code == 200


def test_p10_anonymous_access_off_challenges_every_path(model):
    for path in ("/api/pypi/none/simple/x/", "/none/x.whl", "/api/repositories", "/whatever"):
        answer = model.get(path, NOBODY)
        assert (answer.status_code, message(answer)) == (401, "Authentication is required")
        assert answer.headers["WWW-Authenticate"] == CHALLENGE


def test_c10_anonymous_may_fill_caches_by_default_once_it_is_on(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    model.configure("security:\n  anonAccessEnabled: true\n")
    assert model.page("catalog", "example", NOBODY).status_code == 200
    assert model.wheel("catalog", WHEEL, NOBODY).status_code == 200


def test_c23_a_refused_anonymous_is_challenged(start, catalog):
    model = start(default_any_remote="no", index_without_deploy="403")
    catalog.project("example")
    catalog.replies["/org/pypi/packages/gone.whl"] = lambda asked: Reply(200 if asked.method == "HEAD" else 403)
    model.remote(catalog)
    model.configure("security: {anonAccessEnabled: true}")
    for answer in (model.page("catalog", "example", NOBODY), model.wheel("catalog", WHEEL, NOBODY)):
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, CHALLENGE)
    model.call("DELETE", "/api/v2/security/permissions/Anything")
    assert model.page("catalog", "example", NOBODY).status_code == 401


def test_b55_an_unknown_project_is_404_for_a_permitted_user(model, catalog):
    model.remote(catalog)
    user = model.user("joe")
    model.grant("joe", "catalog", "read", "write")
    assert model.page("catalog", "absent", user).status_code == 404


def test_d7_deleting_needs_delete_on_the_cache(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    model.wheel("catalog", WHEEL)
    user = model.user("joe")
    model.grant("joe", "catalog", "read", "write")
    assert model.call("DELETE", f"/catalog-cache/ab/cd/{WHEEL}", user).status_code == 403
    model.grant("joe", "catalog", "delete")
    assert model.call("DELETE", f"/catalog-cache/ab/cd/{WHEEL}", user).status_code == 204


@pytest.mark.parametrize(("actions", "status"), [(("read", "write"), 403), (("delete",), 200), (("manage",), 200)])
def test_c05_zap_needs_delete_or_manage(model, catalog, actions, status):
    model.remote(catalog)
    user = model.user("joe")
    model.grant("joe", "catalog", *actions)
    assert model.call("POST", "/api/zap/catalog-cache", user).status_code == status
