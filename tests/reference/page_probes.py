"""The probes of the switches that concern project pages: how they are fetched, what they keep, how they are served."""

import gzip

from tests.reference.made_distributions import wheel as made_wheel
from tests.reference.made_worlds import EXPIRED, JSON, PAGE, WHEEL, one_project, one_upload
from tests.reference.stub_catalog import Reply, anchor


def index_etag(model, catalog):
    one_project(model, catalog)
    one_upload(model)
    tagged = ["ETag" in model.page(key, "example").headers for key in ("internal", "catalog")]
    return {(False, False): "off", (True, True): "on", (True, False): "local"}[tuple(tagged)]


def index_last_modified(model, catalog):
    one_project(model, catalog)
    one_upload(model)
    told = model.page("catalog", "example").headers.get("Last-Modified", "")
    again = model.page("catalog", "example", headers={"If-Modified-Since": told})
    assert again.status_code == (304 if told else 200)
    assert "Last-Modified" not in model.page("internal", "example").headers
    return "remote" if told else "absent"


def index_head(model, catalog):
    one_project(model, catalog)
    return str(model.call("HEAD", "/api/pypi/catalog/simple/example/").status_code)


def index_range(model, catalog):
    one_project(model, catalog)
    whole = model.page("catalog", "example").content
    answer = model.page("catalog", "example", headers={"Range": "bytes=2-5"})
    assert answer.content == (whole[2:6] if answer.status_code == 206 else whole)
    return {206: "206", 200: "ignored"}[answer.status_code]


def index_gzip(model, catalog):
    catalog.page("example", *(anchor(f"../../packages/{number}.whl", "x") for number in range(100)))
    model.remote(catalog)
    answer = model.page("catalog", "example", headers={"Accept-Encoding": "gzip"}, stream=True)
    encoded = answer.headers.get("Content-Encoding")
    body = answer.raw.read(decode_content=False)
    assert (gzip.decompress(body) if encoded else body).count(b"<a ") == 100
    return "large" if encoded == "gzip" else "off"


def index_refresh(model, catalog):
    one_project(model, catalog)
    model.page("catalog", "example")
    return {("GET",): "get", ("HEAD", "GET"): "head_get"}[tuple(asked.method for asked in catalog.journal)]


def index_conditional(model, catalog):
    def page(asked):
        seen = asked.headers.get("if-none-match") == '"one"'
        return Reply(304) if seen else Reply(body=anchor("x.whl", "x.whl").encode(), headers={"ETag": '"one"'})

    catalog.replies[PAGE] = page
    model.remote(catalog)
    first = model.page("catalog", "example").text
    model.advance(EXPIRED)
    assert model.page("catalog", "example").text == first
    assert len(catalog.journal) == 2
    assert model.page("catalog", "example").text == first
    assert len(catalog.journal) == 2
    return "yes" if "if-none-match" in catalog.journal[-1].headers else "no"


def empty_page(model, catalog):
    catalog.page("example")
    model.remote(catalog)
    return str(model.page("catalog", "example").status_code)


def core_metadata(model, catalog):
    catalog.file(f"ab/cd/{WHEEL}.metadata", b"Name: example\n")
    told = ' data-core-metadata="sha256=00"'
    catalog.page("example", anchor(f"../../packages/ab/cd/{WHEEL}", WHEEL, told))
    model.remote(catalog)
    one_upload(model)
    pages = [model.page(key, "example").text for key in ("catalog", "internal")]
    advertised = ["data-core-metadata=" in page for page in pages]
    proxied = model.wheel("catalog", f"{WHEEL}.metadata").status_code
    local = model.file("internal", f"example/1.0/{WHEEL}.metadata")
    assert local.status_code == (200 if advertised[1] else 404)
    if advertised[1]:
        assert local.content.startswith(b"Metadata-Version")
        assert told in pages[0]
    return {((True, True), 200): "served", ((False, False), 200): "unadvertised", ((False, False), 404): "absent"}[
        tuple(advertised), proxied
    ]


def forward_accept(model, catalog):
    body = b'{"meta": {"api-version": "1.0"}, "name": "example", "files": [{"filename": "x.whl", "url": "x.whl",'
    catalog.replies[PAGE] = Reply(body=body + b'"hashes": {"sha256": "00"}}]}')
    model.remote(catalog)
    assert "x.whl#sha256=00" in model.page("catalog", "example", headers=JSON).text
    return "yes" if catalog.journal[0].headers["accept"] == JSON["Accept"] else "no"


def foreign_redirect(model, catalog):
    one_project(model, catalog)
    catalog.replies[f"/cdn/{WHEEL}"] = Reply(body=b"moved")
    elsewhere = catalog.origin.replace("127.0.0.1", "localhost")
    catalog.replies[f"/org/pypi/packages/ab/cd/{WHEEL}"] = Reply(302, headers={"Location": f"{elsewhere}/cdn/{WHEEL}"})
    answer = model.wheel("catalog", WHEEL)
    return "followed" if answer.content == b"moved" else {404: "refused"}[answer.status_code]


def normalise(model, catalog):
    catalog.project("foo-bar")
    catalog.project("foo_bar")
    model.remote(catalog)
    answer = model.page("catalog", "Foo_Bar")
    if answer.status_code == 302:
        assert answer.headers["Location"].endswith("/simple/foo-bar/")
        return "redirect"
    if answer.status_code == 404:
        return "404"
    return {"/org/pypi/simple/foo-bar/": "200", "/org/pypi/simple/foo_bar/": "unfolded"}[catalog.journal[0].path]


def remote_href(model, catalog):
    one_project(model, catalog)
    href = model.page("catalog", "example").text.partition('href="../../')[2].partition('"')[0]
    assert model.file("catalog", href).content == b"0123456789"
    assert model.state("catalog")["stored"][1] == f"ab/cd/{WHEEL}"
    return {"packages/packages": "doubled", "packages/ab": "single"}["/".join(href.split("/")[:2])]


def outside_links(model, catalog):
    catalog.page("example", anchor("/elsewhere/x.whl", "x.whl"))
    catalog.replies["/elsewhere/x.whl"] = Reply(body=b"x")
    model.remote(catalog)
    page = model.page("catalog", "example").text
    if "x.whl" not in page:
        return "dropped"
    assert model.file("catalog", page.partition('href="../../')[2].partition('"')[0]).status_code == 404
    return "unfetchable"


def remote_gpg_sig(model, catalog):
    catalog.page("example", anchor("../../packages/x.whl", "x.whl", ' data-gpg-sig="true"'))
    model.remote(catalog)
    return "kept" if ' data-gpg-sig="true"' in model.page("catalog", "example").text else "dropped"


def virtual_root(model, catalog):
    catalog.replies["/org/pypi/simple/"] = Reply(body=anchor("other/", "other").encode())
    model.remote(catalog)
    one_upload(model)
    model.virtual("catalog", "internal")
    page = model.get("/api/pypi/all/simple/").text
    assert ">example</a>" in page
    return "merged" if ">other</a>" in page else "locals"


def json_root(model, catalog):
    one_upload(model)
    answer = model.get("/api/pypi/internal/simple/", headers={**JSON})
    if answer.headers["Content-Type"] == "text/html":
        return "off"
    assert answer.json()["projects"] == [{"name": "example"}]
    return "on"


def json_api_version(model, catalog):
    one_upload(model)
    one_project(model, catalog)
    assert model.page("catalog", "example", headers=JSON).json()["meta"] == {"api-version": "1.0"}  # no sizes known
    page = model.page("internal", "example", headers=JSON).json()
    assert page.get("versions", ["1.0"]) == ["1.0"]
    assert page["files"][0]["size"] == len(made_wheel("example", "1.0"))
    return page["meta"]["api-version"]


NEEDS = {"json_root": {"json": "on"}, "json_api_version": {"json": "on"}}
