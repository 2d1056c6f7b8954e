"""The verb: `python -m artifactory_conformance doctor`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from artifactory_conformance.clients.index_urls import IndexUrl
from artifactory_conformance.doctor.asking import ask
from artifactory_conformance.doctor.authorities import look_at_authorities
from artifactory_conformance.doctor.machine import Machine
from artifactory_conformance.doctor.model import Section
from artifactory_conformance.doctor.pip_here import look_at_pip
from artifactory_conformance.doctor.poetry_here import look_at_poetry
from artifactory_conformance.doctor.report import as_json, as_text
from artifactory_conformance.doctor.surroundings import look_at_home, look_at_netrc, netrc_of
from artifactory_conformance.doctor.uv_here import look_at_uv
from artifactory_conformance.settings import MalformedSettings, refuse_credentials

WELL, FINDINGS, BAD_USAGE = 0, 1, 2


def examine(machine: Machine, wanted: IndexUrl | None) -> list[Section]:
    """Look at what configures clients here; nothing is sent. wanted: the instance's index, if it is known."""
    return [
        look_at_home(machine),
        look_at_pip(machine, wanted),
        look_at_uv(machine, wanted, netrc_of(machine)),
        look_at_poetry(machine, wanted),
        look_at_netrc(machine),
        look_at_authorities(machine),
    ]


def main(arguments: Sequence[str]) -> int:
    """Print what configures clients here and what to put right; 0 without findings, 1 with, 2 for bad usage."""
    parser = _parser()
    try:
        refuse_credentials(arguments)
        given = parser.parse_args(arguments)
        wanted = _wanted(given.index_url, parser) if given.index_url is not None else None
        if given.ask and wanted is None:
            parser.error("--ask needs --index-url: it asks that host and no other")
    except MalformedSettings as error:
        print(f"ERROR: {error}", file=sys.stderr)
        return BAD_USAGE
    except SystemExit as error:  # argparse has said why
        return BAD_USAGE if error.code else WELL
    try:
        machine = Machine.this(Path.cwd(), given.python)
    except OSError as error:
        print(f"ERROR: this folder cannot be looked at: {error.strerror}; call it in another", file=sys.stderr)
        return BAD_USAGE
    sections = examine(machine, wanted)
    sent = ""
    if given.ask and wanted:
        sections.append(ask(machine, wanted))
        sent = f"{wanted.host} was asked for its certificate, and nothing else was sent"
    print((as_json if given.json else as_text)(sections, sent), end="")
    return FINDINGS if any(section.findings for section in sections) else WELL


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m artifactory_conformance doctor",
        allow_abbrev=False,
        description="Looks at what configures pip, uv and poetry on this machine, for this user, in this folder: which "
        "index they ask, and by which file or variable. It changes nothing, sends nothing, and shows no password.",
        epilog="Ends with 0 without findings, with 1 with some, with 2 for bad usage.",
    )
    parser.add_argument("--index-url", metavar="URL", help="the index that all of them are to ask; without credentials")
    parser.add_argument("--python", metavar="FILE", type=Path, help="the interpreter whose pip is used, else this one")
    parser.add_argument("--ask", action="store_true", help="shake hands with the host of --index-url, to see its trust")
    parser.add_argument("--json", action="store_true", help="print data instead of text")
    return parser


def _wanted(text: str, parser: argparse.ArgumentParser) -> IndexUrl:
    url = IndexUrl.read(text)
    if "?" in text or "#" in text:
        parser.error("--index-url must not have a query or a fragment")
    if not url.host or not url.address.startswith(("http://", "https://")) or not text.isprintable():
        parser.error("--index-url must be a http:// or https:// URL with a host")
    return url
