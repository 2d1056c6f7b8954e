"""A stack by docker-compose.yml: pytest-docker drives `docker compose` or `docker-compose`, whichever is there."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any

from artifactory_conformance.containers.engine import Engine, EngineRefused, EngineUnusable
from artifactory_conformance.containers.leftovers import OWNER, RUN, labels, remove_run
from artifactory_conformance.containers.readiness import refuse_ended
from artifactory_conformance.containers.stack import ARTIFACTORY_PORT, CATALOG_PORT, Running, Wanted, what_to_do
from artifactory_conformance.limits import LIMITS, Limits

FILE = "docker-compose.yml"

MISSING = "pytest-docker is not installed: pip install 'artifactory-conformance[containers]'"

_KEPT = (
    *("PATH", "HOME", "XDG_RUNTIME_DIR", "SSH_AUTH_SOCK", "DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG"),
    *("DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"),
    *("ARTIFACTORY_READ_ONLY", "ARTIFACTORY_JAVA_OPTIONS", "POSTGRES_IMAGE"),
)
"""What compose gets of the environment: how the engine is reached, and what the file asks for that no setting is.

No setting or secret of somebody's is among it.
"""


def find_compose(limits: Limits = LIMITS) -> str:
    """Give the command of compose, the newer one first. Raises EngineUnusable if there is none."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]) is None:
            continue
        with suppress(OSError, subprocess.TimeoutExpired):
            done = subprocess.run(
                [*command, "version"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=limits.engine_call,
                check=False,
            )
            if done.returncode == 0:
                return " ".join(command)
    raise EngineUnusable(
        "there is neither `docker compose` nor `docker-compose` here; install Docker's compose plugin, or Debian's "
        "package docker-compose"
    )


_POSTGRES_ANSWERS = (
    "exec -T postgres sh -c 'n=0; until pg_isready --quiet --username artifactory; do n=$((n+1)); "
    "test $n -lt 60 || exit 1; sleep 1; done'"
)
"""Waits for a minute at most: an Artifactory that finds no database at its start may end."""


class ComposeStack:
    """One stack for all processes of a run, from the controlling one.

    root: the folder of docker-compose.yml. scratch: a folder of this user's, for what compose must not get by its
    command line. Raises EngineUnusable if there is no compose, or pytest-docker is not installed.
    """

    def __init__(self, engine: Engine, wanted: Wanted, root: Path, scratch: Path, limits: Limits = LIMITS) -> None:
        try:
            from pytest_docker.plugin import get_docker_services
        except ImportError:
            raise EngineUnusable(MISSING) from None
        self._make = get_docker_services
        self._engine = engine
        self._wanted = wanted
        self._limits = limits
        self._file = root / FILE
        self._settings = scratch / "compose.env"
        self._project = f"conformance-{wanted.run}"
        self._services: AbstractContextManager[Any] | None = None
        self._compose = find_compose(limits)

    def start(self) -> Running:
        """Start the containers. Raises EngineUnusable, EngineRefused or NotStarted; `stop` then cleans up."""
        self._write_settings()
        up = ["up -d postgres", _POSTGRES_ANSWERS] if self._wanted.database == "postgresql" else []
        steps = [*up, f"up -d {' '.join(name for name, _ in _PUBLISHED)}"]
        made = self._make(self._command(), str(self._file), self._project, steps, "down -v -t 5")
        try:
            services = made.__enter__()
        except Exception as error:  # whatever it is: pytest-docker raises no type of its own
            problem = str(error)
            raise what_to_do(problem) or EngineRefused(f"compose failed: {' '.join(problem.split())[-400:]}") from None
        self._services = made
        known_by = f"{RUN}={self._wanted.run}", "com.docker.compose.service=artifactory"
        (container,) = self._engine.labelled("container", *known_by)
        try:
            ports = [services.port_for(name, port) for name, port in _PUBLISHED]
        except Exception as error:  # likewise
            refuse_ended(self._engine, container)  # of which compose tells no port
            raise EngineRefused(f"compose tells no port: {' '.join(str(error).split())[-400:]}") from None
        site, catalog, public = (f"http://127.0.0.1:{port}" for port in ports)
        return Running(site, catalog, public, container, f"{self._project}_default")

    def stop(self) -> list[str]:
        """Take it down by compose if it came up by it, and remove by its labels what is there still."""
        services, self._services = self._services, None
        if services is not None:
            with suppress(Exception):  # what it leaves is removed now
                services.__exit__(None, None, None)
        left = remove_run(self._engine, self._wanted.run, self._limits)
        self._settings.unlink(missing_ok=True)
        return left

    def _command(self) -> str:
        """Give compose without what it must not see of the environment: names alone, for anybody may read a command."""
        unset = " ".join(f"-u {shlex.quote(name)}" for name in sorted(os.environ) if name not in _KEPT)
        profile = " --profile postgres" if self._wanted.database == "postgresql" else ""
        return f"env {unset} {self._compose} --env-file {shlex.quote(str(self._settings))}{profile}"

    def _write_settings(self) -> None:
        named = labels(self._wanted.run)
        values = {
            "ARTIFACTORY_IMAGE": self._wanted.image,
            "CONFORMANCE_CATALOG_IMAGE": self._wanted.catalog_image,
            "CONFORMANCE_RUN": named[RUN],
            "CONFORMANCE_OWNER": named[OWNER],
            "ARTIFACTORY_MEMORY": self._wanted.memory,
            "ARTIFACTORY_PORT": str(self._wanted.port or ""),
            "ARTIFACTORY_DATABASE": self._wanted.database,
        }
        if self._wanted.database == "postgresql":
            values |= {
                "JF_SHARED_DATABASE_DRIVER": "org.postgresql.Driver",
                "JF_SHARED_DATABASE_URL": "jdbc:postgresql://postgres:5432/artifactory",
                "JF_SHARED_DATABASE_USERNAME": "artifactory",
                "JF_SHARED_DATABASE_PASSWORD": self._wanted.database_password,
            }
        with open(os.open(self._settings, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.writelines(f"{name}={value}\n" for name, value in values.items())


_PUBLISHED = (("artifactory", ARTIFACTORY_PORT), ("catalog", CATALOG_PORT), ("public-index", CATALOG_PORT))
