"""Data that is written down in two places, for a reason, says the same in both."""

from __future__ import annotations

import ast
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from artifactory_conformance.reference.profiles import PROFILES
from artifactory_conformance.settings.documentation import as_markdown
from artifactory_conformance.settings.values import MODEL_PROFILES

ROOT = Path(__file__).parents[1]


def test_settings_know_the_profiles_that_the_model_plays() -> None:
    assert tuple(PROFILES) == MODEL_PROFILES


def test_the_page_of_settings_is_the_one_that_the_table_makes() -> None:
    assert (ROOT / "docs" / "settings.md").read_text("utf-8") == as_markdown(), "run make docs"


def test_what_a_run_imports_is_declared_and_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = (ROOT / "requirements" / "check.in").read_text("utf-8").splitlines()
    asked = {canonicalize_name(Requirement(line).name) for line in wanted if not line.startswith("#")}
    declared = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    extras = {
        extra: {canonicalize_name(Requirement(line).name) for line in lines}
        for extra, lines in project["optional-dependencies"].items()
    }
    assert declared | extras["clients"] <= asked
    in_containers = (ROOT / "requirements" / "containers.in").read_text("utf-8").split()
    assert extras["containers"] <= set(in_containers)
    imported = {name for folder in ("src", "fixtures", "suites") for name in imported_below(ROOT / folder)}
    by_name = packages_distributions()
    others = {name for name in imported if name not in sys.stdlib_module_names and name in by_name}
    assert {"requests", "yaml"} <= others
    missing = {name for name in others if not declared.intersection(map(canonicalize_name, by_name[name]))}
    in_containers_alone = {name.replace("-", "_") for name in extras["containers"]}
    assert missing <= {"artifactory_conformance"} | in_containers_alone
    elsewhere = (path for path in (ROOT / "src").glob("*/*") if path.name != "containers" and path.is_dir())
    assert not in_containers_alone & {name for folder in elsewhere for name in imported_below(folder)}


def imported_below(folder: Path) -> set[str]:
    """Give the first part of every module that the code in a folder imports."""
    names: set[str] = set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.Import):
                names.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.partition(".")[0])
    return names
