"""The probes of the switches that concern rights and who is let in."""

from tests.reference.made_worlds import WHEEL, one_project
from tests.reference.model_client import NOBODY, message


def index_without_deploy(model, catalog):
    return str(model.page("catalog", "example", one_project(model, catalog)).status_code)


def expired_index_without_deploy(model, catalog):
    reader = one_project(model, catalog)
    model.page("catalog", "example")
    model.advance(7201)
    return {200: "stale", 404: "reject"}[model.page("catalog", "example", reader).status_code]


def index_reject_remembered(model, catalog):
    model.page("catalog", "example", one_project(model, catalog))
    return "no" if model.page("catalog", "example").status_code == 200 else "yes"


def file_reject_remembered(model, catalog):
    model.wheel("catalog", WHEEL, one_project(model, catalog))
    return "no" if model.wheel("catalog", WHEEL).status_code == 200 else "yes"


def user_grants_include_groups(model, catalog):
    model.user("joe", groups=["readers"])
    return "yes" if model.get("/api/v2/security/permissions/users/joe").json() else "no"


def default_any_remote(model, catalog):
    return "yes" if "Any Remote" in model.state()["permissions"] else "no"


def index_deploy_check(model, catalog):
    model.page("catalog", "example", one_project(model, catalog))
    return "after_fetch" if catalog.journal else "before_fetch"


def index_permission(model, catalog):
    one_project(model, catalog)
    joe = model.user("joe")
    model.grant("joe", "catalog", "read", "write", **{"include-patterns": ["ab/**"]})
    assert model.wheel("catalog", WHEEL, joe).status_code == 200
    return {403: "path", 200: "repository"}[model.page("catalog", "example", joe).status_code]


def hide_deploy_refusal(model, catalog):
    reader = one_project(model, catalog)
    model.configure("security: {hideUnauthorizedResources: true}")
    return {403: "no", 404: "yes"}[model.wheel("catalog", WHEEL, reader).status_code]


def cache_key_in_target(model, catalog):
    one_project(model, catalog)
    joe = model.user("joe")
    model.grant("joe", "catalog-cache", "read", "write")
    return {200: "works", 403: "ignored"}[model.wheel("catalog", WHEEL, joe).status_code]


def target_before_remote(model, catalog):
    joe = model.user("joe")
    model.grant("joe", "catalog", "read", "write")
    one_project(model, catalog)
    return {200: "matches", 403: "never_matches"}[model.wheel("catalog", WHEEL, joe).status_code]


def permission_lag(model, catalog):
    one_project(model, catalog)
    joe = model.user("joe")
    model.grant("joe", "catalog", "read", "write")
    at_once = model.wheel("catalog", WHEEL, joe).status_code
    model.advance(1)
    assert model.wheel("catalog", WHEEL, joe).status_code == 200
    return {200: "none", 403: "some"}[at_once]


def readers_auto_join(model, catalog):
    model.call("PUT", "/api/security/users/joe", json={"password": "secret"})
    return "yes" if model.get("/api/security/users/joe").json()["groups"] == ["readers"] else "no"


def readers_read(model, catalog):
    told = model.get("/api/v2/security/permissions/Anything").json()["repo"]["actions"]
    assert told["users"] == {"anonymous": ["read"]}
    return {(): "no", ("readers",): "yes"}[tuple(told["groups"])]


def virtual_denied_member(model, catalog):
    one_project(model, catalog)
    model.virtual("catalog")
    return str(model.page("all", "example", model.user("joe")).status_code)


def login_cache(model, catalog):
    joe = model.user("joe")
    assert model.get("/api/system/version", joe).status_code == 200
    for _ in range(3):
        model.get("/api/system/version", ("joe", "wrong"))
    return {200: "yes", 403: "no"}[model.get("/api/system/version", joe).status_code]


def error_content_type(model, catalog):
    return model.get("/api/system/version", NOBODY).headers["Content-Type"]


def bad_credentials_text(model, catalog):
    return message(model.get("/api/system/version", ("joe", "wrong")))
