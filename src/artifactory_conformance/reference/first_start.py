"""What a fresh instance reads at its first start: repositories in a file of the data folder (admin 1.2)."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.repository_rules import configured

FILE = Path("etc/artifactory/artifactory.repository.config.import.json")
"""Below the data folder."""

READ = "artifactory.repository.config.bootstrap.json"
"""What the file is called once it was read."""

_CLASSES = {"localRepoConfigs": "local", "remoteRepoConfigs": "remote", "virtualRepoConfigs": "virtual"}
_SETTINGS = ("baseConfig", "repoTypeConfig", "packageTypeConfig")


class UnreadableImport(Exception):
    """The file has not the form that is known of it."""


def import_repositories(instance: Instance, data: Path | None) -> None:
    """Make the repositories of the file, if there is one, and rename it. Raises UnreadableImport.

    What a free edition makes of it is open (admin 11.1).
    """
    file = data / FILE if data else None
    if file is None or not file.is_file():
        return
    try:
        wanted = list(_repositories(json.loads(file.read_text("utf-8"))))
        for key, body in wanted:
            if _is_taken(instance, str(body.get("packageType"))):
                made = configured(key, body, None, instance.repositories, instance.switches)
                instance.repositories.save(made)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, RequestRefused) as error:
        raise UnreadableImport(f"{file} cannot be read: {error}") from error
    file.rename(file.with_name(READ))


def _repositories(given: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, kind in _CLASSES.items():
        for one in given.get(name, ()):
            settings = {key: value for part in _SETTINGS for key, value in one.get(part, {}).items()}
            yield one["key"], {**settings, "rclass": kind, "packageType": one["packageType"]}


def _is_taken(instance: Instance, package_type: str) -> bool:
    switches = instance.switches
    if not instance.is_free or switches.on("oss_first_start", "all"):
        return True
    return switches.on("oss_first_start", "without_pypi") and package_type.lower() != "pypi"
