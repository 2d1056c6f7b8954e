"""The log files of 7.x (admin 6; F1 to F6, H.2; P-02), read as an administrator reads them."""

import re
from datetime import datetime, timezone

import pytest

from artifactory_conformance.reference import logs
from artifactory_conformance.reference.clock import Clock
from artifactory_conformance.reference.logs import Logs, Served
from artifactory_conformance.reference.switches import SwitchSet
from artifactory_conformance.reference.tracing import Trace
from tests.reference.model_client import NOBODY
from tests.reference.stub_catalog import Reply, anchor

WHEEL = "example-1.0-py3-none-any.whl"
ACCESS_LINE = re.compile(r"\S+Z \[[0-9a-f]{16}\] \[(.*?)\] (.*) for (.*)/(\S+?)\.?")
SERVICE_LINE = re.compile(r"\S+Z \[jfrt \] \[(INFO |ERROR)\] \[[0-9a-f]{16}\] \[(\w+):\d+\] \[\S+\] - (.*)")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "log"


@pytest.fixture
def logged(start, tmp_path):
    """Start a model that writes logs."""
    return lambda **switches: start("7.84-pro", state_dir=tmp_path, **switches)


def columns(folder, name):
    return [line.split("|") for line in (folder / name).read_text("utf-8").splitlines()]


def access(folder):
    lines = (folder / logs.ACCESS).read_text("utf-8").splitlines()
    found = [ACCESS_LINE.fullmatch(line) for line in lines]
    assert all(found)
    return [one.groups() for one in found]


def service(folder):
    lines = (folder / logs.SERVICE).read_text("utf-8").splitlines()
    found = [SERVICE_LINE.fullmatch(line) for line in lines]
    assert all(found)
    return [one.groups() for one in found]


def test_the_request_log_has_a_line_of_eleven_columns_as_soon_as_the_answer_is_there(logged, folder, catalog):
    model = logged()
    catalog.project("example", content=b"0123456789")
    model.remote(catalog)
    before = datetime.now(timezone.utc)
    model.wheel("catalog", WHEEL, headers={"User-Agent": "pip/24.0"})
    line = columns(folder, logs.REQUEST)[-1]
    when, trace, address, user, method, path, status, asked, sent, took, agent = line
    assert abs(datetime.fromisoformat(when.replace("Z", "+00:00")) - before).total_seconds() < 20
    assert re.fullmatch("[0-9a-f]{16}", trace)
    assert (address, user, method, status, agent) == ("127.0.0.1", "admin", "GET", "200", "pip/24.0")
    assert path == f"/api/pypi/catalog/packages/packages/ab/cd/{WHEEL}"
    assert (asked, sent) == ("0", "10")
    assert int(took) >= 0


def test_f1_who_did_not_get_in_has_a_name_that_says_so_and_the_path_has_no_query(logged, folder, catalog):
    model = logged()
    model.get("/api/system/version?secret=1", ("admin", "wrong"))
    model.get("/api/system/version", NOBODY, headers={"X-Forwarded-For": "10.1.2.3, 10.9.9.9"})
    first, second = columns(folder, logs.REQUEST)
    assert first[3:7] == ["non_authenticated_user", "GET", "/api/system/version", "401"]
    assert second[2:4] == ["10.1.2.3", "non_authenticated_user"]
    assert access(folder)[0] == ("DENIED LOGIN", "", "admin", "127.0.0.1")
    assert "wrong" not in (folder / logs.ACCESS).read_text()


@pytest.mark.parametrize(("value", "count"), [("10", 10), ("11", 11)])
def test_the_outbound_log_has_a_line_per_request_to_the_catalog(logged, folder, catalog, value, count):
    model = logged(request_out_columns=value)
    catalog.project("example")
    model.remote(catalog, username="org", password="hush-hush")
    model.page("catalog", "example")
    model.wheel("catalog", WHEEL)
    model.wheel("catalog", WHEEL)
    lines = columns(folder, logs.OUTBOUND)
    file_url = f"{catalog.url}/packages/ab/cd/{WHEEL}"
    assert [line[2:7] for line in lines] == [
        ["catalog", "admin", "GET", f"{catalog.url}/simple/example/", "200"],
        ["catalog", "admin", "HEAD", file_url, "200"],
        ["catalog", "admin", "GET", file_url, "200"],
    ]
    assert {len(line) for line in lines} == {count}
    told = [line[1] for line in columns(folder, logs.REQUEST)][-3:]
    assert [line[1] for line in lines] == [told[0], told[1], told[1]]


def test_upstream_failures_are_in_the_service_log_with_the_address_and_without_secrets(logged, folder, catalog):
    model = logged(request_out_failures="line")
    catalog.fault = Reply(401)
    model.remote(catalog.url.replace("http://", "http://org:hush-hush@"), username="org", password="hush-hush")
    model.page("catalog", "example")
    model.remote("http://127.0.0.1:9/org/pypi", "down")
    model.page("down", "example")
    assert service(folder) == [
        ("ERROR", "HttpRepo", f"Failed retrieving resource from {catalog.url}/simple/example/: 401"),
        (
            "ERROR",
            "HttpRepo",
            "Failed retrieving resource from http://127.0.0.1:9/org/pypi/simple/example/: Connection refused",
        ),
    ]
    assert [line[6] for line in columns(folder, logs.OUTBOUND)] == ["401", "0"]
    assert not any("hush" in path.read_text() for path in folder.iterdir())


def test_p02_a_page_without_deploy_is_told_with_the_name_of_the_user_and_of_the_cache(logged, folder, catalog):
    model = logged()
    catalog.page("npm", anchor("../../packages/x.whl", "x.whl"))
    model.remote(catalog)
    model.page("catalog", "npm", model.user("developer", groups=["readers"]))
    wanted = (
        f"Could not retrieve remote index from {catalog.url}/simple/npm/: User developer is not permitted to deploy "
        "'.pypi/npm.html' into 'catalog-cache:.pypi/npm.html'."
    )
    assert service(folder) == [("ERROR", "PypiRemoteIndexProvider", wanted)]
    assert access(folder) == [("DENIED DEPLOY", "catalog-cache:.pypi/npm.html", "developer", "127.0.0.1")]


def test_f6_the_download_that_fills_the_cache_has_the_key_of_the_remote_and_later_ones_that_of_the_cache(
    logged, folder, catalog
):
    model = logged()
    catalog.project("example")
    model.remote(catalog)
    first = model.wheel("catalog", WHEEL)
    model.wheel("catalog", WHEEL)
    model.call("HEAD", f"/api/pypi/catalog/packages/packages/ab/cd/{WHEEL}")
    model.wheel("catalog", WHEEL, headers={"If-None-Match": first.headers["ETag"]})
    model.get(f"/catalog-cache/ab/cd/{WHEEL}", headers={"Range": "bytes=999-"})
    assert [(what, where.partition(":")[0]) for what, where, *_ in access(folder)] == [
        ("ACCEPTED DEPLOY", "catalog-cache"),
        ("ACCEPTED DOWNLOAD", "catalog"),
        ("ACCEPTED DOWNLOAD", "catalog-cache"),
        ("ACCEPTED DOWNLOAD", "catalog-cache"),
    ]


def test_f5_denials_name_the_cache_and_f4_not_the_anonymous_user(logged, folder, catalog):
    model = logged()
    model.local("internal")
    model.remote(catalog)
    model.configure("security: {anonAccessEnabled: true}")
    model.call("DELETE", "/api/v2/security/permissions/Anything")
    model.call("DELETE", "/api/v2/security/permissions/Any+Remote")
    model.page("catalog", "example", NOBODY)
    joe = model.user("joe")
    model.page("catalog", "example", joe)
    model.upload("internal", WHEEL, b"x", "example", "1.0", joe)
    model.upload("internal", WHEEL, b"x", "example", "1.0")
    model.call("DELETE", f"/internal/example/1.0/{WHEEL}", joe)
    model.call("DELETE", f"/internal/example/1.0/{WHEEL}")
    page, file = "catalog-cache:.pypi/example.html", f"internal:example/1.0/{WHEEL}"
    assert [line[:3] for line in access(folder)] == [
        ("DENIED DOWNLOAD", page, "NA"),
        ("DENIED DOWNLOAD", page, "joe"),
        ("DENIED DEPLOY", file, "joe"),
        ("ACCEPTED DEPLOY", file, "admin"),
        ("DENIED DELETE", file, "joe"),
        ("ACCEPTED DELETE", file, "admin"),
    ]


def test_nothing_that_a_client_sends_makes_a_second_line_or_column(logged, folder, catalog):
    model = logged()
    model.get("/api/pypi/x/simple/a%0ab%7Cc/", headers={"User-Agent": "a|b"})
    model.get("/api/system/version", ("joe\nadmin", "x"))
    assert [len(line) for line in columns(folder, logs.REQUEST)] == [11, 11]
    assert len(access(folder)) == 1


def test_a_full_file_is_put_aside_and_only_a_few_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(logs, "LARGEST", 1000)
    written = Logs(tmp_path, Clock(), SwitchSet({}))
    for number in range(100):
        written.request(Trace(), Served("GET", f"/{number}", 200, 0, 0, 0.1), "agent")
    written.close()
    kept = sorted((tmp_path / "log").glob(f"{logs.REQUEST}*"))
    assert len(kept) == 1 + logs.KEPT
    assert all(path.stat().st_size <= 1000 for path in kept)
    assert "|/99|" in kept[0].read_text().splitlines()[-1]


def test_the_control_interface_gives_a_log_and_nothing_else(logged, start, folder):
    model = logged()
    model.get("/api/system/version")
    read = model.get(f"{model.origin}/_control/log/{logs.REQUEST}", NOBODY)
    assert read.content == (folder / logs.REQUEST).read_bytes() != b""
    for name in ("..%2fsecret", "nonsense.log", ""):
        assert model.get(f"{model.origin}/_control/log/{name}", NOBODY).status_code == 404
    without = start()
    assert without.get(f"{without.origin}/_control/log/{logs.REQUEST}", NOBODY).status_code == 404
