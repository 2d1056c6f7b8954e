"""One probe per switch: what it does from outside, told as the value that the switch must have."""

import json
import sys

from artifactory_conformance.reference import first_start
from artifactory_conformance.reference.switches import SWITCHES
from tests.reference import access_probes, admin_probes, cache_probes, chain_probes, file_probes, page_probes
from tests.reference.made_distributions import wheel as made_wheel
from tests.reference.made_worlds import JSON, WHEEL, one_project, one_upload
from tests.reference.stub_catalog import Reply, anchor

JSON_OR_HTML = {"Accept": "application/vnd.pypi.simple.v1+json, text/html;q=0.1"}


def index_miss_remembered(model, catalog):
    model.remote(catalog)
    for _ in range(2):
        model.page("catalog", "absent")
    return {1: "yes", 2: "no"}[len(catalog.journal)]


def index_failure(model, catalog):
    catalog.fault = Reply(500)
    model.remote(catalog)
    answers = [model.page("catalog", "example") for _ in range(2)]
    assert answers[0].status_code == answers[1].status_code
    return "empty_page" if answers[0].status_code == 200 else "404"


def range_(model, catalog):
    one_project(model, catalog)
    answer = model.wheel("catalog", WHEEL, headers={"Range": "bytes=0-3"})
    assert answer.content == {206: b"0123", 200: b"0123456789"}[answer.status_code]
    return str(answer.status_code)


def suffix_range(model, catalog):
    one_project(model, catalog)
    model.wheel("catalog", WHEEL)
    answer = model.get(f"/catalog-cache/ab/cd/{WHEEL}", headers={"Range": "bytes=-3"})
    return {b"0123": "first", b"789": "last"}[answer.content]


def etag_on_304(model, catalog):
    one_project(model, catalog)
    tag = model.page("catalog", "example").headers.get("ETag", "")
    answer = model.page("catalog", "example", headers={"If-None-Match": tag})
    assert answer.status_code == 304
    return "on" if answer.headers.get("ETag") == tag else "off"


def local_href(model, catalog):
    one_upload(model)
    page = model.page("internal", "example").text
    return "packages" if 'href="../../packages/example/1.0/' in page else "bare"


def json_(model, catalog):
    one_project(model, catalog)
    one_upload(model)
    local, proxied = (model.page(key, "example", headers=JSON_OR_HTML) for key in ("internal", "catalog"))
    if local.headers["Content-Type"] == "text/html":
        return "off"
    entry = local.json()["files"][0]
    assert entry["url"].startswith("../../")
    assert "upload-time" in entry
    assert proxied.json()["files"]
    return "on"


def json_only_accept(model, catalog):
    one_project(model, catalog)
    answer = model.page("catalog", "example", headers=JSON)
    return "406" if answer.status_code == 406 else "html"


def verify_fragment(model, catalog):
    catalog.project("example", fragment=f"#sha256={'0' * 64}")
    model.remote(catalog)
    model.page("catalog", "example")
    answer = model.wheel("catalog", WHEEL)
    assert ("yes" if answer.status_code == 409 else "no") == (
        "no" if len(model.state("catalog")["stored"]) == 2 else "yes"
    )
    return "no" if answer.status_code == 200 else "yes"


def preemptive_auth(model, catalog):
    def guarded(asked):
        if "authorization" in asked.headers:
            return Reply(body=b"<html></html>")
        return Reply(401, headers={"WWW-Authenticate": 'Basic realm="catalog"'})

    catalog.replies["/org/pypi/simple/example/"] = guarded
    model.remote(catalog, username="org", password="hush")
    assert model.page("catalog", "example").status_code == 200
    return {1: "yes", 2: "no"}[len(catalog.journal)]


def file_cache_control(model, catalog):
    one_project(model, catalog)
    given = model.wheel("catalog", WHEEL).headers.get("Cache-Control")
    return {None: "absent", "public, max-age=31536000": "1y"}[given]


def origin_remote_path(model, catalog):
    one_project(model, catalog)
    given = model.wheel("catalog", WHEEL).headers.get("X-Artifactory-Origin-Remote-Path")
    return {None: "off", f"{catalog.url}/packages/ab/cd/{WHEEL}": "on"}[given]


def direct_path_download(model, catalog):
    one_project(model, catalog)
    return "yes" if model.get(f"/catalog/packages/ab/cd/{WHEEL}").status_code == 200 else "no"


def foreign_links(model, catalog):
    catalog.page("example", anchor("https://elsewhere.example/x.whl", "x.whl"))
    model.remote(catalog)
    if "x.whl" not in model.page("catalog", "example").text:
        return "dropped"
    assert model.file("catalog", "packages/x.whl").status_code == 404
    return "unfetchable"


def link_query(model, catalog):
    catalog.file("x.whl")
    catalog.page("example", anchor("../../packages/x.whl?sig=1", "x.whl"))
    model.remote(catalog)
    href = model.page("catalog", "example").text.partition('href="../../')[2].partition('"')[0]
    assert model.file("catalog", href).status_code == 200
    return "kept" if catalog.journal[-1].path.endswith("?sig=1") else "dropped"


def attribute(model, catalog, text):
    catalog.page("example", anchor("../../packages/x.whl", "x.whl", f" {text}"))
    model.remote(catalog)
    return "kept" if text in model.page("catalog", "example").text else "dropped"


def remote_requires_python(model, catalog):
    return attribute(model, catalog, 'data-requires-python="&gt;=3.8"')


def remote_yanked(model, catalog):
    return attribute(model, catalog, 'data-yanked="bad"')


def remote_root(model, catalog):
    catalog.replies["/org/pypi/simple/"] = Reply(body=anchor("other/", "other").encode())
    one_project(model, catalog)
    model.page("catalog", "example")
    page = model.get("/api/pypi/catalog/simple/").text
    return "fetched" if '<a href="other" rel="internal">other</a>' in page else "cached_names"


def priority_resolution(model, catalog):
    one_project(model, catalog)
    model.local("internal", priorityResolution=True)
    model.upload("internal", "example-9-py3-none-any.whl", made_wheel("example", "9"), "example", "9")
    model.virtual("catalog", "internal")
    return {1: "honoured", 2: "ignored"}[model.page("all", "example").text.count("<a ")]


def remote_upload(model, catalog):
    model.remote(catalog)
    return str(model.upload("catalog", WHEEL, b"x", "example", "1.0").status_code)


def virtual_upload_without_default(model, catalog):
    model.local()
    model.virtual("internal")
    return str(model.upload("all", WHEEL, b"x", "example", "1.0").status_code)


def upload_index_lag(model, catalog):
    model.local()
    model.upload("internal", WHEEL, made_wheel("example", "1.0"), "example", "1.0")
    if model.page("internal", "example").status_code == 200:
        return "none"
    model.advance(3)
    assert model.page("internal", "example").status_code == 200
    return "some"


def legacy_json_local(model, catalog):
    one_upload(model)
    return "on" if model.get("/api/pypi/internal/pypi/example/1.0/json").status_code == 200 else "off"


def legacy_json_remote(model, catalog):
    catalog.replies["/org/pypi/pypi/example/json"] = Reply(body=b'{"releases": {}}')
    model.remote(catalog)
    answer = model.get("/api/pypi/catalog/pypi/example/json")
    return "proxied" if answer.status_code == 200 and answer.json() == {"releases": {}} else "off"


def connection_test(model, catalog):
    model.remote(catalog)
    form = model.get("/api/admin/repositories/remote/catalog").json()
    model.call("POST", "/api/admin/repositories/testremote", json=form)
    return {"/org/pypi/": "url", "/org/pypi/simple/": "index"}[catalog.journal[-1].path]


def assumed_offline_recovery(model, catalog):
    catalog.fault = Reply(503)
    model.remote(catalog)
    for name in ("one", "two"):
        model.page("catalog", name)
    assert model.state("catalog")["assumed_offline"]
    catalog.fault = None
    catalog.project("example")
    model.advance(100_000)
    return "recovers" if model.page("catalog", "example").status_code == 200 else "stays"


def virtual_duplicates(model, catalog):
    one_project(model, catalog)
    one_upload(model)
    model.virtual("catalog", "internal")
    page = model.page("all", "example").text
    if page.count("<a ") == 2:
        return "both"
    return "listed_first" if "/ab/cd/" in page else "first"


_HERE = sys.modules[__name__]
_MODULES = (access_probes, admin_probes, chain_probes, file_probes, page_probes, _HERE)
_SPOKEN = {"range": range_, "json": json_}
NEEDS = {"etag_on_304": {"index_etag": "on"}, **page_probes.NEEDS}
FILES = {"oss_first_start": (first_start.FILE, json.dumps(admin_probes.FIRST_START))}
"""What has to lie in the data folder of a fresh instance."""
PROBES = {
    **{name: getattr(module, name) for module in _MODULES for name in SWITCHES if hasattr(module, name)},
    **_SPOKEN,
    **cache_probes.PROBES,
}
