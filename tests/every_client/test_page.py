"""The page says what was seen, of which versions, and when."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.every_client.page import as_markdown
from tests.every_client.sets import ROOT, SETS, ClientSet


def seen(version: str, *clients: dict[str, Any]) -> dict[str, Any]:
    return {"python": "3.11.7", "clients": [{"version": version, "set": "", **one} for one in clients]}


INSTALL = {
    "way": "its own",
    "ok": True,
    "asked": {"GET page 200": 2, "GET file 200": 1},
    "headers": {"page": [{"accept": "text/html", "user-agent": "pip/1 {}"}], "metadata": [], "file": [], "upload": []},
}
UV = {
    "client": "uv",
    "install": INSTALL,
    "ways": [
        {"way": "its own", "ok": True, "requests": 4, "refused": 2, "elsewhere": [], "says": ""},
        {"way": "D: PIP_INDEX_URL", "ok": False, "requests": 0, "refused": 0, "elsewhere": ["pypi.org"], "says": "no"},
    ],
    "faults": [
        {"fault": "page: 404", "met": 1, "ok": False, "says": "not found: a|b"},
        {"fault": "metadata: 404", "met": 0, "ok": True, "says": ""},
    ],
    "redirects": [{"way": "netrc, default", "ok": True, "met": 1, "sent": True}],
}
TWINE = {
    "client": "twine",
    "install": INSTALL,
    "faults": [{"fault": "upload: 401", "met": 1, "ok": False, "says": "x"}],
}


def page() -> str:
    sets = {"newest": seen("2", UV, TWINE), "oldest": seen("1", UV)}
    return as_markdown(sets, when="2026-01-02", commit="abc1234", profile="7.161-pro")


def test_it_says_when_and_of_what_it_is() -> None:
    head = " ".join(page().split("##")[0].split())
    assert "2026-01-02, commit abc1234, Python 3.11.7" in head
    assert "reference model 7.161-pro" in head


def test_the_oldest_stands_before_the_newest_of_its_name() -> None:
    assert "| way | uv 1 | uv 2 |" in page()
    assert page().index("### uv 1") < page().index("### uv 2") < page().index("### twine 2")


def test_a_row_says_what_came_of_it() -> None:
    lines = page().splitlines()
    assert "| its own | installs: 4 (2) | installs: 4 (2) |" in lines
    assert "| D: PIP_INDEX_URL | no: 0, asks pypi.org | no: 0, asks pypi.org |" in lines
    assert "| page: 404 | 1 | fails | `not found: a\\|b` |" in lines
    assert "| metadata: 404 | 0 | never asks for it, succeeds |  |" in lines
    assert "| uv 1 | netrc, default | yes | succeeds |" in lines
    assert "| uv 1 | 3 | GET page 200 x 2, GET file 200 | page `text/html` | `pip/1` |" in lines


@pytest.mark.parametrize("clients", SETS, ids=lambda clients: clients.name)
def test_the_page_in_docs_is_of_the_locked_versions(clients: ClientSet) -> None:
    lock = (ROOT / "requirements" / f"clients-{clients.name}.txt").read_text("utf-8")
    locked = dict(re.findall(r"^(\S+)==(\S+)", lock, re.M))
    text = (ROOT / "docs" / "clients.md").read_text("utf-8")
    for name in clients.asks:
        version = locked["pip-tools" if name in {"pip-compile", "pip-sync"} else name]
        assert f"| {name} {version} |" in text, 'make clients ARGS="--write docs/clients.md"'
