"""The verb `nightly`: finds versions, runs the suite over each that is new, and tells what changed."""

from __future__ import annotations

import argparse
import os
import ssl
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path

from artifactory_conformance.containers.registry import Registry, RegistryUnusable, place_of
from artifactory_conformance.containers.releases import releases_of, to_judge
from artifactory_conformance.containers.versions import verify_beside
from artifactory_conformance.evidence import Credentials
from artifactory_conformance.nightly.history import History, HistoryUnreadable, Subject
from artifactory_conformance.nightly.night import INTERRUPTED, Night, judge
from artifactory_conformance.nightly.page import MEANING, as_markdown
from artifactory_conformance.settings import MalformedSettings, refuse_credentials

IMAGES = "releases-docker.jfrog.io/jfrog/artifactory-{edition}"
"""Where JFrog publishes its images (admin 2.1)."""

LICENSED, FREE = "pro", "oss"
EDITIONS = (LICENSED, FREE)

MODES: Mapping[str, tuple[str, ...]] = {
    "derby": ("--artifactory-image={image}", "--artifactory-version={version}"),
    "postgresql": ("--artifactory-image={image}:{version}", "--artifactory-database=postgresql"),
}
"""How an Artifactory is started: single containers with its embedded database, or by compose with another."""

USER, PASSWORD = "REGISTRY_USER", "REGISTRY_PASS"
_LICENCES = ("ARTIFACTORY_LICENSE", "CONFORMANCE_LICENSE_FILE")
_OF_THE_NIGHT = (USER, PASSWORD, "CONFORMANCE_CA_BUNDLE", "CONFORMANCE_ARTIFACTORY_VERSION", "CONFORMANCE_TARGET")
"""Variables that no run gets: what is the registry's, and what a night decides itself."""

_DECIDED = ("--target", "--artifactory-image", "--artifactory-version", "--artifactory-database")

Run = Callable[[Sequence[str], Mapping[str, str]], int]


def main(arguments: Sequence[str], environment: Mapping[str, str] = os.environ, run: Run = verify_beside) -> int:
    """Run a night and give its exit code; 4 for what cannot be meant, before anything is asked.

    run: runs `verify` with arguments and an environment, and gives its exit code.
    """
    try:
        refuse_credentials(arguments)
    except MalformedSettings as error:
        print(f"ERROR: {error}", file=sys.stderr)
        return 4
    parser = _parser()
    try:
        options, others = parser.parse_known_args(list(arguments))
    except SystemExit as error:  # argparse has said why
        return 4 if error.code else 0
    if problem := _problem(options, others, environment):
        print(f"ERROR: {problem}", file=sys.stderr)
        return 4
    try:
        return _night(options, others, environment, run)
    except HistoryUnreadable as error:
        print(f"ERROR: {error}", file=sys.stderr)
        return 4
    except KeyboardInterrupt:
        print("conformance: interrupted", file=sys.stderr)
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m artifactory_conformance nightly",
        description="Run the suite over versions of Artifactory in containers that are new since the last time: the "
        "newest patch of the three newest lines and of the oldest supported one. Options of verify are passed on.",
        epilog=f"Exit code: 0 nothing new, 1 something is newly nonconformant, 6 something was not shown. A registry "
        f"that wants an account takes {USER} and {PASSWORD} of the environment; a licence is ARTIFACTORY_LICENSE.",
        allow_abbrev=False,
    )
    parser.add_argument("--history", type=Path, required=True, metavar="DIR", help="results of earlier nights")
    parser.add_argument("--all", action="store_true", help="also what the history has results of")
    parser.add_argument("--images", default=IMAGES, metavar="IMAGE", help=f"{{edition}} in it is replaced; {IMAGES}")
    parser.add_argument(
        "--edition",
        action="append",
        choices=EDITIONS,
        help=f"what to judge (repeatable): {FREE}, and with a licence {LICENSED}, unless told",
    )
    parser.add_argument("--mode", action="append", choices=MODES, help="its database (repeatable): derby unless told")
    parser.add_argument(
        "--ca-bundle", type=Path, metavar="FILE", help="authorities (PEM) that the registry is trusted by"
    )
    parser.add_argument("--reports", type=Path, default=Path("reports/nightly"), metavar="DIR", help="reports/nightly")
    return parser


def _problem(options: argparse.Namespace, others: Sequence[str], environment: Mapping[str, str]) -> str:
    decided = [other for other in others if other.partition("=")[0] in _DECIDED]
    if decided:
        return f"{decided[0]}: is what a night decides itself; --images, --edition and --mode tell it how"
    if LICENSED in (options.edition or ()) and not _licensed(environment):
        return f"--edition {LICENSED}: needs a licence, in ARTIFACTORY_LICENSE"
    if bool(environment.get(USER)) != bool(environment.get(PASSWORD)):
        return f"{USER} and {PASSWORD} go together: set both, or none"
    if options.ca_bundle is not None:
        try:
            ssl.create_default_context(cafile=str(options.ca_bundle))
        except (OSError, ValueError):
            return f"--ca-bundle {str(options.ca_bundle)!r}: is not a file of certificates in PEM that can be read"
    for folder in (options.history, options.reports):
        if folder.exists() and not folder.is_dir():
            return f"{folder}: is not a folder"
    return ""


def _licensed(environment: Mapping[str, str]) -> bool:
    return any(environment.get(name) for name in _LICENCES)


def _night(options: argparse.Namespace, others: Sequence[str], environment: Mapping[str, str], run: Run) -> int:
    history, night = History(options.history), Night()
    for subject in history.subjects():
        history.read(subject)  # what cannot be read is told before hours were spent
    subjects = list(_subjects(options, environment, history, night))

    def run_one(subject: Subject, reports: Path) -> int:
        named = {"image": _image(options.images, subject.edition), "version": subject.version}
        own = [argument.format(**named) for argument in MODES[subject.mode]]
        left_out = {*_OF_THE_NIGHT, *(_LICENCES if subject.edition != LICENSED else ())}
        kept = {name: value for name, value in environment.items() if name not in left_out}
        return run(["--target=container", *own, f"--reports={reports}", *others], kept)

    judge(subjects, history, options.reports, run_one, night)
    if not subjects and not night.problems:
        night.notes.append("every version that is to be judged has been: nothing was run")
    page = options.reports / "changes.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(as_markdown(night), encoding="utf-8")
    for line in (*night.problems, *night.notes):
        print(f"conformance: {line}", flush=True)
    print(f"conformance: {MEANING[night.exit_code]}: {page}", flush=True)
    return night.exit_code


def _subjects(
    options: argparse.Namespace, environment: Mapping[str, str], history: History, night: Night
) -> list[Subject]:
    """Give what is to be judged and has no results yet, by edition, the oldest version first."""
    editions = options.edition or [edition for edition in EDITIONS if edition != LICENSED or _licensed(environment)]
    if LICENSED not in editions and not options.edition:
        night.notes.append(f"{LICENSED}: there is no licence in ARTIFACTORY_LICENSE, so PyPI is not shown")
    credentials = Credentials(environment.get(USER, ""), environment.get(PASSWORD, ""))
    done = set() if options.all else set(history.subjects())
    found = []
    for edition in dict.fromkeys(editions):
        try:
            base, name = place_of(_image(options.images, edition))
            tags = Registry(base, credentials=credentials, ca_bundle=options.ca_bundle).tags(name)
        except RegistryUnusable as error:
            night.problems.append(f"{edition}: {error}")
            continue
        if not releases_of(tags):
            night.problems.append(f"{edition}: no release of Artifactory 7 is among {len(tags)} tags of {base}/{name}")
        for version in to_judge(tags, datetime.now(timezone.utc).date()):
            found += [Subject(version, edition, mode) for mode in dict.fromkeys(options.mode or ["derby"])]
    return [subject for subject in found if subject not in done]


def _image(images: str, edition: str) -> str:
    return images.replace("{edition}", edition)
