"""docs/clients.md: what each client asked, as tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from artifactory_conformance.clients.machine_configuration import NO_INDEX
from tests.every_client.drivers import Way

Seen = Mapping[str, Any]

_PIPS_OWN = "pip's default index"
_PASSING = (
    (r"port=\d+", "port=…"),
    (r"client-\w+", "client"),
    (r"\S*-constraints\.txt", "constraints.txt"),
    (r"\d\.\d+ ?s\b", "… s"),
)

_HEAD = """\
# What clients ask

Seen by `make clients ARGS="--write docs/clients.md"` on {when}, commit {commit}, Python {python}, at the embedded
target (reference model {profile}), through a proxy that wrote down every request. It is about clients: what they ask of
any instance, and what they make of its answers. Each installs `example` 1.0 and `base` 2.0, which that requires.

"""
_OLDEST = """\
The oldest supported versions are pip 23.0.1, which Python 3.10 and Debian 12 bring along, and whose installation report
is the first in its lasting form; uv 0.4.24, the first that takes the credentials of a named index from variables, and
among the first that know `UV_DEFAULT_INDEX`; poetry 1.8.0, the first that knows projects that are no packages. The
newest are those that `requirements/clients-newest.txt` locks.

"""
_WAYS = """\
## By which way a client comes to the instance

Requests to the instance, and in brackets how many of them were answered by 401 because they came without credentials.
Behind them whom it asks beside or instead of the instance; nobody answers there. At pip's default index virtualenv,
which pipenv uses, looks for a newer pip: that is public PyPI, unless pip's configuration names another one. An empty
field: the client has no such thing.

"""
_ASKS = """\
## What one install asks

Method, what for, status; how often each.

"""
_FAULTS = """\
## What a client makes of a wrong answer

The proxy answers in the instance's place, always. How often the client asked for such a thing, how it ended, and the
first and the last line of its complaint. Where it is about metadata, pages advertise them and they are not there.
pip-sync runs pip, and is told one retry as pip is.

"""
_REDIRECTS = """\
## What follows a redirect to another host

Downloads are redirected to a host of another name. Whether that host gets the user's name and password, by how the
client has them.

"""
_UPLOADS = """\
## Uploads

"""


def as_markdown(sets: Mapping[str, Seen], *, when: str, commit: str, profile: str) -> str:
    """Make the page of what was seen, set by set."""
    clients = [{**one, "set": name} for name, seen in sets.items() for one in seen["clients"]]
    clients.sort(key=lambda one: (_ORDER.index(one["client"]), one["set"] != "oldest"))
    python = next(iter(sets.values()))["python"]
    installs = [one for one in clients if one["client"] != "twine"]
    uploads = [one for one in clients if one["client"] == "twine"]
    return (
        "".join(
            (
                _HEAD.format(when=when, commit=commit, python=python, profile=profile),
                _OLDEST,
                _WAYS,
                _ways([one for one in installs if "ways" in one]),
                _ASKS,
                _asks(clients),
                _FAULTS,
                "".join(_faults(one) for one in installs if "faults" in one),
                _REDIRECTS,
                _redirects([one for one in installs if "redirects" in one]),
                *((_UPLOADS, *(_faults(one) for one in uploads)) if uploads else ()),
            )
        ).rstrip("\n")
        + "\n"
    )


_ORDER = ("pip", "pip-compile", "pip-sync", "uv", "poetry", "pdm", "pipenv", "twine")


def _name(one: Seen) -> str:
    return f"{one['client']} {one['version']}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines) + "\n"


def _ways(clients: Sequence[Seen]) -> str:
    rows = []
    for way in Way:
        found = [next((one for one in client["ways"] if one["way"] == way.value), None) for client in clients]
        rows.append([way.value, *(_way(one) for one in found)])
    return _table(["way", *map(_name, clients)], rows)


def _way(one: Seen | None) -> str:
    if one is None:
        return ""
    refused = f" ({one['refused']})" if one["refused"] else ""
    others = [_PIPS_OWN if NO_INDEX.startswith(f"https://{host}/") else host for host in one["elsewhere"]]
    also = f", asks {', '.join(others)}" if others else ""
    if one["ok"]:
        return f"installs: {one['requests']}{refused}{also}"
    return f"no: {one['requests']}{refused}{also}"


def _asks(clients: Sequence[Seen]) -> str:
    rows = []
    for one in clients:
        seen = one["install"]
        asked = ", ".join(f"{what} x {number}" if number > 1 else what for what, number in seen["asked"].items())
        accepts = {kind: _headers(found[0]) for kind, found in seen["headers"].items() if found and kind != "metadata"}
        agents = [found[0].get("user-agent", "") for found in seen["headers"].values() if found]
        agent = agents[0].partition(" ")[0] if agents else ""
        total = sum(seen["asked"].values())
        shown = "; ".join(f"{kind} {value}" for kind, value in accepts.items())
        rows.append([_name(one), str(total), asked, shown, f"`{agent}`"])
    return _table(
        ["client", "requests", "which", "Accept and others, of the first request", "User-Agent begins with"], rows
    )


def _steady(text: str) -> str:
    """A complaint without what differs from run to run, fit to stand between backticks."""
    for what, instead in _PASSING:
        text = re.sub(what, instead, text)
    return text.replace("`", "'")


def _headers(found: Mapping[str, str]) -> str:
    """What the first request for something has as headers, but for the client's name."""
    named = {"accept": "", "accept-encoding": "encoding ", "range": "range ", "cache-control": "cache-control "}
    return ", ".join(f"{word}`{found[name]}`" for name, word in named.items() if name in found)


def _faults(one: Seen) -> str:
    rows = []
    for fault in one["faults"]:
        if not fault["met"]:
            ends = "never asks for it, succeeds" if fault["ok"] else "never asks for it, fails"
        else:
            ends = "succeeds" if fault["ok"] else "fails"
        says = _steady(fault["says"])
        rows.append([fault["fault"], str(fault["met"]), ends, f"`{says}`" if says else ""])
    return f"### {_name(one)}\n\n" + _table(["answer", "asked", "the client", "says"], rows)


def _redirects(clients: Sequence[Seen]) -> str:
    rows = []
    for one in clients:
        for found in one["redirects"]:
            to_it = "yes" if found["sent"] else "no"
            ends = "succeeds" if found["ok"] else "fails"
            rows.append([_name(one), found["way"], to_it if found["met"] else "is not asked", ends])
    return _table(["client", "credentials", "the other host gets them", "the client"], rows)
