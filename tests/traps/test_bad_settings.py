"""Settings that cannot be meant: exit code 4, one line that names the setting and where it came from, no contact."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from tests.traps.instances import Instance, StubbornServer
from tests.traps.project import GOOD, Project

COMMAND_LINE = "(from the command line)"
INSTANCE = ("--target", "instance")
URL = "URL"  # stands for the address of a server that must not be asked

TABLE: dict[str, tuple[tuple[str, ...], Mapping[str, str], tuple[str, ...]]] = {
    "unknown target": (("--target", "docker"), {}, ("--target 'docker'", COMMAND_LINE, "embedded, container")),
    "unknown target in the environment": (
        (),
        {"CONFORMANCE_TARGET": "docker"},
        ("--target 'docker'", "(from environment variable CONFORMANCE_TARGET)"),
    ),
    "unknown level": ((*INSTANCE, "--artifactory-url", URL, "--level", "full"), {}, ("--level 'full'", COMMAND_LINE)),
    "organization that is no UUID": (
        (*INSTANCE, "--artifactory-url", URL, "--organization", "acme"),
        {},
        ("--organization 'acme'", COMMAND_LINE, "UUID"),
    ),
    "the guide's example": (
        (*INSTANCE, "--artifactory-url", URL, "--organization", "b5865a43-1f24-48df-b6f3-8c932c7aae29"),
        {},
        ("--organization", COMMAND_LINE, "printed example"),
    ),
    "folder that is missing": (("--catalog-dir", "nowhere"), {}, ("--catalog-dir 'nowhere'", COMMAND_LINE, "folder")),
    "instance without an address": (INSTANCE, {}, ("--target 'instance'", COMMAND_LINE, "--artifactory-url")),
    "address with a password": (
        (*INSTANCE, "--artifactory-url", "http://alice:Sesame-open@127.0.0.1:1/artifactory"),
        {},
        ("--artifactory-url", COMMAND_LINE, "credentials do not belong into a URL"),
    ),
    "misspelled option with a password": (
        ("--artifactory-ulr=http://alice:Sesame-open@127.0.0.1:1/artifactory",),
        {},
        ("--artifactory-ulr", COMMAND_LINE, "credentials do not belong into a URL"),
    ),
    "unknown clause": (("--require", "REMOTE-99"), {}, ("--require 'REMOTE-99'", COMMAND_LINE, "no clause")),
    "reports that are a file": (("--reports", "pyproject.toml"), {}, ("--reports", COMMAND_LINE, "not a folder")),
    "reports that may not be written": (("--reports", "/proc/reports"), {}, ("--reports", COMMAND_LINE)),
    "changes without an administrator": (
        (*INSTANCE, "--artifactory-url", URL, "--level", "mutate"),
        {},
        ("--level 'mutate'", COMMAND_LINE, "administrator"),
    ),
    "user without a password": (
        (*INSTANCE, "--artifactory-url", URL),
        {"ARTIFACTORY_USER": "alice"},
        ("ARTIFACTORY_USER", "environment variable", "without ARTIFACTORY_PASS"),
    ),
    "password without a user": (
        (*INSTANCE, "--artifactory-url", URL),
        {"ARTIFACTORY_PASS": "Sesame-open"},
        ("ARTIFACTORY_PASS", "environment variable", "without ARTIFACTORY_USER"),
    ),
    "two administrators": (
        (*INSTANCE, "--artifactory-url", URL),
        {"ARTIFACTORY_ADMIN_TOKEN": "Sesame-open", "ARTIFACTORY_ADMIN_USER": "a", "ARTIFACTORY_ADMIN_PASS": "b"},
        ("ARTIFACTORY_ADMIN_TOKEN", "environment variable", "contradicts"),
    ),
    "switch of the model without a value": (
        ("--model-switch", "range"),
        {},
        ("--model-switch 'range'", COMMAND_LINE, "NAME=VALUE"),
    ),
    "switch that the model does not have": (
        ("--model-switch", "rnage=206"),
        {},
        ("--model-switch 'rnage=206'", COMMAND_LINE, "unknown switch 'rnage'", "docs/model.md"),
    ),
    "switch of the model with a value that it does not have": (
        (),
        {"CONFORMANCE_MODEL_SWITCH": "range=207"},
        ("--model-switch 'range=207'", "(from environment variable CONFORMANCE_MODEL_SWITCH)", "200, 206"),
    ),
    "switch of the model with a value of other versions": (
        ("--model-switch", "range=206", "--model-switch", "json=on"),
        {},
        ("--model-switch 'json=on'", COMMAND_LINE, "cannot be 'on' in 7.84.17"),
    ),
    "embedded target for one alone": (("--exclusive",), {}, ("--exclusive", COMMAND_LINE, "ours alone")),
    "switch that is neither on nor off": (
        (),
        {"CONFORMANCE_FAIL_ON_WARNING": "perhaps"},
        ("--fail-on-warning 'perhaps'", "(from environment variable CONFORMANCE_FAIL_ON_WARNING)"),
    ),
}


@pytest.mark.parametrize(("arguments", "environment", "telling"), TABLE.values(), ids=TABLE)
def test_malformed_setting_is_one_line_and_4(
    project: Project, arguments: tuple[str, ...], environment: Mapping[str, str], telling: tuple[str, ...]
) -> None:
    project.write(GOOD)
    with StubbornServer(200, b"{}") as server:
        given = [server.url if argument == URL else argument for argument in arguments]
        ended = project.run(*given, environment=environment)
        assert server.asked == 0, "the instance was asked before the settings were refused"
    assert ended.code == 4, ended.output
    lines = [line for line in ended.output.splitlines() if line.strip()]
    assert len(lines) == 1, ended.output
    for piece in telling:
        assert piece in lines[0]
    assert "Sesame-open" not in ended.output
    assert not project.reports.exists(), "a run that never was has left reports"


def test_malformed_setting_is_found_before_any_worker_starts(project: Project) -> None:
    project.write(GOOD)
    ended = project.run("-n", "2", "--level", "full")
    assert ended.code == 4, ended.output
    assert "--level 'full' (from the command line)" in ended.output
    assert "worker" not in ended.output


FILES: dict[str, tuple[str, int, tuple[str, ...]]] = {
    "no TOML": ("target: instance", 0o600, ("is no TOML (line 1",)),
    "unknown name": ('tagret = "instance"', 0o600, ("did you mean target?",)),
    "value of another type": ("level = 1", 0o600, ("level must be a text in quotes",)),
    "value that is none": ('level = "full"', 0o600, ("--level 'full'", "must be one of observe, pull, mutate")),
    "password that others may read": ('password = "Sesame-open"', 0o644, ("chmod 600 it", "ARTIFACTORY_PASS")),
}


@pytest.mark.parametrize(("text", "mode", "telling"), FILES.values(), ids=FILES)
def test_malformed_settings_file_is_one_line_and_4(
    project: Project, text: str, mode: int, telling: tuple[str, ...]
) -> None:
    project.write(GOOD)
    file = project.folder / "conformance.toml"
    file.write_text(text)
    file.chmod(mode)
    ended = project.run()
    assert ended.code == 4, ended.output
    lines = [line for line in ended.output.splitlines() if line.strip()]
    assert len(lines) == 1, ended.output
    for piece in (str(file), *telling):
        assert piece in lines[0]
    assert "Sesame-open" not in ended.output
    assert not project.reports.exists(), "a run that never was has left reports"


def test_workers_take_the_same_file(project: Project, instance: Instance, workers: tuple[str, ...]) -> None:
    """A run that has everything from a file, its password included, ends as one that has it from the environment."""
    given = {key: value for key, value in instance.environment.items() if not key.startswith("ARTIFACTORY_")}
    names = {"artifactory_url": "ARTIFACTORY_URL", "user": "ARTIFACTORY_USER", "password": "ARTIFACTORY_PASS"}
    lines = [f"{name} = {json.dumps(instance.environment[variable])}\n" for name, variable in names.items()]
    file = project.folder / "conformance.toml"
    file.touch(0o600)
    file.write_text("".join(lines))
    project.write(GOOD)
    ended = project.run(*workers, environment=given)
    assert (ended.code, ended.verdicts) == (0, {"good": "conformant"}), ended.output
