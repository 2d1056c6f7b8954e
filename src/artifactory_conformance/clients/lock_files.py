"""What clients that lock projects have in common: the project, and the complaint about a lock."""

import sys
from collections.abc import Sequence

_PROJECT = """\
[project]
name = "project"
version = "0"
requires-python = ">={python}"
dependencies = [{requirements}]
"""


class LockNotUnderstood(Exception):
    """A lock file lacks what its form promises."""


def project_file(requirements: Sequence[str]) -> str:
    """The pyproject.toml of a project with these requirements, for this Python and newer ones."""
    python = ".".join(str(part) for part in sys.version_info[:2])
    return _PROJECT.format(python=python, requirements=", ".join(f'"{requirement}"' for requirement in requirements))
