"""What all clients share: home folder, netrc, authorities."""

from __future__ import annotations

from pathlib import Path

import certifi
import pytest

from artifactory_conformance.doctor.authorities import look_at_authorities
from artifactory_conformance.doctor.command import examine
from artifactory_conformance.doctor.surroundings import look_at_home, look_at_netrc
from tests.doctor.conftest import SECRET, Sealed, problems

ENTRY = f"machine art.example.com login me password {SECRET}\n"


def test_a_home_of_ones_own_is_sound(sealed: Sealed):
    assert problems(look_at_home(sealed.machine())) == []


@pytest.mark.parametrize("home", ["/nowhere/at/all", "relative", "/" + "x" * 5000])
def test_a_home_that_is_none_is_told(sealed: Sealed, home: str):
    assert problems(look_at_home(sealed.machine(HOME=home)))[0].startswith("the home folder is none")


def test_what_may_not_be_looked_at_is_no_error(sealed: Sealed):
    away = "/" + "x" * 5000  # as a folder that keeps this user out: looking into it is an error of the system's
    sections = examine(sealed.machine(HOME=away, NETRC=f"{away}/netrc", XDG_CONFIG_DIRS=away, SSL_CERT_DIR=away), None)
    assert next(one.title for one in sections if one.findings) == "this user"


@pytest.mark.parametrize("name", [".netrc", ".config/pip/pip.conf"])
def test_what_sudo_hides_is_told(sealed: Sealed, name: str):
    assert problems(look_at_home(sealed.machine(SUDO_USER="alice"))) == [], "nothing is lost"
    sealed.write(f"/home-of-alice/{name}", ENTRY)
    found = look_at_home(sealed.machine(SUDO_USER="alice"))
    assert problems(found) == ["sudo has changed the home folder, so what alice has configured is not read"]
    assert name in found.findings[0].where
    assert found.settings[0].origin == "sudo by alice"


def test_a_home_that_is_another_folder_than_the_users_is_told(sealed: Sealed):
    sealed.write("~/.netrc", ENTRY)
    (sealed.root / "other").mkdir()
    found = problems(look_at_home(sealed.machine(HOME=str(sealed.root / "other"))))
    assert found == ["HOME is another folder than the user's own, so what lies there is not read"]


@pytest.mark.parametrize(
    ("text", "mode", "problem"),
    [
        (ENTRY, 0o600, ""),
        (ENTRY, 0o644, "the netrc can be read by others"),
        (ENTRY.replace("com", "com:443"), 0o600, "a netrc entry with a port matches nothing"),
        (ENTRY.replace("art", "https://art"), 0o600, "a netrc entry is no host but a URL"),
        (f"default login me password {SECRET}\n", 0o600, "a default entry gives its password to every host"),
        (f"machine a login me password {SECRET}%40\n", 0o600, "looks percent-encoded"),
        (f"machine a\n{SECRET}\n", 0o600, "the netrc cannot be parsed"),
    ],
)
def test_a_netrc_is_held_to_its_form(sealed: Sealed, text: str, mode: int, problem: str):
    sealed.write("~/.netrc", text, mode)
    found = problems(look_at_netrc(sealed.machine()))
    assert any(problem in one for one in found) if problem else found == []


def test_two_netrc_files_and_one_that_is_not_there_are_told(sealed: Sealed):
    assert "there is none" in look_at_netrc(sealed.machine()).note
    assert problems(look_at_netrc(sealed.machine(NETRC="/nowhere"))) == ["NETRC names a file that is not there"]
    sealed.write("~/.netrc", ENTRY)
    sealed.write("~/_netrc", ENTRY)
    assert problems(look_at_netrc(sealed.machine())) == ["there are two netrc files, and only one of them is read"]


def test_the_same_authorities_for_all_are_sound_and_so_are_none(sealed: Sealed):
    assert look_at_authorities(sealed.machine()).findings == ()
    every = dict.fromkeys(("PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"), certifi.where())
    assert problems(look_at_authorities(sealed.machine(**every, SSL_CERT_DIR=str(sealed.root)))) == []
    del every["PIP_CERT"]
    assert problems(look_at_authorities(sealed.machine(**every))) == [], "pip goes by the others"


def test_authorities_that_are_none_or_are_not_the_same_are_told(sealed: Sealed):
    nothing = sealed.write("empty.pem", "no certificate")
    (problem, *_) = problems(look_at_authorities(sealed.machine(PIP_CERT=str(nothing))))
    assert problem == "a file of authorities holds no certificate in PEM, so connections fail"
    assert "is not there" in problems(look_at_authorities(sealed.machine(SSL_CERT_FILE="/nowhere")))[0]
    assert "is no folder" in problems(look_at_authorities(sealed.machine(SSL_CERT_DIR="/nowhere")))[0]
    found = look_at_authorities(sealed.machine(PIP_CERT=certifi.where()))
    assert problems(found)[0].startswith("authorities are named to some clients and not to others")
    assert "SSL_CERT_FILE (uv" in found.findings[0].where
    other = sealed.write("other.pem", Path(certifi.where()).read_text())
    both = {"SSL_CERT_FILE": certifi.where(), "REQUESTS_CA_BUNDLE": str(other)}
    assert problems(look_at_authorities(sealed.machine(**both))) == ["clients are given different authorities"]
