"""The instance target: it finds the context, says what is wrong, and never touches what it did not make."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from artifactory_conformance.ledger import Ledger
from artifactory_conformance.settings import resolve
from artifactory_conformance.targets import TargetFailed, make_target
from artifactory_conformance.targets.instance import InstanceTarget
from tests.evidence.raw_server import Asked, answer, says, serving
from tests.targets.made import HTML, NOT_FOUND, VERSION_PATH, connections, refusal, routes, version

ADMIN = {"ARTIFACTORY_ADMIN_TOKEN": "t0ken-t0ken-t0ken"}
JFROG = "X-JFrog-Version: Artifactory/7.84.17"


def instance_at(
    url: str, tmp_path: Path, environment: dict[str, str] | None = None, **options: object
) -> InstanceTarget:
    settings = resolve(
        {"target": "instance", "artifactory_url": url, "reports": str(tmp_path), **options}, environment or {}
    )
    target = make_target(
        settings, connections(), Ledger(tmp_path / "ledger.jsonl", "r1"), lambda: "s3cret-made", tmp_path
    )
    assert isinstance(target, InstanceTarget)
    return target


def test_the_context_is_found_whether_it_was_given_or_not(tmp_path: Path):
    with serving(routes({VERSION_PATH: version()})) as server:
        for given in (server.url, f"{server.url}/", f"{server.url}/artifactory", f"{server.url}/artifactory/"):
            assert instance_at(given, tmp_path).prepare()["base"] == f"{server.url}/artifactory"


def test_an_instance_without_a_context_is_found(tmp_path: Path):
    with serving(routes({"/api/system/version": version()})) as server:
        assert instance_at(server.url, tmp_path).prepare()["base"] == server.url


def test_an_instance_without_a_context_that_says_no_below_it_is_found(tmp_path: Path):
    below = {"/api/system/version": version(), VERSION_PATH: refusal(404, "File not found.", JFROG)}
    with serving(routes(below)) as server:
        assert instance_at(server.url, tmp_path).prepare()["base"] == server.url


def test_an_instance_below_another_path_is_found(tmp_path: Path):
    with serving(routes({"/tools/artifactory/api/system/version": version()})) as server:
        assert instance_at(f"{server.url}/tools", tmp_path).prepare()["base"] == f"{server.url}/tools/artifactory"


@pytest.mark.parametrize(
    ("status", "words", "tries"),
    [(401, "asks for credentials", 1), (403, "asks for credentials", 1), (500, "answers 500: no", 2)],
)
def test_one_that_refuses_is_told_and_wrong_credentials_are_tried_once(
    tmp_path: Path, status: int, words: str, tries: int
):
    with serving(says(refusal(status, "no", JFROG))) as server:
        with pytest.raises(TargetFailed, match=f"the target {words}"):
            instance_at(server.url, tmp_path).prepare()
        assert len(server.asked) == tries


def test_one_that_lacks_a_licence_is_told_and_is_no_edition(tmp_path: Path):
    unlicensed = routes({VERSION_PATH: version(addons=[])}, refusal(503, "No license installed!"))
    account = {"ARTIFACTORY_USER": "me", "ARTIFACTORY_PASS": "s3cret-pass"}
    with serving(unlicensed) as server:
        with pytest.raises(TargetFailed, match="'No license installed!': it needs a licence that is valid today"):
            instance_at(server.url, tmp_path, account).prepare()
        instance_at(server.url, tmp_path, account, level="observe").prepare()
    with serving(routes({VERSION_PATH: version(addons=[])})) as server:
        assert instance_at(server.url, tmp_path, account).prepare()["base"]


@pytest.mark.parametrize("reply", [HTML, NOT_FOUND, answer(302, b"", "Location: https://x/"), answer(200, b"{}")])
def test_what_is_no_artifactory_is_refused_with_what_was_seen(tmp_path: Path, reply: bytes):
    with serving(says(reply)) as server, pytest.raises(TargetFailed, match="is no Artifactory; seen: GET") as failed:
        instance_at(server.url, tmp_path).prepare()
    assert failed.value.args[0].count("GET") == 2


def test_one_that_does_not_answer_is_told(tmp_path: Path):
    with serving(says(version())) as server:
        pass
    with pytest.raises(TargetFailed, match=f"no answer from {server.url}"):
        instance_at(server.url, tmp_path).prepare()


def test_looking_for_the_context_only_reads(tmp_path: Path):
    with serving(says(HTML)) as server, pytest.raises(TargetFailed):
        instance_at(server.url, tmp_path, ADMIN, level="mutate").prepare()
    assert {asked.method for asked in server.asked} == {"GET"}


def test_what_was_prepared_is_what_every_process_starts_with(tmp_path: Path):
    target = instance_at("http://127.0.0.1:9", tmp_path, {"ARTIFACTORY_USER": "me", "ARTIFACTORY_PASS": "s3cret-pass"})
    target.start({"base": "http://127.0.0.1:9/artifactory"})
    assert target.base == "http://127.0.0.1:9/artifactory"
    assert target.user.user == "me"
    assert target.site.remote == "activestate-platform"
    assert (target.catalog, target.administrator, target.last_words()) == (None, None, "")
    assert "s3cret-pass" not in repr(target.user)
    with pytest.raises(TargetFailed, match="not prepared"):
        target.start({})


# ---------------------------------------------------------------- setting the site up

HEALTH = json.dumps({"program": "artifactory_conformance.upstream"}).encode()
SET_UP = {"level": "mutate", "set_up_site": True}
TAKEN = {
    "repository activestate-platform": "/artifactory/api/repositories/activestate-platform",
    "repository activestate-virtual": "/artifactory/api/repositories/activestate-virtual",
    "repository internal-pypi": "/artifactory/api/repositories/internal-pypi",
    "permission target activestate-platform-read": "/artifactory/api/v2/security/permissions/activestate-platform-read",
    "permission target internal-pypi-read": "/artifactory/api/v2/security/permissions/internal-pypi-read",
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_set_up_stops_before_it_takes_the_name_of_something_that_is_there(tmp_path: Path, name: str):
    there = answer(200, json.dumps({"key": name.rsplit(maxsplit=1)[-1]}).encode(), "Content-Type: application/json")
    with (
        serving(routes({"/_control/health": answer(200, HEALTH)})) as catalog,
        serving(routes({VERSION_PATH: version(), TAKEN[name]: there}, refusal(404, "none"))) as server,
    ):
        target = instance_at(server.url, tmp_path, ADMIN, catalog_control=catalog.url, **SET_UP)
        with pytest.raises(TargetFailed, match=f"has already: {name}"):
            target.prepare()
        target.finish()
    assert {asked.method for asked in server.asked} == {"GET"}
    assert not (tmp_path / "ledger.jsonl").exists()


def test_a_set_up_that_is_refused_half_way_removes_what_it_made_and_says_so(tmp_path: Path):
    made: dict[str, bytes] = {}

    def instance(asked: Asked, connection) -> None:
        key = asked.path.rpartition("/")[2]
        if asked.method == "PUT" and key == "activestate-platform":
            made[asked.path] = asked.body
            reply = answer(200)
        elif asked.method == "PUT":
            reply = refusal(403, "no more of these")
        elif asked.method == "DELETE":
            made.pop(asked.path, None)
            reply = answer(200)
        elif asked.path in made:
            reply = answer(200, made[asked.path], "Content-Type: application/json")
        else:
            reply = version() if asked.path == VERSION_PATH else refusal(404, "none")
        connection.sendall(reply)

    organization = {"id": "o1", "user": "u", "password": "s3cret-password", "base_path": "/o1/pypi"}
    wheel = {"project": "p", "version": "1", "kind": "wheel", "filename": "f", "sha256": "0", "size": 1, "path": "f"}
    control = {
        "/_control/health": answer(200, HEALTH),
        "/_control/organizations": answer(201, json.dumps(organization).encode()),
        "/_control/organizations/o1/distributions": answer(201, json.dumps(wheel).encode()),
        "/_control/organizations/o1": answer(204),
    }
    with serving(routes(control)) as catalog, serving(instance) as server:
        target = instance_at(server.url, tmp_path, ADMIN, catalog_control=catalog.url, **SET_UP)
        with pytest.raises(TargetFailed, match=r"the site could not be set up: .*no more of these"):
            target.prepare()
    assert made == {}
    assert ("DELETE", "/_control/organizations/o1") in {(asked.method, asked.path) for asked in catalog.asked}
    states = [json.loads(line) for line in (tmp_path / "ledger.jsonl").read_text("utf-8").splitlines()]
    assert {e["name"] for e in states if e["state"] == "intended"} == {
        e["name"] for e in states if e["state"] == "removed"
    }


def test_a_catalog_that_is_none_stops_the_set_up(tmp_path: Path):
    with serving(says(HTML)) as catalog, serving(routes({VERSION_PATH: version()}, refusal(404, "none"))) as server:
        target = instance_at(server.url, tmp_path, ADMIN, catalog_control=catalog.url, **SET_UP)
        with pytest.raises(TargetFailed, match="the site could not be set up"):
            target.prepare()
    assert {asked.method for asked in server.asked} == {"GET"}
