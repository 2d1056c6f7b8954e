"""A pytest plugin: which lines of the model and the catalog each check reaches (`-p tests.mutants.reach`).

It runs in a copy of the suite whose services note the lines that they run, and tell them at an address of their own.
What a check reaches goes to `reached-<process>.json` in the reports folder, by node id; under the empty one stands what
setting up reaches. The line that a function begins on is reached by whoever calls it.
"""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from artifactory_conformance.plugin.run import RunState

ADDRESS = "/_reached"

NOTING = """

# ------------------------------------------------ added in a copy: which lines are run, told at /_reached
import sys as _sys

_reached: set[tuple[str, int]] = set()
_served = serve


def _note(frame, event, _):
    file = frame.f_code.co_filename.rpartition("artifactory_conformance/")[2]
    if not file.startswith(("reference/", "upstream/")):
        return None
    _reached.add((file, frame.f_code.co_firstlineno))

    def line(frame, event, _):
        if event == "line":
            _reached.add((file, frame.f_lineno))
        return line

    return line


def serve(app, **how):
    async def telling(scope, receive, send):
        if scope.get("path") != "/_reached":
            await app(scope, receive, send)
            return
        told = json.dumps(sorted(_reached)).encode()
        _reached.clear()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": told})

    return _served(telling, **how)


threading.settrace(_note)
_sys.settrace(_note)
"""

FOUND: dict[str, set[tuple[str, int]]] = {}


def add_noting(checkout: Path) -> None:
    """Let the services of a copy note which lines they run."""
    file = checkout / "src" / "artifactory_conformance" / "serving.py"
    file.write_text(file.read_text(encoding="utf-8") + NOTING, encoding="utf-8")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    if not FOUND:
        FOUND[""] = _reached(item.config)
    try:
        return (yield)
    finally:
        FOUND.setdefault(item.nodeid.partition("[")[0], set()).update(_reached(item.config))


def pytest_sessionfinish(session: pytest.Session) -> None:
    state = session.config.stash.get(RunState.key, None)
    if state is not None and FOUND:
        told = {node: sorted(lines) for node, lines in FOUND.items()}
        (state.settings.reports / f"reached-{state.process}.json").write_text(json.dumps(told), encoding="utf-8")


def _reached(config: pytest.Config) -> set[tuple[str, int]]:
    target = config.stash[RunState.key].target
    found: set[tuple[str, int]] = set()
    for url in (target.base, *(service.address for service in (target.catalog, target.public_index) if service)):
        parts = urlsplit(url)
        answer = requests.get(f"{parts.scheme}://{parts.netloc}{ADDRESS}", timeout=60)
        answer.raise_for_status()
        found |= {(file, line) for file, line in answer.json()}
    return found
