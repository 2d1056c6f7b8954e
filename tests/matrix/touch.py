"""A pytest plugin: while each check runs, which defects could change what it sees (`-p tests.matrix.touch`).

The model runs with all defects installed and none in force. What it notes is written to `touched-<process>.json` in the
reports folder, by node id; under the empty one stands what setting the site up has touched.
"""

from __future__ import annotations

import json
from collections.abc import Generator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from artifactory_conformance.plugin.run import RunState
from artifactory_conformance.targets import model
from artifactory_conformance.targets.service import Service


class TryingService(Service):
    """A service with the option that tries all defects."""

    def __init__(self, module: str, *arguments: str, **more: Any) -> None:
        super().__init__(module, *arguments, "--try-all-defects", **more)


model.Service = TryingService  # type: ignore[attr-defined]
FOUND: dict[str, list[str]] = {}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    FOUND.setdefault("", _touched(item.config))
    try:
        return (yield)
    finally:
        FOUND[item.nodeid.partition("[")[0]] = sorted(
            {*FOUND.get(item.nodeid.partition("[")[0], ()), *_touched(item.config)}
        )


def pytest_sessionfinish(session: pytest.Session) -> None:
    state = session.config.stash.get(RunState.key, None)
    if state is not None and FOUND:
        file = state.settings.reports / f"touched-{state.process}.json"
        file.write_text(json.dumps(FOUND), encoding="utf-8")


def _touched(config: pytest.Config) -> list[str]:
    state = config.stash[RunState.key]
    parts = urlsplit(state.target.base)
    trusted = str(state.connections.ca_bundle) if parts.scheme == "https" else True
    answer = requests.get(f"{parts.scheme}://{parts.netloc}/_control/touched", timeout=30, verify=trusted)
    answer.raise_for_status()
    return list(answer.json())
