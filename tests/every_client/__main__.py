"""Run the suite's client checks with the oldest and with the newest clients; 0 if all is as it must be.

With --write, let them also ask an instance that answers well and badly, and write down what they asked.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

from tests.every_client.checked import check
from tests.every_client.page import Seen, as_markdown
from tests.every_client.sets import REPORTS, ROOT, SETS, ClientSet
from tests.proof.parts import commit

PROFILE = "7.161-pro"
ASKING_SECONDS = 2400


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.every_client", description=__doc__)
    parser.add_argument("--write", type=Path, help="page that what clients ask goes to")
    parser.add_argument("--only-asked", action="store_true", help="with --write: without the suite's checks")
    given = parser.parse_args()
    bad = 0
    for clients in () if given.only_asked else SETS:
        made = check(clients)
        numbers = ", ".join(f"{number} {verdict}" for verdict, number in made.verdicts.items())
        print(f"{made.name}: {numbers}, {made.seconds:.0f} s", flush=True)
        for problem in made.problems:
            print(f"    {problem}", flush=True)
        bad += bool(made.problems)
    if given.write:
        seen = {clients.name: ask(clients) for clients in SETS}
        when = datetime.now(timezone.utc).strftime("%Y-%m-%d")
        given.write.write_text(as_markdown(seen, when=when, commit=commit(), profile=PROFILE), "utf-8")
    return 1 if bad else 0


def ask(clients: ClientSet) -> Seen:
    """Let the clients of a set ask; what was seen. Raises CalledProcessError and TimeoutExpired."""
    file = REPORTS / f"asked-{clients.name}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    command = [str(clients.python), "-m", "tests.every_client.asked", *clients.asks, "--profile", PROFILE]
    subprocess.run([*command, "--write", str(file)], cwd=ROOT, check=True, timeout=ASKING_SECONDS)
    print(f"{clients.name}: asked, {time.monotonic() - started:.0f} s", flush=True)
    found: Seen = json.loads(file.read_text("utf-8"))
    return found


if __name__ == "__main__":
    sys.exit(main())
