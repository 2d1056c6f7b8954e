"""Which certificate authorities each client trusts: no two of them look in the same place."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator
from pathlib import Path

from artifactory_conformance.doctor.machine import Machine
from artifactory_conformance.doctor.model import Effective, Finding, Section

FILES = {
    "PIP_CERT": "pip",
    "SSL_CERT_FILE": "uv, and pip where it trusts the system",
    "REQUESTS_CA_BUNDLE": "poetry, twine, pip",
    "CURL_CA_BUNDLE": "poetry, twine, pip, where REQUESTS_CA_BUNDLE is not set",
}
"""Variables that name a file of authorities, and who goes by each."""

FOLDER = "SSL_CERT_DIR"


def look_at_authorities(machine: Machine) -> Section:
    """Look at the files of authorities that variables name. What pip's own configuration names is told with pip."""
    given = {name: machine.environment[name] for name in (*FILES, FOLDER) if machine.environment.get(name)}
    settings = [
        Effective(name, value, f"for {FILES.get(name, 'uv, and pip where it trusts the system')}")
        for name, value in given.items()
    ]
    note = "" if given else "no variable names authorities: each client trusts those that it brings, or the system's"
    return Section("certificate authorities", tuple(settings), tuple(_findings(machine, given)), note)


def _findings(machine: Machine, given: dict[str, str]) -> Iterator[Finding]:
    sound = {}
    for name, value in given.items():
        path = machine.folder / value
        problem = "" if name == FOLDER else unusable(path)
        if name == FOLDER and not all(os.path.isdir(machine.folder / one) for one in value.split(":") if one):
            problem = "is no folder"
        if problem:
            yield Finding(
                f"a file of authorities {problem}, so connections fail",
                f"{value}, from environment variable {name}",
                "name a file of certificates in PEM, or unset it",
            )
        elif name != FOLDER:
            sound[name] = path.resolve()
    yield from _unequal(sound)


def unusable(path: Path) -> str:
    """Say what is wrong with a file of authorities; empty if it can be used."""
    try:
        ssl.create_default_context(cafile=str(path))
    except ssl.SSLError:
        return "holds no certificate in PEM"
    except (OSError, ValueError):
        return "is not there, or cannot be read"
    return ""


def _unequal(sound: dict[str, Path]) -> Iterator[Finding]:
    """Tell of clients that are left out where others are given authorities, or are given others."""
    wanted = {"PIP_CERT", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"}
    if not sound:
        return
    if "CURL_CA_BUNDLE" in sound:
        sound = {"REQUESTS_CA_BUNDLE": sound["CURL_CA_BUNDLE"], **sound}
    # pip goes by REQUESTS_CA_BUNDLE as well
    missing = wanted - sound.keys() - ({"PIP_CERT"} if "REQUESTS_CA_BUNDLE" in sound else set())
    if missing:
        left_out = "; ".join(f"{name} ({FILES[name]})" for name in sorted(missing))
        yield Finding(
            "authorities are named to some clients and not to others, which then may not trust the instance",
            f"not set: {left_out}; set: {', '.join(sorted(sound))}",
            f"set to the same file: {', '.join(sorted(missing))}",
        )
    if len(set(sound.values())) > 1:
        each = ", ".join(f"{name}={path}" for name, path in sorted(sound.items()))
        yield Finding("clients are given different authorities", each, "name the same file in all of them")
