"""What is looked at before anything is started, and that both ways to start a stack tell containers the same."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from artifactory_conformance.artifactory.health import all_well
from artifactory_conformance.containers.compose import ComposeStack
from artifactory_conformance.containers.engine import Engine, EngineUnusable
from artifactory_conformance.containers.images import newest_of, repository_of
from artifactory_conformance.containers.single import ENVIRONMENT, OURS, SingleStack
from artifactory_conformance.containers.stack import Wanted, bytes_of, look_ahead
from artifactory_conformance.containers.versions import run_each, versions_of, worst
from tests.containers.made import healthy, put_docker

COMPOSE: dict[str, Any] = yaml.safe_load((Path(__file__).parents[2] / "docker-compose.yml").read_text("utf-8"))
SERVICES = COMPOSE["services"]


def default(text: str) -> str:
    """Give what compose makes of a text where no variable is set."""
    return re.sub(r"\$\{\w+:-((?:[^{}])*)\}", r"\1", text)


@pytest.mark.parametrize("name", SERVICES)
def test_what_is_published_is_published_on_loopback_alone(name: str) -> None:
    assert all(str(port).startswith("127.0.0.1:") for port in SERVICES[name].get("ports", ()))


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_labelled_limited_and_without_privileges(name: str) -> None:
    service = SERVICES[name]
    assert set(service["labels"]) == {"artifactory-conformance", "artifactory-conformance.owner"}
    assert service["mem_limit"]
    assert service["init"] is True
    assert not {"privileged", "ulimits", "cap_add", "network_mode", "pid"} & set(service)


def test_networks_and_volumes_are_labelled() -> None:
    for thing in (*COMPOSE["volumes"].values(), *COMPOSE["networks"].values()):
        assert set(thing["labels"]) == {"artifactory-conformance", "artifactory-conformance.owner"}


def test_single_containers_are_told_what_those_of_the_compose_file_are() -> None:
    told = {name: default(value) for name, value in SERVICES["artifactory"]["environment"].items() if value is not None}
    assert told == dict(ENVIRONMENT)
    ours = SERVICES["catalog"]
    assert {name: ours[name] for name in OURS} == dict(OURS)


def test_too_little_memory_is_told_before_anything_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_docker(tmp_path, monkeypatch, healthy())
    with pytest.raises(EngineUnusable, match=r"too little memory: the Artifactory is to have 9g, and .* 8\.0 GiB"):
        look_ahead(Engine(), Wanted("a", "b", "r", memory="9g"), print, 0.95)


def test_an_image_that_is_not_there_is_fetched_or_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put_docker(tmp_path, monkeypatch, healthy("'image inspect '*' ours') echo sha ;; pull*) echo gone >&2; exit 1 ;;"))
    with pytest.raises(EngineUnusable, match=r"image theirs is not here and cannot be fetched \(gone\)"):
        look_ahead(Engine(), Wanted("theirs", "ours", "r"), print, 0.95)
    assert "fetching" in capsys.readouterr().out


def test_our_own_image_is_made_and_never_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_docker(tmp_path, monkeypatch, healthy())
    with pytest.raises(EngineUnusable, match="docker/build"):
        look_ahead(Engine(), Wanted("theirs", "ours", "r"), print, 0.95)


def test_without_the_packages_of_containers_there_is_something_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_docker(tmp_path, monkeypatch, healthy())
    for module in ("pytest_docker.plugin", "testcontainers.core.container"):
        monkeypatch.setitem(sys.modules, module, None)
    wanted = Wanted("theirs", "ours", "r")
    for start in (lambda: ComposeStack(Engine(), wanted, tmp_path, tmp_path), lambda: SingleStack(Engine(), wanted)):
        with pytest.raises(EngineUnusable, match=r"pip install 'artifactory-conformance\[containers\]'"):
            start()


def test_sizes_are_read_as_the_engine_does() -> None:
    assert [bytes_of(text) for text in ("1k", "512M", "6g", "6gb")] == [1024, 512 * 1024**2, 6 * 1024**3, 6 * 1024**3]


@pytest.mark.parametrize(
    ("image", "repository"),
    [
        ("conformance-stand-in:7.84.17", "conformance-stand-in"),
        ("127.0.0.1:5000/jfrog/artifactory-pro", "127.0.0.1:5000/jfrog/artifactory-pro"),
        ("127.0.0.1:5000/jfrog/artifactory-pro:7.1.2@sha256:0", "127.0.0.1:5000/jfrog/artifactory-pro"),
    ],
)
def test_a_tag_is_told_from_a_port(image: str, repository: str) -> None:
    assert repository_of(image) == repository


def test_of_a_line_the_newest_is_taken_by_its_number() -> None:
    assert newest_of("7.117.x", ["7.117.5", "7.117.27", "7.117.9", "7.117.30-rc", "7.1170.1"]) == "7.117.27"
    assert newest_of("7.9.x", ["7.117.5"]) == ""


@pytest.mark.parametrize(
    ("body", "well"),
    [
        (b'{"router": {"state": "HEALTHY"}, "services": [{"state": "HEALTHY"}]}', True),
        (b'{"router": {"state": "HEALTHY"}, "services": [{"state": "HEALTHY"}, {"state": "UNHEALTHY"}]}', False),
        (b'{"router": {"state": "STARTING"}}', False),
        (b"{}", False),
        (b"starting", False),
        (b"[]", False),
    ],
)
def test_all_services_have_to_be_well(body: bytes, well: bool) -> None:
    assert all_well(body) is well


def test_versions_come_from_the_command_line_or_the_environment() -> None:
    variable = {"CONFORMANCE_ARTIFACTORY_VERSION": "7.1.1, 7.2.2"}
    assert versions_of(["-x", "--artifactory-version=7.3.3,7.4.x", "suites"], variable) == (
        ["7.3.3", "7.4.x"],
        ["-x", "suites"],
    )
    assert versions_of(["-x"], variable) == (["7.1.1", "7.2.2"], ["-x"])


def test_each_version_has_a_run_and_a_folder_and_an_interruption_ends_the_row(tmp_path: Path) -> None:
    ran: list[list[str]] = []
    codes = iter([6, 2])
    code = run_each(["a", "b", "c"], ["-x"], tmp_path, lambda arguments: ran.append(list(arguments)) or next(codes))
    assert code == 2
    assert ran == [["-x", f"--artifactory-version={one}", f"--reports={tmp_path / one}"] for one in "ab"]


@pytest.mark.parametrize(
    ("codes", "together"), [([0, 0], 0), ([0, 6, 1], 1), ([6, 0], 6), ([1, 4], 4), ([0, 139, 1], 139), ([], 0)]
)
def test_the_worst_exit_code_counts(codes: list[int], together: int) -> None:
    assert worst(codes) == together
