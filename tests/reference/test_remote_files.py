"""Files through a remote: information, content, storage (section 9; A14 to A59, M-03 to M-11)."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.reference.model_client import message
from tests.reference.stub_catalog import Asked, Reply

STORED = "ab/cd/example-1.0-py3-none-any.whl"
UPSTREAM = f"/org/pypi/packages/{STORED}"
WHEEL = "example-1.0-py3-none-any.whl"


def methods(catalog):
    return [asked.method for asked in catalog.journal if asked.path.partition("?")[0] == UPSTREAM]


def test_u11_a_file_is_stored_without_its_packages_prefix_and_served_from_there(model, catalog):
    catalog.project("example", content=b"wheel")
    model.remote(catalog)
    assert model.wheel("catalog", WHEEL).content == b"wheel"
    assert model.state("catalog")["stored"] == [STORED]
    assert model.get(f"/catalog-cache/{STORED}").content == b"wheel"
    assert methods(catalog) == ["HEAD", "GET"]


def test_c01_a_cached_file_never_expires_and_survives_the_catalog(model, catalog):
    catalog.project("example", content=b"wheel")
    model.remote(catalog, retrievalCachePeriodSecs=1)
    model.wheel("catalog", WHEEL)
    catalog.fault = Reply(500)
    model.advance(10**8)
    assert model.wheel("catalog", WHEEL).content == b"wheel"
    assert methods(catalog) == ["HEAD", "GET"]


def test_the_link_of_the_page_leads_to_the_file(model, catalog):
    catalog.project("example", content=b"wheel")
    model.remote(catalog)
    href = model.page("catalog", "example").text.partition('href="../../')[2].partition('"')[0]
    assert model.file("catalog", href).content == b"wheel"


def test_bypass_head_requests_leaves_the_head_out(model, catalog):
    catalog.project("example")
    model.remote(catalog, bypassHeadRequests=True)
    assert model.wheel("catalog", WHEEL).status_code == 200
    assert methods(catalog) == ["GET"]


def test_f05_a_head_of_an_uncached_file_stores_it(model, catalog):
    catalog.project("example", content=b"wheel")
    model.remote(catalog)
    answer = model.call("HEAD", f"/api/pypi/catalog/packages/packages/{STORED}")
    assert (answer.status_code, answer.headers["Content-Length"], answer.content) == (200, "5", b"")
    assert model.state("catalog")["stored"] == [STORED]


def test_c08_without_storing_the_file_is_streamed_each_time(model, catalog):
    catalog.project("example", content=b"wheel")
    model.remote(catalog, storeArtifactsLocally=False)
    reader = model.user("reader", groups=["readers"])
    assert [model.wheel("catalog", WHEEL, reader).content for _ in range(2)] == [b"wheel", b"wheel"]
    assert methods(catalog) == ["HEAD", "GET"] * 2
    assert model.state("catalog")["stored"] == []


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
def test_m02_a_failing_head_is_404_and_remembered(model, catalog, status):
    catalog.replies[UPSTREAM] = Reply(status, reason="Some Reason")
    model.remote(catalog)
    answers = [model.wheel("catalog", WHEEL) for _ in range(2)]
    assert [(answer.status_code, message(answer)) for answer in answers] == [(404, "Some Reason")] * 2
    assert methods(catalog) == ["HEAD"]


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 502])
def test_m03_a_failing_get_after_a_good_head_passes_the_catalogs_status_and_is_not_remembered(model, catalog, status):
    catalog.replies[UPSTREAM] = lambda asked: Reply(200 if asked.method == "HEAD" else status)
    model.remote(catalog)
    answer = model.wheel("catalog", WHEEL)
    assert answer.status_code == status
    assert f"{catalog.origin}{UPSTREAM}" in message(answer)
    assert "WWW-Authenticate" not in answer.headers
    assert model.state("catalog")["missed"] == []


def test_m04_an_unreachable_catalog_is_404_and_not_remembered(model, nowhere):
    model.remote(nowhere)
    assert "Connection refused" in message(model.wheel("catalog", WHEEL))
    assert model.state("catalog")["missed"] == []


def test_m04_a_silent_catalog_is_404_after_the_socket_timeout(model, catalog):
    catalog.file(STORED, wait_for=threading.Event())
    model.remote(catalog, socketTimeoutMillis=50)
    assert message(model.wheel("catalog", WHEEL)).endswith("Read timed out")


def test_m07_a_file_that_breaks_off_is_404_and_not_stored(model, catalog):
    catalog.replies[UPSTREAM] = lambda asked: Reply(body=b"half", cut=asked.method == "GET")
    model.remote(catalog)
    assert model.wheel("catalog", WHEEL).status_code == 404
    assert model.state("catalog")["stored"] == []


def test_m06_an_offline_remote_serves_cached_files_only(model, catalog):
    catalog.project("example")
    catalog.file("ab/other.whl")
    model.remote(catalog)
    model.wheel("catalog", WHEEL)
    model.update("catalog", offline=True)
    assert model.wheel("catalog", WHEEL).status_code == 200
    assert "is offline" in message(model.file("catalog", "packages/packages/ab/other.whl"))


def test_m09_an_html_page_in_place_of_a_wheel_is_blocked_unless_the_client_takes_everything(model, catalog):
    html = Reply(body=b"<html>log in</html>", headers={"Content-Type": "text/html"})
    catalog.replies[UPSTREAM] = html
    model.remote(catalog)
    picky = model.wheel("catalog", WHEEL, headers={"Accept": "application/zip"})
    assert picky.status_code == 409
    assert model.wheel("catalog", WHEEL, headers={"Accept": "*/*"}).status_code == 409  # remembered
    model.update("catalog", description="empties the missed cache")
    assert model.wheel("catalog", WHEEL, headers={"Accept": "*/*"}).content == html.body
    model.call("DELETE", "/catalog-cache/ab")
    model.update("catalog", blockMismatchingMimeTypes=False)
    assert model.wheel("catalog", WHEEL, headers={"Accept": "application/zip"}).content == html.body


def test_m10_a_redirect_to_a_folder_is_404(model, catalog):
    catalog.replies[UPSTREAM] = Reply(302, headers={"Location": "/login/"})
    catalog.replies["/login/"] = Reply(body=b"who are you")
    model.remote(catalog)
    assert model.wheel("catalog", WHEEL).status_code == 404


def test_m11_a_redirect_to_another_host_is_followed_without_credentials(model, catalog):
    catalog.replies[UPSTREAM] = Reply(
        302, headers={"Location": f"{catalog.origin}/cdn".replace("127.0.0.1", "localhost")}
    )
    catalog.replies["/cdn"] = Reply(body=b"wheel")
    model.remote(catalog, username="org", password="hush")
    assert model.wheel("catalog", WHEEL).content == b"wheel"
    sent = [(asked.path, "authorization" in asked.headers) for asked in catalog.journal]
    assert sent == [(UPSTREAM, True), ("/cdn", False)] * 2


def test_m11_lenient_host_authentication_sends_credentials_everywhere(model, catalog):
    catalog.replies[UPSTREAM] = Reply(
        302, headers={"Location": f"{catalog.origin}/cdn".replace("127.0.0.1", "localhost")}
    )
    catalog.replies["/cdn"] = Reply(body=b"wheel")
    model.remote(catalog, username="org", password="hush", allowAnyHostAuth=True)
    model.wheel("catalog", WHEEL)
    assert all("authorization" in asked.headers for asked in catalog.journal)


def test_m15_a_registry_url_on_another_host_gets_no_credentials(model, catalog):
    catalog.project("example")
    registry = catalog.url.replace("127.0.0.1", "localhost")
    model.remote(catalog, pyPIRegistryUrl=registry, username="org", password="hush")
    model.page("catalog", "example")
    assert "authorization" not in catalog.journal[0].headers


def test_c07_parallel_first_downloads_get_the_file_once(model, catalog):
    go_on = threading.Event()

    def slow(asked: Asked) -> Reply:
        return Reply(body=b"wheel", wait_for=go_on if asked.method == "GET" else None)

    catalog.replies[UPSTREAM] = slow
    model.remote(catalog)
    with ThreadPoolExecutor(20) as pool:
        answers = [pool.submit(model.wheel, "catalog", WHEEL) for _ in range(20)]
        go_on.set()
        assert {answer.result().content for answer in answers} == {b"wheel"}
    assert methods(catalog).count("GET") == 1


def test_d7_a_deleted_file_is_fetched_again(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    model.wheel("catalog", WHEEL)
    assert model.call("DELETE", f"/catalog-cache/{STORED}").status_code == 204
    assert model.call("DELETE", f"/catalog-cache/{STORED}").status_code == 404
    model.wheel("catalog", WHEEL)
    assert methods(catalog) == ["HEAD", "GET"] * 2


def test_u12_a_direct_path_through_the_remotes_key_downloads_and_the_caches_key_does_not(model, catalog):
    catalog.project("example", content=b"wheel")
    model.remote(catalog)
    assert model.get(f"/catalog-cache/{STORED}").status_code == 404
    assert model.get(f"/catalog/packages/{STORED}").content == b"wheel"
    assert model.get(f"/catalog-cache/{STORED}").content == b"wheel"


def test_folders_are_listed_as_index_of(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    model.wheel("catalog", WHEEL)
    listing = model.get("/catalog-cache/ab/cd/")
    assert listing.headers["Content-Type"] == "text/html"
    assert "Index of catalog-cache/ab/cd" in listing.text
    assert f'<a href="{WHEEL}">' in listing.text
    assert model.get("/catalog-cache/ab/cd").headers["Location"].endswith("/catalog-cache/ab/cd/")


@pytest.mark.parametrize("key", ["catalog", "catalog-cache"])
def test_2_5_a_put_to_a_remote_is_404(model, catalog, key):
    model.remote(catalog)
    answer = model.call("PUT", f"/{key}/a/b.whl", data=b"x")
    assert message(answer) == f"Could not find a local repository named {key} to deploy to."
    assert answer.status_code == 404


def test_b30_a_post_to_a_storage_path_is_405(model, catalog):
    model.remote(catalog)
    assert model.call("POST", "/catalog/").status_code == 405
