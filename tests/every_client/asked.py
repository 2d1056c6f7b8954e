"""What the clients of one set ask, way by way and fault by fault; run by the set's own interpreter, it writes JSON."""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, RemoteRepository
from artifactory_conformance.catalog import Organization
from artifactory_conformance.clients.leashed import ClientTimedOut
from artifactory_conformance.evidence import Recorder, Redactor
from artifactory_conformance.labs import Lab
from artifactory_conformance.ledger import Ledger
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.settings import resolve
from artifactory_conformance.targets import Connections, Target, make_target
from artifactory_conformance.verdicts import Level
from tests.every_client.drivers import CLIENTS, TWINE, Client, Told, Way
from tests.every_client.proxy import STORE, Heard, Instead, Kind, RecordingProxy

SECRET = "a-throw-away-1A"
RUN_SECONDS = 45.0
DOWNLOADS = (
    *(Instead(Kind.PAGE, status) for status in (401, 403, 404, 500, 503)),
    Instead(Kind.METADATA, 404),
    *(Instead(Kind.FILE, status) for status in (401, 403, 404, 500, 503)),
    Instead(Kind.FILE, changed=True),
)
UPLOADS = tuple(Instead(Kind.UPLOAD, status) for status in (401, 403, 404, 409, 500, 503))
HEADERS = ("accept", "accept-encoding", "cache-control", "range", "user-agent")
SIGNS = re.compile(
    r"error|not find|no matching|no versions|failed|mismatch|do not match|unable|because|forbidden", re.I
)
MOST = 130


class World:
    """An embedded target with one remote, whose catalog has one package with one requirement, and one local."""

    def __init__(self, target: Target, connections: Connections, ledger: Ledger) -> None:
        assert target.catalog is not None
        assert target.administrator is not None
        self.target, self.redactor = target, connections.redactor
        self._organization = Organization(target.catalog, password=SECRET)
        base = self._organization.publish("base", "2.0", filler=200_000)
        wheel = self._organization.publish("example", "1.0", requires=("base>=1",))
        self.locked = "".join(f"{one.project}=={one.version} --hash=sha256:{one.sha256}\n" for one in (base, wheel))
        self._lab = Lab(
            target.administrator,
            lambda who: connections.to_target(target.base, who, Level.MUTATE),
            ledger,
            lambda: SECRET,
        )
        self.remote: RemoteRepository = self._lab.remote_repository(self._organization)
        self.local = self._lab.local_repository()
        self.user: Identity = self._lab.user(self.remote, self.local, READ, DEPLOY_CACHE)
        for one in (base, wheel):  # cached: what is told apart here is clients, not first and second requests
            self.user.fetch_ok(self.user.page(self.remote, one.project).link_to(one.filename))

    @property
    def told(self) -> Told:
        """What a client has to know."""
        user = self.user
        return Told(
            index_url=user.index_url(self.remote),
            with_password=user.index_url_with_password(self.remote),
            upload_url=user.upload_url(self.local),
            user=user.name,
            password=user.password,
            netrc={
                Way.E: user.netrc_entry(),
                Way.E_PORT: user.netrc_entry(with_port=True),
                Way.E_DEFAULT: user.netrc_entry(as_default=True),
            },
            locked=self.locked,
        )

    def close(self) -> None:
        """Take the organization away."""
        self._organization.drop()


@contextmanager
def world(folder: Path, profile: str) -> Iterator[World]:
    """Start the services and set everything up; nothing is left running."""
    redactor = Redactor([SECRET])
    connections = Connections(Recorder(), redactor, "artifactory-conformance clients")
    ledger = Ledger(folder / "ledger.jsonl", "clients")
    settings = resolve({"model_profile": profile, "reports": str(folder)}, {})
    target = make_target(settings, connections, ledger, lambda: SECRET, folder)
    target.start(target.prepare())
    try:
        made = World(target, connections, ledger)
        try:
            yield made
        finally:
            made.close()
    finally:
        target.stop()
        connections.close()


class Watched:
    """Clients of one set, each run in a home of its own, with the proxy between them and the instance."""

    def __init__(self, world_: World, folder: Path) -> None:
        self._world, self._folder = world_, folder

    def run(self, client: Client, way: Way, instead: Instead | None = None) -> tuple[bool, str, list[Heard]]:
        """Let a client install by a way; whether it says that it did, what it says, and what was asked."""
        told, limits = self._world.told, replace(LIMITS, client_run=RUN_SECONDS)
        with (
            RecordingProxy(self._world.target.base, told.user, told.password, instead) as proxy,
            client.kind(self._folder, Recorder(), self._world.redactor, self._world.target.base, limits) as sealed,
        ):
            client.prepare(sealed, way, told)
            try:
                run = client.drive(sealed, way, told, proxy.variables)
            except ClientTimedOut as error:
                return False, f"not done after {error.seconds:.0f} s", proxy.heard
        return run.ok, self._complaint(f"{run.stdout}\n{run.stderr}"), proxy.heard

    def _complaint(self, text: str) -> str:
        """The first and the last line by which a client says what is wrong, without what differs from run to run."""
        plain = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", text)
        lines = [" ".join(line.split()) for line in plain.splitlines()]
        signs = [line for line in lines if SIGNS.search(line) and not line.startswith(("File ", "DEBUG", "TRACE"))]
        found = signs or [line for line in lines if line][-1:]
        return " … ".join(dict.fromkeys(self._neutral(line) for line in (*found[:1], *found[-1:])))

    def _neutral(self, line: str) -> str:
        told = self._world.told
        for secret, name in (
            (self._world.target.base, "<instance>"),
            (self._world.remote.key, "<key>"),
            (self._world.local.key, "<local>"),
            (told.user, "<user>"),
            (str(self._folder), "<home>"),
        ):
            line = line.replace(secret, name)
        line = re.sub(r"127\.0\.0\.1:\d+", "<host>", line)
        line = re.sub(r"\b[0-9a-f]{16,}\b", "<hash>", self._world.redactor.text(line))
        return line if len(line) <= MOST else f"{line[:MOST]}…"


def of_the_instance(heard: Sequence[Heard]) -> list[Heard]:
    """Only what the instance was asked."""
    return [one for one in heard if not one.host]


def elsewhere(heard: Sequence[Heard]) -> list[str]:
    """The other hosts."""
    return sorted({one.host for one in heard if one.kind is Kind.ELSEWHERE})


def way_by_way(watched: Watched, client: Client) -> list[dict[str, Any]]:
    """By which way a client comes to the package, and whom it asks."""
    found = []
    for way in client.ways:
        ok, says, heard = watched.run(client, way)
        here = of_the_instance(heard)
        refused = sum(one.status == 401 for one in here)
        entry = {"way": way.value, "ok": ok, "requests": len(here), "refused": refused, "elsewhere": elsewhere(heard)}
        found.append({**entry, "says": "" if ok else says})
    return found


def one_install(watched: Watched, client: Client) -> dict[str, Any]:
    """What a client asks to install two wheels by its first way, and with which headers."""
    ok, _, heard = watched.run(client, client.ways[0])
    counted = Counter(f"{one.method} {one.kind.value} {one.status}" for one in of_the_instance(heard))
    headers = {
        kind.value: [
            {name: one.headers[name] for name in HEADERS if name in one.headers}
            for one in of_the_instance(heard)
            if one.kind is kind
        ][:1]
        for kind in (Kind.PAGE, Kind.METADATA, Kind.FILE, Kind.UPLOAD)
    }
    return {"way": client.ways[0].value, "ok": ok, "asked": dict(counted), "headers": headers}


def fault_by_fault(watched: Watched, client: Client) -> list[dict[str, Any]]:
    """What a client makes of each answer that the instance should not give."""
    found = []
    for fault in UPLOADS if client.name == "twine" else DOWNLOADS:
        ok, says, heard = watched.run(client, client.ways[0], fault)
        met = sum(one.kind is fault.kind for one in of_the_instance(heard))
        name = f"{fault.kind.value}: {'changed bytes' if fault.changed else fault.status}"
        found.append({"fault": name, "met": met, "ok": ok, "says": "" if ok else says})
    return found


def redirected(watched: Watched, client: Client) -> list[dict[str, Any]]:
    """Whether another host, to which downloads are redirected, gets the user's credentials."""
    found = []
    for way in (client.ways[0], Way.E, Way.E_DEFAULT):
        ok, _, heard = watched.run(client, way, Instead(Kind.FILE, 302))
        there = [one for one in heard if one.host == STORE]
        sent = any("authorization" in one.headers for one in there)
        found.append({"way": way.value, "ok": ok, "met": len(there), "sent": sent})
    return found


PARTS: dict[str, Callable[[Watched, Client], Any]] = {
    "install": one_install,
    "ways": way_by_way,
    "faults": fault_by_fault,
    "redirects": redirected,
}


def main() -> int:
    """Let the clients that the command line names ask, and write down what they asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.every_client.asked", description=__doc__)
    parser.add_argument("clients", nargs="+", help="names of clients")
    parser.add_argument("--parts", nargs="*", default=list(PARTS), choices=list(PARTS))
    parser.add_argument("--profile", default="7.161-pro")
    parser.add_argument("--write", type=Path, required=True)
    given = parser.parse_args()
    found = []
    with tempfile.TemporaryDirectory() as name, world(Path(name), given.profile) as made:
        watched = Watched(made, Path(name) / "homes")
        for client in (one for one in (*CLIENTS, TWINE) if one.name in given.clients):
            version = importlib.metadata.version(client.distribution)
            parts = {part: PARTS[part](watched, client) for part in given.parts if part in client.parts}
            found.append({"client": client.name, "version": version, "set": "", **parts})
            print(f"{client.name} {version}: seen", flush=True)
    text = json.dumps({"python": sys.version.split()[0], "clients": found}, indent=1)
    given.write.write_text(text + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
