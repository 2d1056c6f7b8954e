"""Debian's `docker-registry` on loopback, unpacked by `make containers` and not installed."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.peers.running import Running, free_port

PROGRAM = Path(".venv/registry/usr/bin/docker-registry").absolute()

CONFIGURATION = """\
version: 0.1
log: {{level: error, accesslog: {{disabled: true}}}}
storage: {{filesystem: {{rootdirectory: {folder}/store}}}}
http: {{addr: "127.0.0.1:{port}"}}
{more}
"""
MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
CONFIG = b"{}"


@contextmanager
def registry(folder: Path, users: str = "") -> Iterator[str]:
    """Run one, and give host and port. users: lines of an htpasswd file (bcrypt) of who may use it; else everybody."""
    assert PROGRAM.exists(), "docker-registry is not there: make containers unpacks Debian's"
    port = free_port()
    more = ""
    if users:
        (folder / "htpasswd").write_text(users)
        more = f"auth: {{htpasswd: {{realm: here, path: {folder}/htpasswd}}}}"
    settings = folder / "registry.yml"
    settings.write_text(CONFIGURATION.format(folder=folder, port=port, more=more))
    running = Running(
        [str(PROGRAM), "serve", str(settings)], folder, {"HOME": str(folder), "OTEL_TRACES_EXPORTER": "none"}
    )
    try:
        running.wait_until_it_answers(f"http://127.0.0.1:{port}/v2/")
        yield f"127.0.0.1:{port}"
    finally:
        running.stop()


def tag(at: str, name: str, *tags: str, account: tuple[str, str] | None = None) -> None:
    """Give an image, which is nothing but a manifest, some tags."""
    session = requests.Session()
    session.trust_env, session.auth = False, account
    base = f"http://{at}/v2/{name}"
    digest = f"sha256:{hashlib.sha256(CONFIG).hexdigest()}"
    begun = session.post(f"{base}/blobs/uploads/", timeout=20)
    begun.raise_for_status()
    blob = session.put(begun.headers["Location"], params={"digest": digest}, data=CONFIG, timeout=20)
    blob.raise_for_status()
    config = {"mediaType": "application/vnd.docker.container.image.v1+json", "size": len(CONFIG), "digest": digest}
    manifest = json.dumps({"schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": []})
    for one in tags:
        put = session.put(f"{base}/manifests/{one}", data=manifest, headers={"Content-Type": MANIFEST}, timeout=20)
        put.raise_for_status()


def push(image: str, to: str) -> None:
    """Push an image that lies at the engine under another name."""
    for command in (["tag", image, to], ["push", "--quiet", to], ["image", "rm", to]):
        done = subprocess.run(["docker", *command], capture_output=True, text=True, check=False, timeout=300)  # noqa: S607
        assert done.returncode == 0, done.stderr
