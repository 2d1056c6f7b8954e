"""Where uv looks for its configuration, in the order in which files count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from artifactory_conformance.doctor.machine import Machine, is_file
from artifactory_conformance.doctor.model import Finding
from artifactory_conformance.doctor.toml_here import data_of, table, texts

_TRUE = frozenset({"1", "true", "yes", "on", "t", "y"})


@dataclass(frozen=True)
class UvFile:
    """One file that uv reads, and its settings."""

    path: Path
    settings: dict[str, Any] = field(repr=False)


def uv_files(machine: Machine, broken: list[Finding]) -> Iterator[UvFile]:
    """Give the files, what counts most first: the project's, the user's, the machine's; one that UV_CONFIG_FILE names
    replaces them all.

    broken: takes a finding for each that cannot be read.
    """
    given = machine.environment
    if given.get("UV_NO_CONFIG", "").lower() in _TRUE:
        return
    if named := given.get("UV_CONFIG_FILE", ""):
        yield from _own(machine.folder / named, broken)
        return
    yield from _of_project(machine, broken)
    yield from _own(machine.config_home("uv") / "uv.toml", broken)
    folders = [Path(one) for one in (given.get("XDG_CONFIG_DIRS") or str(machine.root / "etc/xdg")).split(":") if one]
    system = [*(folder / "uv/uv.toml" for folder in folders), machine.root / "etc/uv/uv.toml"]
    yield from _own(next((file for file in system if is_file(file)), system[-1]), broken)


def _own(path: Path, broken: list[Finding]) -> Iterator[UvFile]:
    if is_file(path):
        yield UvFile(path, data_of(path, broken))


def _of_project(machine: Machine, broken: list[Finding]) -> Iterator[UvFile]:
    """The nearest file of a project: uv.toml, or the table in pyproject.toml; uv looks from the project's root on."""
    for folder in _from_root(machine.above()):
        if is_file(folder / "uv.toml"):
            yield from _own(folder / "uv.toml", broken)
            return
        project = folder / "pyproject.toml"
        tool = table(data_of(project, broken), "tool")
        if "uv" in tool:
            yield UvFile(project, table(tool, "uv"))
            return


def _from_root(folders: list[Path]) -> list[Path]:
    """Leave out the folders below the root of the project, or of the workspace that it is a member of."""
    near = next((folder for folder in folders if is_file(folder / "pyproject.toml")), None)
    if near is None or not table(data_of(near / "pyproject.toml", []), "project"):
        return folders
    root = near
    for folder in folders[folders.index(near) :]:
        workspace = table(data_of(folder / "pyproject.toml", []), "tool", "uv", "workspace")
        if workspace and (folder == near or _is_member(near.relative_to(folder), workspace)):
            root = folder
            break
    return folders[folders.index(root) :]


def _is_member(place: PurePath, workspace: dict[str, Any]) -> bool:
    """Tell whether a workspace has a folder as a member."""
    members, excluded = (texts(workspace.get(name)) for name in ("members", "exclude"))
    return _matches(place, members) and not _matches(place, excluded)


def _matches(place: PurePath, patterns: list[str]) -> bool:
    return any(len(PurePath(one).parts) == len(place.parts) and place.match(one) for one in patterns if one)
