"""What is told of pip: what counts and by which file or variable, and everything that users do wrong."""

from __future__ import annotations

import pytest

from artifactory_conformance.clients.index_urls import IndexUrl
from artifactory_conformance.doctor.pip_here import look_at_pip
from tests.doctor.conftest import INDEX, SECRET, UNENCODED, WITH_PASSWORD, Sealed, problems

WANTED = IndexUrl.read(INDEX)


def test_a_pip_that_asks_one_index_safely_has_nothing_to_put_right(sealed: Sealed):
    file = sealed.write("~/.config/pip/pip.conf", f"[global]\nindex-url = {WITH_PASSWORD}\n")
    found = look_at_pip(sealed.machine(), WANTED)
    assert problems(found) == []
    rows = [(one.name, one.value, one.origin) for one in found.settings]
    assert rows == [("index-url", INDEX, str(file)), ("reads", str(file), "mode 0600")]


def test_a_variable_outweighs_files_and_is_named(sealed: Sealed):
    sealed.write("/etc/pip.conf", "[global]\nindex-url = https://old.example.com/simple\n")
    found = look_at_pip(sealed.machine(PIP_INDEX_URL=WITH_PASSWORD), WANTED)
    assert (found.settings[0].value, found.settings[0].origin) == (INDEX, "environment variable PIP_INDEX_URL")
    assert problems(found) == []


@pytest.mark.parametrize(
    ("text", "mode", "problem"),
    [
        ("", 0o600, "no index is configured, so pip asks the public one"),
        ("index-url = https://pypi.org/simple", 0o600, "pip asks the public index"),
        (f"index-url = {WITH_PASSWORD}", 0o644, "a file with a password can be read by others"),
        (f"index-url = {UNENCODED}", 0o600, "a character that ends a host stands unencoded"),
        (f"index-url = {INDEX}", 0o600, "neither the index URL nor a netrc has credentials"),
        (f"index-url = {WITH_PASSWORD}\nextra-index-url = {WITH_PASSWORD}x", 0o600, "another index is asked as well"),
        (f"index-url = {WITH_PASSWORD}\nfind-links = https://me:{SECRET}@h/x", 0o600, "files are taken from another"),
        (f"index-url = {WITH_PASSWORD}\ntrusted-host = art.example.com", 0o600, "certificates of a host are not"),
        ("index-url = https://other.example.com/simple", 0o600, "the index is not the instance's"),
        (f"index-url = {WITH_PASSWORD.removesuffix('/simple')}", 0o600, "but its path is another"),
    ],
)
def test_each_mistake_is_told(sealed: Sealed, text: str, mode: int, problem: str):
    sealed.write("~/.pip/pip.conf", f"[global]\n{text}\n", mode)
    assert any(problem in one for one in problems(look_at_pip(sealed.machine(), WANTED)))


def test_without_an_index_to_compare_with_no_one_says_that_it_is_another(sealed: Sealed):
    sealed.write("~/.pip/pip.conf", f"[global]\nindex-url = {WITH_PASSWORD}\n")
    assert problems(look_at_pip(sealed.machine(), None)) == []


def test_files_that_disagree_are_told_with_the_one_that_counts(sealed: Sealed):
    sealed.write("~/.pip/pip.conf", "[global]\nindex-url = https://old.example.com/simple\n")
    counts = sealed.write("~/.config/pip/pip.conf", f"[global]\nindex-url = {WITH_PASSWORD}\n")
    found = look_at_pip(sealed.machine(), WANTED)
    assert problems(found) == ["files name different indexes, and only one of them counts"]
    assert f"what counts is that of {counts}" in found.findings[0].where


def test_a_requirements_file_outweighs_everything_and_is_read(sealed: Sealed):
    sealed.write("~/.netrc", f"machine art.example.com login me password {SECRET}\n")
    sealed.write("~/.pip/pip.conf", f"[global]\nindex-url = {INDEX}\n")
    text = f"a==1\n--index-url {WITH_PASSWORD}x\n --extra-index-url=https://pypi.org/simple\n-f /wheels\n"
    file = sealed.write("requirements.txt", f"{text}--trusted-host h\n")
    found = look_at_pip(sealed.machine(), WANTED)
    assert len(problems(found)) == 5
    assert f"{file}, line 3" in " ".join(finding.where for finding in found.findings)


def test_a_password_whose_host_was_forgotten_is_not_shown(sealed: Sealed):
    problems(look_at_pip(sealed.machine(PIP_INDEX_URL=f"https://me:{SECRET}/simple?t={SECRET}"), WANTED))
