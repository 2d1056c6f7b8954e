"""A netrc's entry for the instance, in the spellings by which clients look for its host."""

from __future__ import annotations

import pytest

from artifactory_conformance.artifactory import Identity
from artifactory_conformance.evidence import Credentials, RecordedSession, Recorder
from artifactory_conformance.limits import LIMITS


@pytest.mark.parametrize(
    ("base", "machines"),
    [
        ("https://artifactory.example.com/artifactory", ["artifactory.example.com"]),
        ("http://127.0.0.1:8081/artifactory", ["127.0.0.1"]),
        ("http://[::1]:8081/artifactory", ["::1", "[::1]"]),
    ],
)
def test_a_netrc_names_the_bare_host(base: str, machines: list[str]):
    entry = identity(base).netrc_entry()
    assert [line.split()[1] for line in entry.splitlines() if line.startswith("machine")] == machines
    assert entry.count("login somebody\npassword hidden\n") == len(machines)


def test_the_wrong_forms_are_one_entry_each():
    somebody = identity("http://[::1]:8081/artifactory")
    assert somebody.netrc_entry(as_default=True) == "default\nlogin somebody\npassword hidden\n"
    assert somebody.netrc_entry(with_port=True).startswith("machine ::1:8081\n")


def identity(base: str) -> Identity:
    somebody = Credentials("somebody", "hidden")
    return Identity(RecordedSession(base, recorder=Recorder(), limits=LIMITS, level=None, credentials=somebody))
