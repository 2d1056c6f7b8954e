"""The verb `first-contact`: the suite at a real Artifactory, and where that differs from the model."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from artifactory_conformance.containers.versions import verify_beside, versions_of
from artifactory_conformance.first_contact.differences import Comparison, Results, compare, explain
from artifactory_conformance.first_contact.har import as_har
from artifactory_conformance.first_contact.page import as_data, as_markdown
from artifactory_conformance.first_contact.standing import profile_for
from artifactory_conformance.reference.profiles import PROFILES, Profile
from artifactory_conformance.settings import TABLE, MalformedSettings, parser_of_options, refuse_credentials

CONTEXT = "/artifactory"
"""Where Artifactory lives, unless a proxy maps it elsewhere."""

REPORTS = Path("reports/first-contact")

Run = Callable[[Sequence[str], Mapping[str, str]], int]


class NothingCame(Exception):
    """A run of the suite left no results. The message is one line."""


def main(
    arguments: Sequence[str],
    root: Path,
    environment: Mapping[str, str] = os.environ,
    run: Run = verify_beside,
) -> int:
    """Run it, and give the exit code of the run at the real one; 4 for what cannot be meant.

    root: the folder with `suites`. run: runs `verify` with arguments and an environment, and gives its exit code.
    """
    parser = _parser()
    try:
        refuse_credentials(arguments)
        own, others = parser.parse_known_args(list(arguments))
    except MalformedSettings as error:
        print(f"ERROR: {error}", file=sys.stderr)
        return 4
    except SystemExit as error:  # argparse has said why
        return 4 if error.code else 0
    if len(versions_of(others, environment)[0]) > 1:
        print("ERROR: --artifactory-version: one version at a time; each may differ elsewhere", file=sys.stderr)
        return 4
    try:
        return _contact(own, others, root, environment, run)
    except NothingCame as error:
        print(f"ERROR: {error}", file=sys.stderr)
        return 6
    except KeyboardInterrupt:
        print("conformance: interrupted", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m artifactory_conformance first-contact",
        description="Run the suite at a real Artifactory and on the model of its version, and tell where they differ, "
        "by check, fact and switch. Everything else on the command line is verify's.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--profile", choices=PROFILES, help="of the model that is compared; that of the real one's version unless told"
    )
    parser.add_argument("--reports", type=Path, default=REPORTS, metavar="DIR", help=str(REPORTS))
    parser.add_argument(
        "--no-search", action="store_true", help="only compare: do not look for the switches that explain differences"
    )
    parser.add_argument(
        "--search-all", action="store_true", help="also among switches about other facts: a hundred short runs more"
    )
    return parser


def _contact(
    own: argparse.Namespace, others: Sequence[str], root: Path, environment: Mapping[str, str], run: Run
) -> int:
    there = own.reports / "real"
    code, real = _run(run, others, there, environment)
    if real is None:
        if code in {2, 4}:  # said why already
            return code
        raise NothingCame(f"the run at the real one ended with {code} and left no results in {there}")
    profile = _profile(own, real)
    archive = as_har(_evidence(there))
    archive["log"]["comment"] = json.dumps(_about(real, profile, archive))
    _write(own.reports / "exchanges.har", json.dumps(archive, indent=1))
    if code == 2:
        return code
    embedded, of_pytest = _played(others, real, profile)
    without = {setting.environment for setting in TABLE}
    kept = {name: value for name, value in environment.items() if name not in without}

    def play(switches: Mapping[str, str], checks: Sequence[str], folder: str = "switch") -> Results:
        given = [f"--model-switch={name}={value}" for name, value in switches.items()]
        asked = [*embedded, *given, *(["-q", *places_of(checks, root)] if checks else of_pytest)]
        ended, results = _run(run, asked, own.reports / folder, kept)
        if ended == 2:
            raise KeyboardInterrupt
        if results is None:
            raise NothingCame(f"the model ended with {ended} and left no results in {own.reports / folder}")
        return results

    comparison = compare(real, play({}, (), "model"))
    if not own.no_search:
        tell = partial(print, "conformance:", flush=True)
        explain(comparison, profile, play, tell, thorough=own.search_all)
    _tell(own.reports, comparison, str(real["about"]), profile)
    return code


def _played(others: Sequence[str], real: Results, profile: Profile) -> tuple[list[str], list[str]]:
    """Give how the model is run, and what pytest was given: none of the real one's settings is among it."""
    _, of_pytest = parser_of_options(add_help=False).parse_known_args(list(others))
    usual = ["--target=embedded", f"--config={os.devnull}", f"--model-profile={profile.name}"]
    return [*usual, f"--level={real['level']}"], of_pytest


def _run(
    run: Run, arguments: Sequence[str], reports: Path, environment: Mapping[str, str]
) -> tuple[int, dict[str, Any] | None]:
    written = reports / "results.json"
    written.unlink(missing_ok=True)
    code = run([*arguments, f"--reports={reports}"], environment)
    return code, json.loads(written.read_text("utf-8")) if written.exists() else None


def _profile(own: argparse.Namespace, real: Results) -> Profile:
    """The profile that is asked for, or that a model plays, or that stands for the real one's version and edition."""
    target = real["target"]
    name = own.profile or target["profile"]
    if name in PROFILES:
        return PROFILES[name]
    free = "free" in str(target["edition"])
    return profile_for(str(target["version"] or ""), serves_pypi=not free)


def _about(real: Results, profile: Profile, archive: Mapping[str, Any]) -> dict[str, Any]:
    """What the archive says of itself: docs/first-contact.md tells how to replay it."""
    asked = (entry["request"]["url"] for entry in archive["log"]["entries"] if entry["_party"] == "target")
    base = next((url.partition(f"{CONTEXT}/")[0] + CONTEXT for url in asked if f"{CONTEXT}/" in url), "")
    return {"about": real["about"], "base": base, "version": real["target"]["version"], "profile": profile.name}


def places_of(checks: Sequence[str], root: Path) -> Iterator[str]:
    """Give where checks stand, as pytest takes it: the function, or the folder where it cannot be found."""
    for function in dict.fromkeys(check.partition("[")[0] for check in checks):
        folder, _, name = function.partition(".")
        files = sorted((root / "suites" / folder).glob("*.py"))
        head = re.compile(rf"^(?:async )?def test_{re.escape(name)}\(", re.MULTILINE)
        found = next((file for file in files if head.search(file.read_text("utf-8"))), None)
        yield f"{found.relative_to(root)}::test_{name}" if found else f"suites/{folder}"


def _evidence(reports: Path) -> Iterator[dict[str, Any]]:
    with (reports / "evidence.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _tell(reports: Path, comparison: Comparison, about: str, profile: Profile) -> None:
    _write(reports / "differences.json", json.dumps(as_data(comparison, about, profile), indent=1) + "\n")
    _write(reports / "differences.md", as_markdown(comparison, about, profile))
    found = len(comparison.differences)
    print(f"conformance: {found} differences from the model: {reports / 'differences.md'}", flush=True)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
