"""The template sets nothing but the target, can set everything, and its table of what is in effect hides secrets."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from artifactory_conformance.command import main
from artifactory_conformance.settings import TABLE, MalformedSettings, resolve
from artifactory_conformance.settings.file import FILE_NAME, read_settings_file
from artifactory_conformance.settings.template import template
from tests.settings.examples import BY_NAME, SECRET


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and nothing of ours in the environment."""
    monkeypatch.chdir(tmp_path)
    for setting in TABLE:
        monkeypatch.delenv(setting.environment, raising=False)
    return tmp_path


def test_init_writes_a_private_file_and_never_over_another(here: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["init"]) == 0
    path = here / FILE_NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("# mine\n")
    assert main(["init"]) == 4
    assert path.read_text() == "# mine\n"
    assert capsys.readouterr().err == f"{path}: is there already, and was left as it is\n"


@pytest.mark.parametrize("arguments", [["--force"], ["a", "b"], ["nowhere/at/all.toml"], ["a\0b"]])
def test_init_that_cannot_write_says_so_in_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    assert main(["init", *arguments]) == 4
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_template_sets_the_target_alone_and_asks_for_its_address(here: Path):
    (here / FILE_NAME).write_text(template())
    assert dict(read_settings_file(here / FILE_NAME).texts) == {"target": "instance"}
    with pytest.raises(MalformedSettings, match=r"artifactory_url in conformance\.toml"):
        resolve({}, {}, folder=here)


def test_every_line_of_the_template_may_be_switched_on(here: Path):
    (here / FILE_NAME).write_text(re.sub(r"(?m)^# (?=[a-z_]+ = )", "", template()))
    (here / FILE_NAME).chmod(0o600)
    assert set(read_settings_file(here / FILE_NAME).texts) == set(BY_NAME) - {"config"}


def table(output: str) -> dict[str, list[str]]:
    return {line.split("  ")[0]: re.split(r" {2,}", line)[1:] for line in output.splitlines()}


def test_config_tells_each_value_and_where_it_came_from(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    text = f'target = "instance"\nartifactory_url = "https://h.example.org/"\npassword = "{SECRET}"\nuser = "me"\n'
    (here / FILE_NAME).write_text(text + 'organization = "01234567-89ab-cdef-0123-456789abcdef"\n')
    (here / FILE_NAME).chmod(0o600)
    monkeypatch.setenv("CONFORMANCE_REPO", "mine")
    monkeypatch.setenv("CONFORMANCE_TAGRET", "index")
    assert main(["config", "--level", "observe"]) == 0
    output = capsys.readouterr().out
    found, file = table(output), str(here / FILE_NAME)
    assert set(found) - {
        "note: environment variable CONFORMANCE_TAGRET sets nothing; docs/settings.md lists those that do"
    } == set(BY_NAME)
    assert found["level"] == ["observe", "the command line"]
    assert found["repo"] == ["mine", "environment variable CONFORMANCE_REPO"]
    assert found["artifactory_url"] == ["https://h.example.org", file]
    assert found["password"] == ["********", file]
    assert found["admin_token"] == ["-", "the default"]
    assert found["organization"] == ["01234567…", file]
    assert found["config"] == [file, "the folder where pytest is called"]
    assert SECRET not in output


def test_config_of_malformed_settings_shows_them_and_ends_with_4(capsys: pytest.CaptureFixture[str]):
    assert main(["config", "--repo", "a b"]) == 4
    shown = capsys.readouterr()
    assert table(shown.out)["repo"] == ["a b", "the command line"]
    assert shown.err.startswith("ERROR: --repo 'a b' (from the command line): is no repository key")
    assert len(shown.err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [["--artifactory-url", f"https://me:{SECRET}@h"], [f"https://{SECRET}@h"], ["--unknown"], ["--config", "nowhere"]],
)
def test_config_that_cannot_be_called_so_ends_with_4_and_repeats_no_secret(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
):
    assert main(["config", *arguments]) == 4
    shown = capsys.readouterr()
    assert SECRET not in shown.out + shown.err
    assert shown.err
