"""pipenv as a client: it takes its index from the Pipfile, credentials as variables in that URL."""

from __future__ import annotations

import json
import sys
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

    def lock(self, *projects: str, index_url: str, user: str, password: str) -> ClientRun:
        """Lock a Pipfile with these projects, any version; what the lock says is given, without URLs.

        index_url: without credentials; pipenv gets these by environment.
        """
        url = index_url.replace("://", "://${INDEX_USER}:${INDEX_PASSWORD}@", 1)
        wanted = "\n".join(f'{project} = "*"' for project in projects)
        self.home.write_project_file("Pipfile", _PIPFILE.format(index_url=url, requirements=wanted))
        own = {
            "INDEX_USER": user,
            "INDEX_PASSWORD": password,
            "PIPENV_PYTHON": sys.executable,
            "PIPENV_VENV_IN_PROJECT": "1",
            "PIPENV_NOSPIN": "1",
            "PIP_NO_CACHE_DIR": "1",
        }
        return self._run(
            ["lock"],
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
