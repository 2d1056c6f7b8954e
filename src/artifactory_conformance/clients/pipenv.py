"""pipenv as a client: it takes its index from the Pipfile, credentials as variables in that URL."""

from __future__ import annotations

import importlib.metadata
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from artifactory_conformance.clients.client_run import ClientRun, InstalledDistribution
from artifactory_conformance.clients.lock_files import LockNotUnderstood
from artifactory_conformance.clients.tool import Tool

# pipenv encodes the values of the variables itself.
_PIPFILE = """\
[[source]]
name = "instance"
url = "{index_url}"
verify_ssl = true

[packages]
{requirements}
"""


class Pipenv(Tool):
    """pipenv in a sealed home."""

    program = distribution = "pipenv"

    def lock(
        self,
        *projects: str,
        index_url: str,
        user: str = "",
        password: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> ClientRun:
        """Lock a Pipfile with these projects, any version; what the lock says is given, without URLs.

        index_url: without credentials; pipenv gets these by environment, if there are any.
        """
        self._write_pipfile(projects, index_url, bool(user))
        return self._pipenv("lock", index_url, user, password, environment)

    def install(
        self,
        *projects: str,
        index_url: str,
        user: str = "",
        password: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> ClientRun:
        """Lock and install; everything else as for `lock`."""
        self._write_pipfile(projects, index_url, bool(user))
        return self._pipenv("install", index_url, user, password, environment)

    def installed(self) -> dict[str, str]:
        """Give what pipenv's own environment holds, which lies in the project: version by name."""
        places = [str(path) for path in self.home.cwd.glob(".venv/lib/python*/site-packages")]
        return {
            found.metadata["Name"]: found.version
            for found in importlib.metadata.distributions(path=places)
            if found.metadata["Name"] != "pip"
        }

    def _write_pipfile(self, projects: Sequence[str], index_url: str, with_credentials: bool) -> None:
        url = index_url.replace("://", "://${INDEX_USER}:${INDEX_PASSWORD}@", 1) if with_credentials else index_url
        wanted = "\n".join(f'{project} = "*"' for project in projects)
        self.home.write_project_file("Pipfile", _PIPFILE.format(index_url=url, requirements=wanted))

    def _pipenv(
        self, command: str, index_url: str, user: str, password: str, environment: Mapping[str, str] | None
    ) -> ClientRun:
        own = {
            **({"INDEX_USER": user, "INDEX_PASSWORD": password} if user else {}),
            "PIPENV_PYTHON": sys.executable,
            "PIPENV_VENV_IN_PROJECT": "1",
            "PIPENV_NOSPIN": "1",
            "PIP_NO_CACHE_DIR": "1",
            **(environment or {}),
        }
        return self._run(
            [command],
            own,
            lambda: read_lock(self.home.cwd / "Pipfile.lock"),
            secrets=[password],
            index_url=index_url,
        )


def read_lock(path: Path) -> tuple[InstalledDistribution, ...]:
    """Read a Pipfile.lock: one entry for each hash of each package. Raises LockNotUnderstood."""
    try:
        packages = json.loads(path.read_bytes())["default"]
        return tuple(
            InstalledDistribution(
                name=name,
                version=package["version"].removeprefix("=="),
                url="",
                sha256=value.removeprefix("sha256:"),
                requested="index" in package,
            )
            for name, package in packages.items()
            for value in package["hashes"]
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise LockNotUnderstood(f"{path.name}: {error!r}") from None
