"""What configures pip for whoever runs this, unsealed: read and never changed."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from artifactory_conformance.clients.effective import EffectiveConfiguration, read_configuration
from artifactory_conformance.clients.limits import DEFAULT_LIMITS


class PipNotAsked(Exception):
    """pip did not tell its configuration; what it said instead may hold a password, and is not repeated."""


def own_configuration(
    python: Path = Path(sys.executable), environment: Mapping[str, str] = os.environ
) -> EffectiveConfiguration:
    """Ask the pip of an interpreter what configures it for whoever runs this, in their own environment.

    What pip prints, passwords included, stays in memory. Raises PipNotAsked.
    """
    try:
        asked = subprocess.run(
            [str(python), "-m", "pip", "--disable-pip-version-check", "config", "debug"],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=DEFAULT_LIMITS.run_seconds,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise PipNotAsked(f"pip config debug: {type(error).__name__}") from None  # its output may hold a password
    return read_configuration(asked.stdout.decode("utf-8", "replace"), environment)
