"""What a page is asked for by, what the catalog is asked, and how its page is read (U-02 to U-16, R-03 to R-12)."""

from tests.reference.model_client import message
from tests.reference.stub_catalog import Reply, anchor


def test_u02_a_page_without_its_slash_is_redirected_to_an_absolute_address(model, catalog):
    model.remote(catalog)
    answer = model.get("/api/pypi/catalog/simple/example")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{model.base}/api/pypi/catalog/simple/example/"
    assert answer.headers["Content-Length"] == "0"
    assert catalog.journal == []


def test_u02_the_redirect_is_built_from_the_configured_base_url(model, catalog):
    model.remote(catalog)
    told = model.call("PUT", "/api/system/configuration/baseUrl", data="https://artifacts.example")
    assert told.text == 'URL base has been successfully updated to "https://artifacts.example".'
    location = model.get("/api/pypi/catalog/simple/example").headers["Location"]
    assert location == "https://artifacts.example/artifactory/api/pypi/catalog/simple/example/"


def test_r03_the_index_is_asked_at_registry_url_and_suffix_with_a_slash(model, catalog):
    catalog.replies["/other/idx/example/"] = Reply(body=b"<html></html>")
    model.remote(catalog, pyPIRegistryUrl=f"{catalog.origin}/other", pyPIRepositorySuffix="idx")
    assert model.page("catalog", "example").status_code == 200
    assert [(asked.method, asked.path) for asked in catalog.journal] == [("GET", "/other/idx/example/")]


def test_r05_a_simple_in_the_registry_url_is_asked_for_twice_and_nothing_is_found(model, catalog):
    catalog.project("example")
    model.remote(catalog, pyPIRegistryUrl=f"{catalog.url}/simple")
    assert model.page("catalog", "example").status_code == 404
    assert catalog.journal[-1].path == "/org/pypi/simple/simple/example/"


def test_c10_the_catalog_sees_artifactorys_agent_and_origin_and_not_the_clients_accept(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    model.page("catalog", "example", headers={"Accept": "application/vnd.pypi.simple.v1+json, text/html;q=0.1"})
    headers = catalog.journal[0].headers
    assert headers["user-agent"] == "Artifactory/7.84.17"
    assert headers["x-artifactory-originated"] == headers["origin-artifactory"]
    assert "json" not in headers["accept"]


def test_r12_a_page_that_the_parser_does_not_get_through_is_404(model, catalog):
    catalog.page("example", anchor("http://[broken/x.whl", "x.whl"))
    model.remote(catalog)
    assert model.page("catalog", "example").status_code == 404


def test_m18_json_that_does_not_say_its_version_is_no_page(model, catalog):
    files = b'"name": "example", "files": [{"filename": "x.whl", "url": "x.whl", "hashes": {}}]}'
    model.remote(catalog)
    catalog.replies["/org/pypi/simple/example/"] = Reply(body=b'{"error": "overloaded", ' + files)
    assert model.page("catalog", "example").status_code == 404
    catalog.replies["/org/pypi/simple/other/"] = Reply(body=b'{"meta": {"api-version": "1.0"}, ' + files)
    assert "x.whl" in model.page("catalog", "other").text


def test_b05_anchors_over_several_lines_are_read(model, catalog):
    catalog.page("example", '<a\n  href="../../packages/a-1.whl"\n  data-requires-python="&gt;=3.9"\n>\n a-1.whl\n</a>')
    model.remote(catalog)
    wanted = '<a href="../../packages/packages/a-1.whl" data-requires-python="&gt;=3.9" rel="internal">a-1.whl</a>'
    assert wanted in model.page("catalog", "example").text.splitlines()


def test_h07_files_are_sorted_by_name_as_strings(model, catalog):
    names = ["a-23.3.0.tar.gz", "a-23.29.0.tar.gz", "a-1.0.tar.gz", "a-1.0-py3-none-any.whl"]
    catalog.page("a", *(anchor(f"../../packages/{name}", name) for name in names))
    model.remote(catalog)
    lines = model.page("catalog", "a").text.splitlines()[2:-1]
    assert [line.rpartition("</a>")[0].rpartition(">")[2] for line in lines] == [
        "a-1.0-py3-none-any.whl",
        "a-1.0.tar.gz",
        "a-23.29.0.tar.gz",
        "a-23.3.0.tar.gz",
    ]


def test_u04_a_version_below_a_project_is_404(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    assert model.get("/api/pypi/catalog/simple/example/1.0").status_code == 404
    assert catalog.journal == []


def test_u16_the_repository_itself_is_406(model, catalog):
    model.remote(catalog)
    assert model.get("/api/pypi/catalog/").status_code == 406


def test_u07_the_public_hosts_lead_to_the_public_index_with_the_links_of_pypi_org(model, catalog):
    path = "packages/4e/e7/81eb/a-1.whl"
    catalog.replies["/simple/a/"] = Reply(body=anchor(f"{catalog.origin}/{path}", "a-1.whl").encode())
    catalog.replies[f"/{path}"] = Reply(body=b"public")
    model.repository("public", "remote", url="https://files.pythonhosted.org")
    assert f'<a href="../../packages/{path}"' in model.page("public", "a").text
    assert model.file("public", f"packages/{path}").content == b"public"
    assert model.state("public")["stored"] == [".pypi/a.html", "4e/e7/81eb/a-1.whl"]


def test_no_other_host_is_ever_asked(model):
    model.remote("http://catalog.example/pypi", key="far")
    refused = model.page("far", "example")
    assert (refused.status_code, "no route to host" in message(refused)) == (404, True)


def test_a12_a_request_that_came_through_this_instance_before_is_cut(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    identity = model.get("/api/system/ping").headers["X-Artifactory-Id"]
    once = model.page("catalog", "example", headers={"X-Artifactory-Originated": "other"})
    twice = model.page("catalog", "example", headers={"X-Artifactory-Originated": f"other, {identity}"})
    assert once.status_code == 200
    assert catalog.journal[0].headers["x-artifactory-originated"] == f"other, {identity}"
    assert (twice.status_code, message(twice)[:23]) == (404, "Recursive call detected")


def test_a_head_of_a_page_has_its_headers_and_no_body(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    head, get = (model.call(method, "/api/pypi/catalog/simple/example/") for method in ("HEAD", "GET"))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Type"] == get.headers["Content-Type"] == "text/html"


def test_a_redirect_that_cannot_be_read_is_404(model, catalog):
    catalog.replies["/org/pypi/simple/example/"] = Reply(302, headers={"Location": "http://[broken"})
    model.remote(catalog)
    assert model.page("catalog", "example").status_code == 404


def test_r11_a_redirected_page_is_read_relative_to_where_it_was_found(model, catalog):
    catalog.page("new-name", anchor("a.whl", "a.whl"))
    catalog.replies["/org/pypi/simple/example/"] = Reply(301, headers={"Location": "/org/pypi/simple/new-name/"})
    model.remote(catalog)
    assert 'href="../../packages/simple/new-name/a.whl"' in model.page("catalog", "example").text
