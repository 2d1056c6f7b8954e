"""Puts the checkout's own layout into the wheel, so that `verify` runs the same files wherever it is called."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLED = ("conftest.py", "pyproject.toml", "docker-compose.yml", "fixtures", "suites")


class BundleHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the bundle to a standard wheel only: an editable install uses the checkout itself."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add what `BUNDLED` names below the package."""
        if version == "standard":
            build_data["force_include"].update({name: f"artifactory_conformance/bundle/{name}" for name in BUNDLED})
