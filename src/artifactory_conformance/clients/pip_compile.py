"""pip-compile of pip-tools as a client: it reads pip's configuration, and writes requirements with their hashes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

from artifactory_conformance.clients.client_run import ClientRun, InstalledDistribution
from artifactory_conformance.clients.tool import Tool

COMPILED = "requirements.txt"
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class PipCompile(Tool):
    """pip-compile in a sealed home, without pip's cache."""

    program = "pip-compile"
    distribution = "pip-tools"

    @property
    def compiled(self) -> Path:
        """The file that it writes."""
        return self.home.cwd / COMPILED

    def compile(
        self,
        *requirements: str,
        index_url: str | None = None,
        options: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
    ) -> ClientRun:
        """Compile requirements with the hashes of all their files; what the compiled file says is given, without URLs.

        index_url: may hold credentials; pip-compile gets it by environment. None where the requirements or the home's
        configuration name one.
        """
        source = self.home.write_project_file("requirements.in", "".join(f"{line}\n" for line in requirements))
        own = {
            **({} if index_url is None else {"PIP_INDEX_URL": index_url}),
            "PIP_NO_CACHE_DIR": "1",
            "PIP_NO_INPUT": "1",
            "PIP_RETRIES": str(self._limits.retries),
            "PIP_DEFAULT_TIMEOUT": str(self._limits.answer_seconds),
        }
        arguments = ["--generate-hashes", "--strip-extras", *options, "--output-file", COMPILED, source.name]
        return self._run(arguments, {**own, **(environment or {})}, self._compiled, index_url=index_url or self._base)

    def _compiled(self) -> tuple[InstalledDistribution, ...]:
        return read_compiled(self.compiled.read_text())


def read_compiled(text: str) -> tuple[InstalledDistribution, ...]:
    """Read compiled requirements: one entry for each hash of each pinned project."""
    found = []
    for line in text.replace("\\\n", " ").splitlines():
        pinned = line.partition("#")[0].partition("--hash")[0].strip()
        try:
            requirement = Requirement(pinned)
        except InvalidRequirement:  # an option, or nothing at all
            continue
        version = next((one.version for one in requirement.specifier if one.operator == "=="), "")
        hashes: list[str | None] = [*_HASH.findall(line)] or [None]
        found += [
            InstalledDistribution(requirement.name, version, url="", sha256=value, requested=False) for value in hashes
        ]
    return tuple(found)
