"""poetry: the sources of the project, the user's own files, and what of that to put right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from artifactory_conformance.clients.index_urls import IndexUrl
from artifactory_conformance.doctor import indexes
from artifactory_conformance.doctor.machine import Machine, is_file
from artifactory_conformance.doctor.model import Effective, Finding, NamedIndex, Section
from artifactory_conformance.doctor.toml_here import data_of, table, tables, text

_PRIMARY = frozenset({"", "primary", "default"})
_BESIDE = frozenset({"supplemental", "secondary"})


def look_at_poetry(machine: Machine, wanted: IndexUrl | None) -> Section:
    """Look at what poetry goes by in the machine's folder: pyproject.toml, poetry.toml, config.toml, auth.toml."""
    findings: list[Finding] = []
    project, data = _project(machine, findings)
    own = _own_files(machine, project)
    read = {file: data_of(file, findings) for file in own}
    program = machine.find("poetry")
    if program is None and project is None and not findings and not any(map(is_file, own)):
        return Section("poetry", note="it is not on the PATH, and nothing configures it")
    sources = tables(table(data, "tool", "poetry").get("source"))
    settings = [*_settings(sources, project), *_reads(own)]
    findings += _of_sources(sources, project, wanted) if project else []
    findings += _of_own(read, machine)
    title = f"poetry at {program}" if program else "poetry (not on the PATH)"
    note = "" if project else f"no project of poetry's at or above {machine.folder}: its sources were not looked at"
    return Section(title, tuple(settings), tuple(findings), note)


def _project(machine: Machine, findings: list[Finding]) -> tuple[Path | None, dict[str, Any]]:
    """Give the nearest pyproject.toml if poetry takes it for its own."""
    file = next((folder / "pyproject.toml" for folder in machine.above() if is_file(folder / "pyproject.toml")), None)
    if file is None:
        return None, {}
    data = data_of(file, findings)
    builds = text(table(data, "build-system").get("build-backend")).startswith("poetry.")
    return (file, data) if builds or "poetry" in table(data, "tool") else (None, {})


def _own_files(machine: Machine, project: Path | None) -> list[Path]:
    folder = Path(machine.environment.get("POETRY_CONFIG_DIR") or machine.config_home("pypoetry"))
    return [*([project.parent / "poetry.toml"] if project else []), folder / "config.toml", folder / "auth.toml"]


def _name(source: dict[str, Any]) -> str:
    return text(source.get("name"))


def _priority(source: dict[str, Any]) -> str:
    """Give a source's priority, also as old files spell it."""
    if source.get("secondary") is True:
        return "secondary"
    return text(source.get("priority")).lower()


def _index(source: dict[str, Any], file: Path) -> NamedIndex:
    url = text(source.get("url")) or ("https://pypi.org/simple" if _name(source).lower() == "pypi" else "")
    return NamedIndex(IndexUrl.read(url), str(file), _name(source))


def _settings(sources: list[dict[str, Any]], project: Path | None) -> Iterator[Effective]:
    for source in sources:
        if project:
            index = _index(source, project)
            yield Effective(f"source {index.name} ({_priority(source) or 'primary'})", index.shown, index.origin)
    if project and not any(_priority(source) in _PRIMARY for source in sources):
        yield Effective("source PyPI (primary)", "https://pypi.org/simple", "the default")


def _reads(files: list[Path]) -> Iterator[Effective]:
    for file in files:
        if is_file(file):
            yield Effective("reads", str(file), f"mode {file.stat().st_mode & 0o777:04o}")


def _of_sources(sources: list[dict[str, Any]], project: Path, wanted: IndexUrl | None) -> Iterator[Finding]:
    named = [(_priority(source), _index(source, project)) for source in sources]
    primary = [index for priority, index in named if priority in _PRIMARY]
    if not primary:
        yield Finding(
            "the project has no primary source, so poetry asks the public index",
            str(project),
            'give the instance\'s source priority = "primary" in [[tool.poetry.source]]',
        )
    for index in primary[:1]:
        yield from indexes.compared(index, wanted)
    for index in primary:
        yield from indexes.public(index, "poetry")
    beside = [index for priority, index in named if priority in _BESIDE]
    yield from indexes.several([*primary[1:], *beside], "poetry takes what it finds there")
    for _, index in named:
        if index.url.has_password:
            yield Finding(
                "a password stands in a file that goes with the project",
                f"source {index.name}, from {project}",
                f"take it out, change it, and: poetry config http-basic.{index.name or 'NAME'} USER",
            )


def _of_own(read: dict[Path, dict[str, Any]], machine: Machine) -> Iterator[Finding]:
    hosts = []
    for file, data in read.items():
        for name, certificate in table(data, "certificates").items():
            if table(certificate).get("cert") is False:
                hosts.append((f"source {name}", str(file)))
        secret = any(table(data, kind) for kind in ("http-basic", "pypi-token"))
        yield from indexes.readable(file, has_password=secret)
    for name, value in machine.environment.items():
        if name.startswith("POETRY_CERTIFICATES_") and name.endswith("_CERT") and value.lower() in {"false", "0"}:
            hosts.append((f"source {name[20:-5].lower()}", f"environment variable {name}"))
    yield from indexes.unverified(hosts)
