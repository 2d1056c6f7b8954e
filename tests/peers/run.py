"""One run of the suite at a peer, and what came of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from artifactory_conformance.clients.leashed import run_leashed
from artifactory_conformance.clients.limits import ClientLimits
from artifactory_conformance.evidence import Redactor
from tests.peers.fingerprint import seen_in
from tests.peers.peer import Peer
from tests.peers.python_peers import BIN
from tests.peers.running import PeerFailed, free_port
from tests.peers.upstream import Upstream, upstream_in
from tests.proof.runs import ENDS, ROOT

REPORTS = ROOT / "reports" / "peers"
RUN_SECONDS = 420
"""How long one run may take."""


@dataclass(frozen=True)
class Found:
    """What the suite has found at a peer. hidden: what stands for addresses and names of the run."""

    peer: Peer
    version: str
    exit_code: int
    why: str
    seconds: float
    checks: Sequence[Mapping[str, Any]]
    exchanges: Mapping[str, Sequence[Mapping[str, Any]]]
    hidden: Mapping[str, str]

    @property
    def verdicts(self) -> dict[str, str]:
        """The verdicts by check."""
        return seen_in(self.checks)

    def plain(self, text: str) -> str:
        """Take out what differs from run to run: ports, ids, names of projects."""
        for value, name in self.hidden.items():
            text = text.replace(value, name)
        text = re.sub(r"http://[a-z0-9-]+:\[redacted\]@", "http://<user>:<password>@", text)
        text = re.sub(r"\b[0-9a-f]{64}\b", "<sha256>", text)
        return re.sub(r"(new|curated-example|curated_example)[-_][0-9a-f]{8,12}", "<project>", text)


def version_of(peer: Peer) -> str:
    """Ask for a peer's version. Raises PeerFailed if it is not installed."""
    if peer.distribution.startswith("/"):
        try:
            told = subprocess.run([peer.distribution, "-v"], capture_output=True, text=True, check=True, timeout=10)
        except (OSError, subprocess.SubprocessError) as error:
            raise PeerFailed(f"{peer.distribution} is not there: {error}") from error
        return told.stderr.strip().rpartition("/")[2]
    site = next(BIN.parent.glob("lib/python*/site-packages"), BIN)
    found = next(iter(metadata.distributions(name=peer.distribution, path=[str(site)])), None)
    if found is None:
        raise PeerFailed(f"{peer.distribution} is not installed in {BIN.parent}")
    return found.version


def run_at(peer: Peer, processes: int = 0) -> Found:
    """Start a peer in front of a catalog of its own, run the suite at it, and end both. Raises PeerFailed.

    processes: by how many the checks are run; 0 for the one that also judges.
    """
    version = version_of(peer)
    with tempfile.TemporaryDirectory(prefix="peers-") as scratch:
        folder = Path(scratch) / peer.name
        folder.mkdir()
        Path(scratch).chmod(0o755)  # who drops root's rights has to come through
        with upstream_in(Path(scratch)) as upstream:
            running, index = peer.start(upstream, folder, free_port())
            try:
                _refuse_shown(upstream.password)
                return _suite_at(peer, version, index, upstream, Path(scratch), processes)
            except PeerFailed as error:
                raise PeerFailed(f"{error}; the peer last said: {running.last_words()}") from error
            finally:
                running.stop()


def _refuse_shown(secret: str) -> None:
    """Raise PeerFailed if some process has a secret in its command line, where everybody on the machine can read it."""
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it ended while we looked
            if secret.encode() in file.read_bytes():
                raise PeerFailed(f"process {file.parent.name} has the catalog's password in its command line")


def _suite_at(peer: Peer, version: str, index: str, upstream: Upstream, scratch: Path, processes: int) -> Found:
    reports = REPORTS / peer.name
    period = ("--page-period", str(peer.page_period)) if peer.page_period else ()
    started = time.monotonic()
    ended = run_leashed(
        [
            *(sys.executable, "-m", "artifactory_conformance", "verify", "-n", str(processes), "-q"),
            *("--target", "index", "--index-url", index, "--catalog-control", upstream.control),
            *("--organization", upstream.organization, *period, f"--reports={reports}"),
            *("--requests-per-second", "0", "--connections", "0"),
        ],
        environment={
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            **({"PYTHONPYCACHEPREFIX": sys.pycache_prefix} if sys.pycache_prefix else {}),
            "CATALOG_USER": upstream.user,
            "CATALOG_PASS": upstream.password,
        },
        cwd=ROOT,
        output=scratch,
        limits=ClientLimits(),
        redact=Redactor([upstream.password]).text,
        deadline=RUN_SECONDS,
    )
    seconds = time.monotonic() - started
    if ended.exit_code not in ENDS:
        raise PeerFailed(f"the suite ended with {ended.exit_code}: {ended.stdout[-600:]}{ended.stderr[-600:]}")
    results = json.loads((reports / "results.json").read_text(encoding="utf-8"))
    catalog = urlsplit(upstream.url).netloc
    hidden = {
        index: "<index>",
        f"http://{urlsplit(index).netloc}": "<peer>",
        upstream.url: "<catalog>",
        f"@{catalog}": "@<catalog>",
        f"http://{catalog}": "<catalog>",
        f"http://localhost:{catalog.partition(':')[2]}": "<other host>",
        upstream.organization: "<organization>",
    }
    evidence = (json.loads(line) for line in (reports / "evidence.jsonl").read_text(encoding="utf-8").splitlines())
    exchanges: dict[str, list[Mapping[str, Any]]] = {}
    for one in evidence:
        if one.get("kind") == "exchange" and "/_control/" not in one["url"]:
            exchanges.setdefault(one["check"], []).append(one)
    return Found(peer, version, results["exit_code"], results["why"], seconds, results["checks"], exchanges, hidden)
