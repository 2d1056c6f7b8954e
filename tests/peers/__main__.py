"""`python -m tests.peers [NAME ...]`: run the suite at each peer, and compare with what is known of it."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
from types import FrameType

from tests.peers.fingerprint import Fingerprint
from tests.peers.nginx import NGINX_PEERS
from tests.peers.page import COUNTED, PAGE, as_markdown
from tests.peers.python_peers import PYTHON_PEERS
from tests.peers.run import Found, run_at
from tests.peers.running import PeerFailed

PEERS = {peer.name: peer for peer in (*PYTHON_PEERS, *NGINX_PEERS)}


def main() -> int:
    """Give 0 if every verdict of every peer is the known one, and each that is not clean has its reason."""
    parser = argparse.ArgumentParser(prog="python -m tests.peers", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*PEERS, []], metavar="NAME", help=", ".join(PEERS))
    parser.add_argument("--write", action="store_true", help="keep the verdicts of this run, and write docs/peers.md")
    parser.add_argument("--processes", type=int, default=0, metavar="N", help="run the checks by N processes")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, _end)
    found, red = [], False
    for name in options.names or PEERS:
        try:
            one = run_at(PEERS[name], options.processes)
        except (PeerFailed, OSError, subprocess.SubprocessError) as error:
            print(f"{name}: {error}", flush=True)
            red = True
            continue
        found.append(one)
        red = _judged(one, write=options.write) or red
    if options.write and not options.names:
        PAGE.write_text(as_markdown(found, {one.peer.name: Fingerprint.kept(one.peer.name) for one in found}), "utf-8")
        print(f"written: {PAGE}")
    print("red: see above" if red else f"green: {len(found)} peers are as they are known to be")
    return int(red)


def _judged(one: Found, *, write: bool) -> bool:
    known = Fingerprint.kept(one.peer.name)
    if write:
        known = known.taking(one.verdicts)
        known.write()
    problems = known.differences(one.verdicts) + known.faults_of_its_own()
    counted = ", ".join(f"{sum(each == verdict for each in one.verdicts.values())} {verdict}" for verdict in COUNTED)
    print(f"{one.peer.name} {one.version}: {counted}; exit code {one.exit_code}; {one.seconds:.0f} s", flush=True)
    for problem in problems:
        print(f"  {problem}", flush=True)
    return bool(problems)


def _end(_number: int, _frame: FrameType | None) -> None:
    sys.exit(143)


if __name__ == "__main__":
    sys.exit(main())
