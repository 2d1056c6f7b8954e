"""pip-sync of pip-tools as a client: it makes an environment hold what compiled requirements say, by means of pip."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from artifactory_conformance.clients.client_run import ClientRun
from artifactory_conformance.clients.tool import Tool


class PipSync(Tool):
    """pip-sync in a sealed home, without pip's cache."""

    program = "pip-sync"
    distribution = "pip-tools"
    asked = re.compile(r"Downloading (\S+)")

    def sync(
        self, compiled: str, *, index_url: str | None = None, environment: Mapping[str, str] | None = None
    ) -> ClientRun:
        """Make the home's environment hold what compiled requirements say; `installed` then tells what is there.

        compiled: their text. index_url: may hold credentials; pip-sync gets it by environment.
        """
        requirements = self.home.write_requirements(compiled)
        index = {} if index_url is None else {"PIP_INDEX_URL": index_url}
        own = {
            **index,
            "PIP_NO_CACHE_DIR": "1",
            "PIP_NO_INPUT": "1",
            "PIP_PROGRESS_BAR": "off",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_RETRIES": str(self._limits.retries),
            "PIP_DEFAULT_TIMEOUT": str(self._limits.answer_seconds),
        }
        python = self._environment_with_pip()
        arguments = ["--python-executable", str(python), str(requirements)]
        return self._run(arguments, {**own, **(environment or {})})

    def _environment_with_pip(self) -> Path:
        """Make the home's environment and put this interpreter's pip into it: pip-sync runs the pip that is there."""
        python = self._make_environment()
        (place,) = self.home.venv.glob("lib/python*/site-packages")
        pip = importlib.metadata.distribution("pip")
        for name in {file.parts[0] for file in pip.files or () if ".." not in file.parts} - _present(place):
            shutil.copytree(str(pip.locate_file(name)), place / name)  # byte code and times as well: it starts faster
        return python


def _present(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
