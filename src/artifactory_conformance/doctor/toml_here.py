"""Somebody's TOML files: read as far as they can be, with one finding for what cannot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from artifactory_conformance.doctor.machine import is_file
from artifactory_conformance.doctor.model import Finding
from artifactory_conformance.settings import MalformedSettings
from artifactory_conformance.settings.toml_file import read_toml


def data_of(file: Path, findings: list[Finding]) -> dict[str, Any]:
    """Give what a file holds; nothing where it is missing, and one more finding where it cannot be read."""
    if not is_file(file):
        return {}
    try:
        return read_toml(file, 'index-url = "https://HOST/..."').data
    except MalformedSettings as error:
        findings.append(
            Finding("a configuration file cannot be read", str(error), "mend it: a client may refuse to start with it")
        )
        return {}


def table(value: object, *names: str) -> dict[str, Any]:
    """Give a table in tables by its names; an empty one where there is none."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def tables(value: object) -> list[dict[str, Any]]:
    """Give a list of tables, without what is none."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def text(value: object) -> str:
    """Give a text; an empty one for anything else."""
    return value if isinstance(value, str) else ""


def texts(value: object) -> list[str]:
    """Give a list of texts, without what is none."""
    return [entry for entry in value if isinstance(entry, str)] if isinstance(value, list) else []
