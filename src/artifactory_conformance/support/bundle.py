"""Writing a bundle: the same bytes for the same input, searched for secrets before it has its name."""

from __future__ import annotations

import hashlib
import io
import json
import os
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

from artifactory_conformance import __version__
from artifactory_conformance.evidence import Redactor, holds_secret
from artifactory_conformance.reporting import RunResults
from artifactory_conformance.support.contents import Surroundings, members_of

MANIFEST = "MANIFEST.json"
FORMAT = 1
"""Raised when a reader of bundles has to know more."""

_BEGINNING_OF_TIME = (1980, 1, 1, 0, 0, 0)
"""The only time that every member has: a zip knows none before it."""


class Leaked(Exception):
    """A secret is in what would have been written; the message names the members, and nothing was written."""


def bundle_name(run: str) -> str:
    """Give the name of a run's bundle."""
    return f"support-{run}.zip"


def write_bundle(run: RunResults, redactor: Redactor, around: Surroundings) -> Path:
    """Write a run's bundle into its reports, for its owner alone to read, and give where it is.

    Raises Leaked if a secret got into it, and OSError if it cannot be written; nothing is left behind then.
    """
    members = members_of(run, redactor, around)
    members[MANIFEST] = _manifest(run.run, members)
    coded = {name: text.encode("utf-8", "backslashreplace") for name, text in members.items()}
    if leaked := [name for name, content in coded.items() if holds_secret(content, redactor)]:
        raise Leaked(", ".join(leaked))
    path = run.settings.reports / bundle_name(run.run)
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(_zipped(coded))
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)
    return path


def remove_bundle(reports: Path, run: str) -> bool:
    """Withhold a run's bundle; tell whether there was one."""
    path = reports / bundle_name(run)
    there = path.exists()
    path.unlink(missing_ok=True)
    return there


def _manifest(run: str, members: Mapping[str, str]) -> str:
    data = {
        "format": FORMAT,
        "run": run,
        "suite_version": __version__,
        "members": {name: _digest(text.encode("utf-8", "backslashreplace")) for name, text in sorted(members.items())},
    }
    return json.dumps(data, indent=1) + "\n"


def _digest(content: bytes) -> dict[str, object]:
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _zipped(members: Mapping[str, bytes]) -> bytes:
    """README first, then the manifest, then the others by name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in sorted(members, key=lambda name: (name != "README.txt", name != MANIFEST, name)):
            entry = zipfile.ZipInfo(name, _BEGINNING_OF_TIME)
            entry.create_system = 3  # Unix, wherever it is made
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, members[name], zipfile.ZIP_DEFLATED, compresslevel=6)
    return packed.getvalue()
