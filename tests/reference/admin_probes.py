"""The probes of the switches that concern uploads, REST, the state of remotes and the logs."""

from tests.reference.made_distributions import wheel as made_wheel
from tests.reference.made_worlds import PAGE, WHEEL, one_project
from tests.reference.model_client import NOBODY, message
from tests.reference.stub_catalog import Reply, anchor


def request_out_columns(model, catalog):
    one_project(model, catalog)
    model.page("catalog", "example")
    return str(len(model.log("artifactory-request-out.log")[-1].split("|")))


def request_out_failures(model, catalog):
    model.remote("http://127.0.0.1:9/org/pypi")
    model.page("catalog", "example")
    return "line" if model.log("artifactory-request-out.log") else "none"


def access_log_denied_anonymous(model, catalog):
    one_project(model, catalog)
    model.configure("security: {anonAccessEnabled: true}")
    model.call("DELETE", "/api/v2/security/permissions/Anything")
    model.call("DELETE", "/api/v2/security/permissions/Any+Remote")
    model.page("catalog", "example", NOBODY)
    return model.log("artifactory-access.log")[-1].rpartition(" for ")[2].partition("/")[0]


def access_log_end(model, catalog):
    model.get("/api/system/version", ("joe", "wrong"))
    return "dot" if model.log("artifactory-access.log")[-1].endswith("127.0.0.1.") else "none"


def access_log_first_fetch(model, catalog):
    one_project(model, catalog)
    model.wheel("catalog", WHEEL)
    line = model.log("artifactory-access.log")[-1]
    assert "[ACCEPTED DOWNLOAD]" in line
    return "cache" if " catalog-cache:" in line else "remote"


def access_json(model, catalog):
    text = model.call("POST", f"{model.origin}/access/api/v1/tokens", json={}).text
    return "compact" if "\n" not in text else "pretty"


def list_remote_folder_items(model, catalog):
    model.remote(catalog)
    return str(model.get("/api/repositories/catalog").json()["listRemoteFolderItems"]).lower()


def unknown_repository(model, catalog):
    return str(model.get("/api/repositories/absent").status_code)


def update_unknown_repository(model, catalog):
    return str(model.call("POST", "/api/repositories/absent", json={}).status_code)


def delete_repository_body(model, catalog):
    model.local()
    kind = model.call("DELETE", "/api/repositories/internal").headers["Content-Type"]
    return {"application/json": "json", "text/plain": "text"}[kind]


def virtual_unknown_member(model, catalog):
    body = {"rclass": "virtual", "packageType": "pypi", "repositories": ["absent"]}
    return str(model.call("PUT", "/api/repositories/all", json=body).status_code)


def virtual_wrong_member_type(model, catalog):
    model.local("generic", packageType="generic")
    body = {"rclass": "virtual", "packageType": "pypi", "repositories": ["generic"]}
    return str(model.call("PUT", "/api/repositories/all", json=body).status_code)


def login_suspension(model, catalog):
    user = model.user("joe")
    for _ in range(2):
        model.get("/api/system/version", ("joe", "wrong"))
    text = model.get("/api/system/version", user).text
    return "request_failures" if "recurrent request failures" in text else "login_failures"


def full_store(model, catalog):
    one_project(model, catalog)
    model.local()
    model.page("catalog", "example")
    model.fill_store()
    uploaded = model.upload("internal", WHEEL, b"x", "example", "1.0").status_code
    assert model.wheel("catalog", WHEEL).status_code == uploaded
    return str(uploaded)


def index_not_stored(model, catalog):
    one_project(model, catalog)
    model.configure("quotaConfig: {enabled: true, diskSpaceLimitPercentage: 1}")
    assert model.wheel("catalog", WHEEL).status_code == 413
    return {413: "as_file", 404: "404"}[model.page("catalog", "example").status_code]


FIRST_START = {
    f"{kind}RepoConfigs": [
        {
            "type": kind,
            "key": package_type,
            "packageType": package_type,
            "repoTypeConfig": {"url": "http://127.0.0.1:9"},
        }
    ]
    for kind, package_type in (("local", "generic"), ("remote", "pypi"))
}
"""A file that a fresh instance reads."""


def oss_first_start(model, catalog):
    listed = tuple(sorted(one["key"] for one in model.get("/api/repositories").json()))
    return {("generic", "pypi"): "all", ("generic",): "without_pypi", (): "none"}[listed]


def oss_yaml_repositories(model, catalog):
    yaml = "localRepositories: {mine: {type: generic}}"
    answer = model.call("PATCH", "/api/system/configuration", data=yaml)
    listed = [one["key"] for one in model.get("/api/repositories").json()]
    return {(200, True): "accepted", (400, False): "refused"}[answer.status_code, "mine" in listed]


def api_key_creation(model, catalog):
    joe = model.user("joe")
    made = model.call("POST", "/api/security/apiKey", joe)
    if made.status_code == 201:
        key = made.json()["apiKey"]
        assert model.get("/api/system/version", NOBODY, headers={"X-JFrog-Art-Api": key}).status_code == 200
        assert model.get("/api/system/version", ("joe", key)).status_code == 200
    return str(made.status_code)


def same_bytes_upload(model, catalog):
    model.local()
    joe = model.user("joe")
    model.grant("joe", "internal", "read", "write")
    content = made_wheel("example", "1.0")
    first, again = (model.upload("internal", WHEEL, content, "example", "1.0", joe) for _ in range(2))
    other = model.upload("internal", WHEEL, content + b" ", "example", "1.0", joe)
    assert (first.status_code, other.status_code) == (200, 403)
    return str(again.status_code)


def overwrite_wording(model, catalog):
    model.local()
    joe = model.user("joe")
    model.grant("joe", "internal", "read", "write")
    for content in (b"one", b"two"):
        answer = model.upload("internal", WHEEL, content, "example", "1.0", joe)
    text = message(answer)
    assert "overwrite" in text
    return "all" if "all artifacts" in text else "delete" if "delete/overwrite" in text else "one"


def pattern_rejected_download(model, catalog):
    one_project(model, catalog, excludesPattern="ab/**")
    return str(model.wheel("catalog", WHEEL).status_code)


def pattern_rejected_deploy(model, catalog):
    model.local(excludesPattern="example/**")
    return str(model.upload("internal", WHEEL, b"x", "example", "1.0").status_code)


def storage_api_remote_key(model, catalog):
    one_project(model, catalog)
    model.wheel("catalog", WHEEL)
    answer = model.get(f"/api/storage/catalog/ab/cd/{WHEEL}")
    return "cache" if answer.status_code == 200 else str(answer.status_code)


def zap_lifts_miss(model, catalog):
    one_project(model, catalog)
    for name in ("absent", "example"):
        model.page("catalog", name)
    assert model.call("POST", "/api/zap/catalog-cache/.pypi/absent.html").status_code == 200
    always = model.state("catalog")["missed"] == []
    model.call("POST", "/api/zap/catalog-cache/.pypi")
    return "no" if model.state("catalog")["missed"] else "always" if always else "if_stored"


def zap_permission(model, catalog):
    one_project(model, catalog)
    model.page("catalog", "example")
    zaps = set()
    for name, *actions in (("joe", "read"), ("jim", "delete"), ("jan", "manage")):
        user = model.user(name)
        model.grant(name, "catalog", *actions)
        if model.call("POST", "/api/zap/catalog-cache/.pypi", user).status_code == 200:
            zaps.add(*actions)
    return {"read": "read", "delete": "delete", "delete manage": "delete_or_manage"}[" ".join(sorted(zaps))]


def remote_password_shown(model, catalog):
    model.remote(catalog, username="org", password="hush")
    shown = model.get("/api/repositories/catalog").json()["password"]
    assert shown != "hush"
    model.update("catalog", password=shown, description="saved again")
    catalog.replies[PAGE] = Reply(body=anchor("../../packages/x.whl", "x.whl").encode())
    model.page("catalog", "example")
    assert catalog.journal[-1].headers["authorization"] == "Basic b3JnOmh1c2g="
    return "masked" if set(shown) == {"*"} else "encrypted"


def assumed_offline_after(model, catalog):
    catalog.fault = Reply(503)
    model.remote(catalog)
    model.page("catalog", "one")
    return "1" if model.state("catalog")["assumed_offline"] else "2"


def connection_test_method(model, catalog):
    model.remote(catalog)
    form = model.get("/api/admin/repositories/remote/catalog").json()
    model.call("POST", "/api/admin/repositories/testremote", json=form)
    return catalog.journal[-1].method
