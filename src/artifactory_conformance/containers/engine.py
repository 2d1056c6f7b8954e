"""The container engine by its command `docker`, which knows contexts, credentials and remote engines by itself."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from artifactory_conformance.limits import LIMITS, Limits


class EngineUnusable(Exception):
    """What somebody has to put right before containers can run here. The message is one line, and says what to do."""


class EngineRefused(Exception):
    """The engine did not do what it was asked for. The message is its own last line."""


@dataclass(frozen=True)
class State:
    """How a container is. status: `running`, `exited` and others of the engine's own words."""

    status: str
    exit_code: int
    killed_for_memory: bool

    @property
    def runs(self) -> bool:
        """Whether it is up."""
        return self.status in {"created", "running", "restarting"}


class Engine:
    """The engine that `docker` reaches. Raises EngineUnusable where there is none, or none for this user."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        if shutil.which("docker") is None:
            raise EngineUnusable(
                "there is no command `docker` here; install Docker, or run --target embedded, which needs none"
            )
        done = self._run("info", "--format", "{{json .}}")
        told: dict[str, Any] = _object(done.stdout)
        problem = _last_line(done.stderr) or "; ".join(told.get("ServerErrors") or ())
        if "permission denied" in problem.lower():
            raise EngineUnusable(
                "this user may not use the Docker engine (permission denied on its socket); "
                "join the group docker and log in again, or set DOCKER_HOST to an engine of your own"
            )
        if done.returncode or not told.get("MemTotal"):
            raise EngineUnusable(f"no Docker engine answers; start it, or set DOCKER_HOST ({problem or 'no answer'})")
        self.memory = int(told["MemTotal"])
        self.architecture = str(told.get("Architecture", ""))

    def _run(self, *arguments: str, seconds: float = 0, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(
                ["docker", *arguments],  # noqa: S607
                input=given,
                capture_output=True,
                timeout=seconds or self._limits.engine_call,
                check=False,
                start_new_session=True,  # Ctrl-C is heard by us, who then take down what was begun
            )
        except subprocess.TimeoutExpired as error:
            raise EngineUnusable(
                f"the Docker engine did not answer `docker {arguments[0]}` in {error.timeout:g} s"
            ) from None

    def ask(self, *arguments: str, seconds: float = 0, given: bytes = b"") -> bytes:
        """Give what `docker ARGUMENTS` prints. seconds: how long it may take. given: what it reads.

        Raises EngineRefused.
        """
        done = self._run(*arguments, seconds=seconds, given=given)
        if done.returncode:
            raise EngineRefused(_last_line(done.stderr) or f"docker {arguments[0]} ended with {done.returncode}")
        return done.stdout

    def has_image(self, name: str) -> bool:
        """Tell whether an image lies here."""
        return self._run("image", "inspect", "--format", "{{.Id}}", name).returncode == 0

    def tags(self, repository: str) -> list[str]:
        """Give the tags that lie here of an image's repository."""
        shown = self.ask("image", "ls", "--format", "{{.Tag}}", repository).decode()
        return [tag for tag in shown.split() if tag != "<none>"]

    def pull(self, name: str) -> None:
        """Fetch an image. Raises EngineRefused."""
        self.ask("pull", "--quiet", name, seconds=self._limits.image_pull)

    def labelled(self, kind: str, *labels: str) -> list[str]:
        """Give the ids of all containers, networks or volumes with certain labels, each `name` or `name=value`."""
        every = ("--all",) if kind == "container" else ()
        filters = (part for label in labels for part in ("--filter", f"label={label}"))
        return self.ask(kind, "ls", "--quiet", *every, *filters).decode().split()

    def label(self, kind: str, name: str, label: str) -> str:
        """Give the value of a label of one thing, empty if it has none or is gone."""
        labels = "{{json .Config.Labels}}" if kind == "container" else "{{json .Labels}}"
        done = self._run(kind, "inspect", "--format", labels, name)
        return str(_object(done.stdout).get(label, ""))

    def remove(self, kind: str, names: Sequence[str]) -> None:
        """Remove things, a container with its own volumes and whether it runs or not. Raises EngineRefused."""
        if names:
            how = ("--force", "--volumes") if kind == "container" else ()
            self.ask(kind, "rm", *how, *names, seconds=self._limits.containers_stop)

    def state(self, container: str) -> State:
        """Give how a container is. Raises EngineRefused."""
        told = _object(self.ask("container", "inspect", "--format", "{{json .State}}", container))
        return State(str(told.get("Status")), int(told.get("ExitCode", 0)), bool(told.get("OOMKilled")))

    def last_lines(self, container: str, count: int) -> list[str]:
        """Give the last lines that a container has printed; none if it is gone."""
        done = self._run("logs", "--tail", str(count), container)
        lines = (done.stdout + done.stderr).decode("utf-8", "replace").splitlines()
        return [line.strip() for line in lines if line.strip()][-count:] if not done.returncode else []

    def published(self, container: str, port: int) -> int:
        """Give the port of this machine that a container's port is reached by. Raises EngineRefused."""
        shown = self.ask("port", container, f"{port}/tcp").decode().split()
        if not shown:
            raise EngineRefused(f"port {port} of {container} is not published")
        return int(shown[0].rpartition(":")[2])

    def fill(self, volume: str, at: str, files: Mapping[str, bytes], owner: int, image: str, *labels: str) -> None:
        """Put files into a fresh volume, with the folders above them, as somebody's own. Raises EngineRefused.

        at: where containers of the image have the volume, which gets first what the image has there. A container that
        is never started carries them; labels: options that it is made with.
        """
        mounted = ("--volume", f"{volume}:{at}")
        container = self.ask("container", "create", *labels, *mounted, image).decode().strip()
        try:
            self.ask("cp", "-", f"{container}:{at}", given=_packed(files, owner))
        finally:
            self.ask("container", "rm", container)

    def read_file(self, container: str, path: str) -> bytes | None:
        """Give a file of a container, whether it has a shell or not; None if there is none. Raises EngineRefused."""
        done = self._run("cp", "--follow-link", f"{container}:{path}", "-")
        if done.returncode:
            problem = _last_line(done.stderr)
            if "no such file" in problem.lower() or "could not find" in problem.lower():
                return None
            raise EngineRefused(problem)
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            member = next((one for one in archive if one.isfile()), None)
            stream = archive.extractfile(member) if member else None
            return stream.read() if stream else None


def _packed(files: Mapping[str, bytes], owner: int) -> bytes:
    """Give files and the folders above them as an archive in which all is one owner's."""
    packed = io.BytesIO()
    folders = sorted({str(above) for name in files for above in PurePosixPath(name).parents} - {"."}, key=len)
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name in (*folders, *files):
            member = tarfile.TarInfo(name)
            member.uid = member.gid = owner
            if name in files:
                member.size, member.mode = len(files[name]), 0o644
            else:
                member.type, member.mode = tarfile.DIRTYPE, 0o755
            archive.addfile(member, io.BytesIO(files.get(name, b"")))
    return packed.getvalue()


def _object(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _last_line(text: bytes) -> str:
    lines = [line for line in text.decode("utf-8", "replace").splitlines() if line.strip()]
    return " ".join(lines[-1].split()) if lines else ""
