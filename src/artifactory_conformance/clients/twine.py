"""twine as a client: it uploads to a local repository, or through a virtual one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from artifactory_conformance.clients.client_run import ClientRun
from artifactory_conformance.clients.tool import Tool
from artifactory_conformance.distributions import Distribution


class Twine(Tool):
    """twine in a sealed home."""

    program = distribution = "twine"
    asked = re.compile(r"Response from (\S+):\s")

    def upload(
        self,
        *distributions: Distribution,
        repository_url: str,
        user: str,
        password: str,
        options: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> ClientRun:
        """Upload files: `twine upload`. It succeeds when every upload did.

        repository_url: without credentials; user and password are given by environment.
        """
        paths = [self.home.write_project_file(f"dist/{one.filename}", one.content) for one in distributions]
        own = {
            "TWINE_REPOSITORY_URL": repository_url,
            "TWINE_USERNAME": user,
            "TWINE_PASSWORD": password,
            "NO_COLOR": "1",
            "COLUMNS": "200",
        }
        arguments = ["upload", "--non-interactive", "--disable-progress-bar", "--verbose", *options]
        return self._run([*arguments, *map(str, paths)], {**own, **(environment or {})}, secrets=[password])
