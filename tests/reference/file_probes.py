"""The probes of the switches that concern files: how they are fetched, stored, kept and served."""

from artifactory_conformance.reference.clock import http_date
from tests.reference.made_distributions import wheel as made_wheel
from tests.reference.made_worlds import FILE, WHEEL, one_project
from tests.reference.stub_catalog import Reply

DATED = "Mon, 22 May 2023 15:12:44 GMT"


def served(model, catalog, body=b"0123456789", **headers):
    one_project(model, catalog)
    catalog.replies[FILE] = Reply(body=body, headers={"Content-Type": "application/octet-stream", **headers})


def file_last_modified(model, catalog):
    served(model, catalog, **{"Last-Modified": DATED})
    told = model.wheel("catalog", WHEEL).headers["Last-Modified"]
    return "upstream" if told == DATED else "cached"


def file_conditions(model, catalog):
    one_project(model, catalog)
    sha1 = model.wheel("catalog", WHEEL).headers["ETag"]
    answers = [
        model.wheel("catalog", WHEEL, headers={"If-None-Match": tag}) for tag in (sha1, f'W/"{sha1}"', '"other"')
    ]
    return {(304, 200): "bare", (304, 304): "any_form", (200, 200): "ignored"}[
        answers[0].status_code, answers[1].status_code
    ]


def uncached_conditions(model, catalog):
    served(model, catalog, **{"Last-Modified": DATED})
    answer = model.wheel("catalog", WHEEL, headers={"If-Modified-Since": http_date(model.state()["now"])})
    stored = bool(model.state("catalog")["stored"])
    return {(304, False): "304", (304, True): "ignored"}[answer.status_code, stored]


def content_disposition(model, catalog):
    served(model, catalog, **{"Content-Disposition": 'attachment; filename="../other.whl"'})
    assert model.wheel("catalog", WHEEL).content == b"0123456789"
    return {f"ab/cd/{WHEEL}": "ignored", "ab/cd/other.whl": "renames"}[model.state("catalog")["stored"][0]]


def blocked_type_status(model, catalog):
    served(model, catalog, **{"Content-Type": "text/html"})
    return str(model.wheel("catalog", WHEEL, headers={"Accept": "application/zip"}).status_code)


def blocked_type_accept(model, catalog):
    served(model, catalog, **{"Content-Type": "text/html"})
    return {200: "honoured", 409: "ignored"}[model.wheel("catalog", WHEEL, headers={"Accept": "*/*"}).status_code]


def remote_properties(model, catalog):
    served(model, catalog, made_wheel("example", "1.0"))
    model.wheel("catalog", WHEEL)
    told = model.get(f"/api/storage/catalog-cache/ab/cd/{WHEEL}?properties")
    return "present" if told.status_code == 200 and told.json()["properties"]["pypi.version"] == ["1.0"] else "absent"


def cleanup_pages(model, catalog):
    one_project(model, catalog, unusedArtifactsCleanupPeriodHours=2)
    model.page("catalog", "example")
    model.wheel("catalog", WHEEL)
    model.advance(7000)
    assert len(model.state("catalog")["stored"]) == 2
    model.advance(300)
    model.get("/api/system/version")
    return {(): "removed", (".pypi/example.html",): "kept"}[tuple(model.state("catalog")["stored"])]


def location_base(model, catalog):
    one_project(model, catalog)
    model.call("PUT", "/api/system/configuration/baseUrl", data="https://proxy.example/artifactory")
    told = model.get("/api/pypi/catalog/simple/example").headers["Location"]
    return {"https://proxy.example/artifactory": "configured", model.base: "request"}[told.partition("/api/")[0]]


def forwarded_headers(model, catalog):
    one_project(model, catalog)
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "proxy.example"}
    told = model.get("/api/pypi/catalog/simple/example", headers=headers).headers["Location"]
    return {"https://proxy.example/artifactory": "honoured", model.base: "ignored"}[told.partition("/api/")[0]]
