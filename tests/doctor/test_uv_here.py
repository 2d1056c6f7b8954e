"""What is told of uv, held against what the real uv asks."""

from __future__ import annotations

import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from artifactory_conformance.clients.elsewhere import Elsewhere
from artifactory_conformance.clients.index_urls import IndexUrl
from artifactory_conformance.clients.tool import find
from artifactory_conformance.doctor.surroundings import netrc_of
from artifactory_conformance.doctor.uv_here import look_at_uv
from tests.doctor.conftest import INDEX, SECRET, UNENCODED, WITH_PASSWORD, Sealed, problems

WANTED = IndexUrl.read(INDEX)
PROJECT = '[project]\nname = "x"\nversion = "1"\n'
DEFAULT = '[[index]]\nname = "art"\nurl = "{url}"\ndefault = true\n'


def look(sealed: Sealed, **environment: str):
    machine = sealed.machine(**environment)
    return look_at_uv(machine, WANTED, netrc_of(machine))


def test_a_machine_without_uv_has_nothing_to_put_right(sealed: Sealed):
    found = look(sealed)
    assert (found.findings, found.settings) == ((), ())
    assert "not on the PATH" in found.note


def test_uv_does_not_go_by_what_configures_pip(sealed: Sealed):
    sealed.program("uv")
    (problem,) = problems(look(sealed, PIP_INDEX_URL=WITH_PASSWORD))
    assert problem.startswith("no default index is configured")
    assert "PIP_INDEX_URL says nothing to it" in problem


def test_one_default_index_is_sound_wherever_it_stands(sealed: Sealed):
    file = sealed.write("~/.config/uv/uv.toml", DEFAULT.format(url=WITH_PASSWORD))
    found = look(sealed)
    assert problems(found) == []
    assert (found.settings[0].value, found.settings[0].origin) == (INDEX, str(file))
    assert problems(look(sealed, UV_NO_CONFIG="1", UV_DEFAULT_INDEX=f"art={WITH_PASSWORD}")) == []


@pytest.mark.parametrize(
    ("text", "mode", "problem"),
    [
        (DEFAULT.format(url="https://pypi.org/simple"), 0o600, "uv asks the public index"),
        (DEFAULT.format(url=UNENCODED), 0o600, "stands unencoded"),
        (DEFAULT.format(url=INDEX), 0o600, "neither the index URL nor a netrc has credentials"),
        (DEFAULT.format(url=WITH_PASSWORD), 0o644, "a file with a password can be read by others"),
        (f'[[index]]\nurl = "{WITH_PASSWORD}"\n', 0o600, "another index is asked as well, and uv takes the first"),
        (f'index-strategy = "unsafe-best-match"\nextra-index-url = ["{INDEX}"]\n', 0o600, "takes the highest version"),
        ('index-strategy = "unsafe-best-match"\n', 0o600, "versions are taken from any index"),
        (f'find-links = ["https://me:{SECRET}@h/x"]\n', 0o600, "files are taken from another place"),
        ('allow-insecure-host = ["h"]\n', 0o600, "certificates of a host are not verified"),
        (f'[pip]\nindex-url = "{WITH_PASSWORD}x"\n', 0o600, "its path is another"),
        (f"index-url = {SECRET}\n", 0o600, "a configuration file cannot be read"),
    ],
)
def test_each_mistake_is_told(sealed: Sealed, text: str, mode: int, problem: str):
    sealed.write("/etc/uv/uv.toml", text, mode)
    assert any(problem in one for one in problems(look(sealed)))


def test_an_explicit_index_is_asked_for_its_own_projects_only(sealed: Sealed):
    other = f'[[index]]\nname = "own"\nurl = "{WITH_PASSWORD}x"\nexplicit = true\n'
    sealed.write(
        "pyproject.toml", "[tool.uv]\n" + (DEFAULT.format(url=WITH_PASSWORD) + other).replace("[[", "[[tool.uv.")
    )
    assert problems(look(sealed)) == []


def test_credentials_of_a_named_index_may_be_variables(sealed: Sealed):
    sealed.write("pyproject.toml", PROJECT)
    sealed.write("uv.toml", DEFAULT.format(url=INDEX))
    assert problems(look(sealed, UV_INDEX_ART_PASSWORD=SECRET)) == []


def test_places_that_disagree_are_told(sealed: Sealed):
    sealed.write("pyproject.toml", PROJECT)
    sealed.write("uv.toml", DEFAULT.format(url=WITH_PASSWORD))
    sealed.write("~/.config/uv/uv.toml", DEFAULT.format(url="https://other.example.com/simple"))
    assert problems(look(sealed)) == ["several places name different default indexes, and only one of them counts"]


def of(host: str) -> str:
    return f"https://{host}.invalid/simple"


@pytest.mark.skipif(find("uv") is None, reason="uv is not installed")
@pytest.mark.parametrize(
    ("files", "environment"),
    [
        ({}, {}),
        ({}, {"PIP_INDEX_URL": of("pip")}),
        ({}, {"UV_INDEX_URL": of("legacy")}),
        ({}, {"UV_INDEX_URL": of("legacy"), "UV_DEFAULT_INDEX": of("default")}),
        ({"~/.config/uv/uv.toml": DEFAULT.format(url=of("user"))}, {}),
        ({"~/.config/uv/uv.toml": f'index-url = "{of("user")}"\n'}, {"UV_INDEX_URL": of("legacy")}),
        ({"~/.config/uv/uv.toml": DEFAULT.format(url=of("user"))}, {"UV_INDEX_URL": of("legacy")}),
        ({"~/.config/uv/uv.toml": DEFAULT.format(url=of("user")), "uv.toml": DEFAULT.format(url=of("project"))}, {}),
        ({"uv.toml": DEFAULT.format(url=of("user"))}, {"UV_NO_CONFIG": "1"}),
        ({"pyproject.toml": f'[tool.uv]\nindex-url = "{of("project")}"\n', "uv.toml": DEFAULT.format(url=of("t"))}, {}),
        ({"pyproject.toml": '[project]\nname = "x"\n', "uv.toml": DEFAULT.format(url=of("t"))}, {}),
        ({"~/.config/uv/uv.toml": f'[pip]\nindex-url = "{of("pip")}"\n', "uv.toml": f'index-url = "{of("t")}"\n'}, {}),
        ({"~/.config/uv/uv.toml": DEFAULT.format(url=of("d")), "uv.toml": f'index-url = "{of("t")}"\n'}, {}),
        ({"uv.toml": f'index-url = "{of("top")}"\n[pip]\nindex-url = "{of("pip")}"\n'}, {}),
    ],
)
def test_the_real_uv_asks_what_is_told(sealed: Sealed, files: dict[str, str], environment: dict[str, str]):
    """A uv whose every way out is a proxy that refuses, and writes down which host was wanted."""
    sealed.program("uv")
    for name, text in files.items():
        sealed.write(name, text)
    told = next(one.value for one in look(sealed, **environment).settings if one.name == "default index")
    with Elsewhere() as elsewhere:
        subprocess.run(
            [str(find("uv")), "pip", "install", "--no-cache", "--target", str(sealed.root / "t"), "some-project"],
            cwd=sealed.project,
            env={**sealed.environment, "XDG_CONFIG_DIRS": str(sealed.root), **environment, **elsewhere.variables}
            | {"UV_HTTP_RETRIES": "0", "UV_PYTHON_DOWNLOADS": "never", "UV_PYTHON": sys.executable},
            capture_output=True,
            timeout=60,
            check=False,
        )
    assert elsewhere.asked == [f"{urlsplit(told).hostname}:443"]


@pytest.mark.parametrize("members", ['["inner"]', '["*"]', '["other"]'])
def test_a_member_of_a_workspace_is_configured_by_its_root(sealed: Sealed, members: str):
    """As the real uv does: what stands in the member itself does not count."""
    workspace = f'[tool.uv]\nindex-url = "{INDEX}"\n[tool.uv.workspace]\nmembers = {members}\n'
    sealed.write("pyproject.toml", PROJECT + workspace)
    sealed.write("inner/pyproject.toml", f'[project]\nname = "i"\n[tool.uv]\nindex-url = "{INDEX}x"\n')
    sealed.project = sealed.project / "inner"
    assert look(sealed).settings[0].value == (INDEX if "other" not in members else f"{INDEX}x")
