"""Peers that are Python programs, from an environment of their own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import requests

from tests.peers.peer import Peer
from tests.peers.running import PeerFailed, Running
from tests.peers.upstream import Upstream
from tests.proof.runs import ROOT

BIN = ROOT / ".venv" / "peers" / "bin"
"""Made by `make peers` from requirements/peers.txt."""

INITIALIZING = 60
"""Seconds that devpi-server may take to make its state."""

PAGE_PERIOD = 2
"""Seconds for which a peer is told to keep pages, where it can be told."""


def _devpi(upstream: Upstream, folder: Path, port: int) -> tuple[Running, str]:
    home = {"HOME": str(folder), "PYTHONWARNINGS": "ignore"}
    state = folder / "state"
    subprocess.run(
        [str(BIN / "devpi-init"), "--serverdir", str(state), "--no-root-pypi"],
        cwd=folder,
        env={**home, "PATH": str(BIN)},
        check=True,
        capture_output=True,
        timeout=INITIALIZING,
    )
    command = [str(BIN / "devpi-server"), "--serverdir", str(state), "--host", "127.0.0.1", "--port", str(port)]
    running = Running([*command, "--request-timeout", "2"], folder, home)
    base = f"http://127.0.0.1:{port}"
    try:
        running.wait_until_it_answers(f"{base}/+api")
        login = requests.post(f"{base}/+login", json={"user": "root", "password": ""}, timeout=10)
        login.raise_for_status()
        made = requests.put(
            f"{base}/root/catalog",
            json={
                "type": "mirror",
                "mirror_url": upstream.index_with_password,
                "mirror_cache_expiry": PAGE_PERIOD,
                "mirror_no_project_list": True,
                "volatile": True,
            },
            auth=("root", login.json()["result"]["password"]),
            headers={"Accept": "application/json"},
            timeout=30,
        )
        if made.status_code != 200:
            raise PeerFailed(f"its mirror index was not made: {made.status_code}")
    except BaseException:
        running.stop()
        raise
    return running, f"{base}/root/catalog/+simple"


def _proxpi(upstream: Upstream, folder: Path, port: int) -> tuple[Running, str]:
    environment = {
        "HOME": str(folder),
        "PROXPI_INDEX_URL": upstream.index_with_password,
        "PROXPI_INDEX_TTL": str(PAGE_PERIOD),
        "PROXPI_CACHE_DIR": str(folder / "cache"),
        "PROXPI_DOWNLOAD_TIMEOUT": "10",
        "PROXPI_CONNECT_TIMEOUT": "2",
        "PROXPI_READ_TIMEOUT": "3",
    }
    command = [str(BIN / "gunicorn"), "--bind", f"127.0.0.1:{port}", "--threads", "32", "--worker-tmp-dir", str(folder)]
    running = Running([*command, "proxpi.server:app"], folder, environment)
    return _answering(running, f"http://127.0.0.1:{port}/health"), f"http://127.0.0.1:{port}/index"


def _simple_repository_server(upstream: Upstream, folder: Path, port: int) -> tuple[Running, str]:
    netrc = folder / "netrc"
    netrc.touch(mode=0o600)
    netrc.write_text(f"machine 127.0.0.1\nlogin {upstream.user}\npassword {upstream.password}\n", encoding="utf-8")
    command = [str(BIN / "simple-repository-server"), "--host", "127.0.0.1", "--port", str(port)]
    running = Running(
        [*command, "--stream-http-resources", upstream.index], folder, {"HOME": str(folder), "NETRC": str(netrc)}
    )
    return _answering(running, f"http://127.0.0.1:{port}/"), f"http://127.0.0.1:{port}/simple"


def _answering(running: Running, url: str) -> Running:
    try:
        running.wait_until_it_answers(url)
    except BaseException:
        running.stop()
        raise
    return running


PYTHON_PEERS = (
    Peer(
        "devpi-server",
        "devpi-server",
        f"a mirror index, `mirror_cache_expiry={PAGE_PERIOD}`, `mirror_no_project_list=True` (a catalog may refuse its "
        "root page), user and password in `mirror_url`, `--request-timeout 2`",
        _devpi,
        PAGE_PERIOD,
    ),
    Peer(
        "proxpi",
        "proxpi",
        f"behind gunicorn with 32 threads, `PROXPI_INDEX_TTL={PAGE_PERIOD}`, a cache folder, "
        "`PROXPI_DOWNLOAD_TIMEOUT=10`, time-outs of 2 s to connect and 3 s to read, user and password in "
        "`PROXPI_INDEX_URL`",
        _proxpi,
        PAGE_PERIOD,
    ),
    Peer(
        "simple-repository-server",
        "simple-repository-server",
        "`--stream-http-resources` (its default sends clients to the upstream, where they have no credentials), user "
        "and password in a netrc file; it keeps nothing",
        _simple_repository_server,
    ),
)
