"""Passwords from a netrc or a keyring: only where that was asked for, only for the target's host, never shown."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from artifactory_conformance.settings import MalformedSettings, resolve
from tests.settings.examples import INSTANCE, SECRET

HOST = "artifacts.example.org"
NETRC = {**INSTANCE, "credentials": "netrc"}
KEYRING = {**INSTANCE, "credentials": "keyring"}


def refusal(options: dict[str, object], environment: dict[str, str]) -> str:
    with pytest.raises(MalformedSettings) as refused:
        resolve(options, environment)
    text = str(refused.value)
    assert text.isprintable()
    assert SECRET not in text
    return text


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}


def write_netrc(home: dict[str, str], text: str, mode: int = 0o600, name: str = ".netrc") -> Path:
    path = Path(home["HOME"], name)
    path.write_text(text)
    path.chmod(mode)
    return path


@pytest.mark.parametrize("name", [".netrc", "_netrc"])
def test_a_netrc_gives_user_and_password(home: dict[str, str], name: str):
    path = write_netrc(home, f"machine {HOST} login me password {SECRET}\n", name=name)
    found = resolve(NETRC, home)
    assert (found.user, found.password, found.secrets()) == ("me", SECRET, (SECRET,))
    assert found.origins["user"] == found.origins["password"] == str(path)
    assert resolve(INSTANCE, home).user == "", "nobody has asked for it"


def test_the_file_that_a_variable_names_counts(home: dict[str, str]):
    write_netrc(home, f"machine {HOST} login me password x\n")
    named = write_netrc(home, f"machine {HOST} login other password {SECRET}\n", name="named")
    assert resolve(NETRC, {**home, "NETRC": str(named)}).user == "other"


def test_what_is_given_by_itself_is_not_looked_up(home: dict[str, str]):
    found = resolve(NETRC, {**home, "ARTIFACTORY_USER": "me", "ARTIFACTORY_PASS": SECRET})
    assert found.origins["password"] == "environment variable ARTIFACTORY_PASS"


def test_a_user_that_is_given_has_to_be_the_one_of_the_entry(home: dict[str, str]):
    write_netrc(home, f"machine {HOST} login me password {SECRET}\n")
    assert resolve(NETRC, {**home, "ARTIFACTORY_USER": "me"}).password == SECRET
    assert "is of another user" in refusal(NETRC, {**home, "ARTIFACTORY_USER": "other"})


@pytest.mark.parametrize(
    ("text", "mode", "problem"),
    [
        (f"machine {HOST} login me password {SECRET}", 0o640, "chmod 600 it"),
        (f"machine other login me password {SECRET}", 0o600, f"has no entry for {HOST}"),
        (f"default login me password {SECRET}", 0o600, f"has no entry for {HOST}"),
        (f"machine {HOST}:443 login me password {SECRET}", 0o600, "an entry with a port matches nothing"),
        (f"machine {HOST} password {SECRET}", 0o600, "lacks a login or a password"),
        (f"machine {HOST}\n{SECRET} {SECRET}", 0o600, "is no netrc (line 2)"),
    ],
)
def test_a_netrc_that_does_not_serve_is_told(home: dict[str, str], text: str, mode: int, problem: str):
    path = write_netrc(home, text, mode)
    found = refusal(NETRC, home)
    assert problem in found
    assert str(path) in found
    assert "--credentials 'netrc' (from the command line)" in found


def test_a_place_without_anything_is_told(home: dict[str, str]):
    assert f"there is no {home['HOME']}/.netrc" in refusal(NETRC, home)
    assert "needs a user to look up" in refusal(KEYRING, home)
    assert "must be one of netrc, keyring" in refusal({**INSTANCE, "credentials": "vault"}, home)
    assert "needs --artifactory-url or --index-url" in refusal({"credentials": "netrc"}, home)


BACKEND = """\
from keyring.backend import KeyringBackend

class Keyring(KeyringBackend):
    priority = 1
    def get_password(self, service, user):
        return {entries!r}.get((service, user))
    def set_password(self, service, user, password):
        raise NotImplementedError
"""


@pytest.fixture
def keyring(home: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The environment of somebody whose real keyring has two passwords."""
    entries = {(HOST, "me"): SECRET, (HOST, "root"): f"{SECRET}2", (HOST, "-x"): f"{SECRET}3"}
    (tmp_path / "fixed_keyring.py").write_text(BACKEND.format(entries=entries))
    return {**home, "PYTHON_KEYRING_BACKEND": "fixed_keyring.Keyring", "PYTHONPATH": str(tmp_path)}


def test_a_keyring_gives_the_password_of_each_user_that_is_named(keyring: dict[str, str]):
    found = resolve(KEYRING, {**keyring, "ARTIFACTORY_USER": "me", "ARTIFACTORY_ADMIN_USER": "root"})
    assert found.administrator is not None
    assert (found.password, found.administrator.password) == (SECRET, f"{SECRET}2")
    assert found.origins["password"] == f"the keyring's entry for {HOST}"
    assert resolve(KEYRING, {**keyring, "ARTIFACTORY_USER": "-x"}).password == f"{SECRET}3"


def test_a_keyring_without_the_password_is_told_with_what_puts_it_there(keyring: dict[str, str]):
    assert f"keyring set {HOST} USER" in refusal(KEYRING, {**keyring, "ARTIFACTORY_USER": "unknown"})


def test_a_keyring_that_is_not_installed_is_told(home: dict[str, str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert "pip install keyring" in refusal(KEYRING, {**home, "PATH": "/nowhere", "ARTIFACTORY_USER": "me"})
