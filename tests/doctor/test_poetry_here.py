"""What is told of poetry: the project's sources, and the user's own files."""

from __future__ import annotations

import pytest

from artifactory_conformance.clients.index_urls import IndexUrl
from artifactory_conformance.doctor.poetry_here import look_at_poetry
from tests.doctor.conftest import INDEX, SECRET, UNENCODED, WITH_PASSWORD, Sealed, problems

WANTED = IndexUrl.read(INDEX)
PROJECT = '[tool.poetry]\nname = "x"\n'
SOURCE = '[[tool.poetry.source]]\nname = "art"\nurl = "{url}"\n'
SOUND = PROJECT + SOURCE.format(url=INDEX) + 'priority = "primary"\n'


def look(sealed: Sealed, **environment: str):
    return look_at_poetry(sealed.machine(**environment), WANTED)


def test_a_machine_without_poetry_has_nothing_to_put_right(sealed: Sealed):
    sealed.write("pyproject.toml", '[build-system]\nbuild-backend = "hatchling.build"\n')
    found = look(sealed)
    assert (found.findings, found.settings) == ((), ())
    assert "not on the PATH" in found.note


def test_one_primary_source_is_sound(sealed: Sealed):
    file = sealed.write("pyproject.toml", SOUND)
    sealed.write("~/.config/pypoetry/auth.toml", f'[http-basic.art]\nusername = "me"\npassword = "{SECRET}"\n')
    found = look(sealed)
    assert problems(found) == []
    assert (found.settings[0].name, found.settings[0].value) == ("source art (primary)", INDEX)
    assert found.settings[0].origin == str(file)


@pytest.mark.parametrize(
    ("name", "text", "mode", "problem"),
    [
        ("pyproject.toml", PROJECT, 0o600, "the project has no primary source"),
        ("pyproject.toml", '[build-system]\nbuild-backend = "poetry.core.masonry.api"\n', 0o600, "no primary source"),
        ("pyproject.toml", PROJECT + SOURCE.format(url=INDEX) + 'priority = "supplemental"\n', 0o600, "no primary"),
        ("pyproject.toml", SOUND + '[[tool.poetry.source]]\nname = "PyPI"\n', 0o600, "poetry asks the public index"),
        ("pyproject.toml", SOUND + SOURCE.format(url="https://b/x") + "secondary = true\n", 0o600, "another index"),
        ("pyproject.toml", PROJECT + SOURCE.format(url=WITH_PASSWORD), 0o600, "a password stands in a file"),
        ("pyproject.toml", PROJECT + SOURCE.format(url=UNENCODED), 0o600, "stands unencoded"),
        ("pyproject.toml", PROJECT + SOURCE.format(url="https://other/simple"), 0o600, "is not the instance's"),
        ("pyproject.toml", f"[tool.poetry]\n{SECRET}", 0o600, "a configuration file cannot be read"),
        ("~/.config/pypoetry/config.toml", "[certificates.art]\ncert = false\n", 0o600, "are not verified"),
        ("~/.config/pypoetry/auth.toml", f'[http-basic.art]\npassword = "{SECRET}"\n', 0o644, "read by others"),
    ],
)
def test_each_mistake_is_told(sealed: Sealed, name: str, text: str, mode: int, problem: str):
    sealed.write(name, text, mode)
    assert any(problem in one for one in problems(look(sealed)))


def test_a_variable_that_switches_verification_off_is_told(sealed: Sealed):
    sealed.write("pyproject.toml", SOUND)
    assert problems(look(sealed, POETRY_CERTIFICATES_ART_CERT="false")) == ["certificates of a host are not verified"]
    assert problems(look(sealed, POETRY_CERTIFICATES_ART_CERT="/ca.pem")) == []
