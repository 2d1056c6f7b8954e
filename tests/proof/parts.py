"""The trials, part by part."""

from __future__ import annotations

import hashlib
import random
import subprocess
from collections.abc import Callable, Mapping
from functools import cache

from artifactory_conformance.reference.profiles import PROFILES, Edition
from tests.proof.covering import covering_beside, covering_set
from tests.proof.runs import ROOT, Trial

SEEDS = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89)
TWO, THREE = ("-n", "2"), ("-n", "3")
"""Processes of a run; on two cores a third one fills the time in which the others wait."""
OLDEST, NEWEST = "7.84-pro", "7.161-pro"
"""The profiles whose open questions are answered in all ways, pair by pair."""

JUDGED = ("src", "suites", "fixtures", "conftest.py", "pyproject.toml", "requirements/check.txt")
"""What a run's outcome depends on."""

PLAIN = Trial("as collected", ())


def orders() -> list[Trial]:
    """Recorded random orders, one process and two in turn."""
    return [
        Trial(
            f"seed {seed}",
            ("-p", "pytest_randomly", f"--randomly-seed={seed}", *(TWO if number % 2 else ())),
            like=PLAIN.name,
        )
        for number, seed in enumerate(SEEDS)
    ]


def folders() -> list[Trial]:
    """Every folder of checks alone; its floor is not met, so it ends with 6."""
    names = sorted(path.name for path in (ROOT / "suites").iterdir() if any(path.glob("test_*.py")))
    return [Trial(f"suites/{name} alone", (f"suites/{name}",), PLAIN.name, 6, f"{name}.") for name in names]


def given_instance() -> list[Trial]:
    """The same model, given as an instance."""
    return [Trial("the same model as --target instance", THREE, like=PLAIN.name, given=True)]


def profiles() -> list[Trial]:
    """Every version and edition that the model plays."""
    return [
        Trial(f"profile {name}", ("--model-profile", name, *THREE), code=6 if profile.edition is Edition.OSS else 0)
        for name, profile in PROFILES.items()
    ]


def https() -> list[Trial]:
    """The embedded services behind https, with an authority for the run."""
    return [Trial(f"https, profile {name}", ("--tls", "--model-profile", name, *THREE)) for name in (OLDEST, NEWEST)]


@cache
def answers() -> Mapping[str, list[dict[str, str]]]:
    """Give the sets of answers by profile: in the newest all its pairs, in the oldest what is open there alone."""
    newest, oldest = PROFILES[NEWEST].open_questions(), PROFILES[OLDEST].open_questions()
    settled_since = {name: values for name, values in oldest.items() if name not in newest}
    in_both = {name: values for name, values in oldest.items() if name in newest}
    return {NEWEST: covering_set(newest), OLDEST: covering_beside(settled_since, in_both)}


def as_options(profile: str, row: Mapping[str, str]) -> tuple[str, ...]:
    """Give a set of answers to a profile's open questions as a run is given it."""
    return (
        "--model-profile",
        profile,
        *(part for question in sorted(row.items()) for part in ("--model-switch", "=".join(question))),
    )


def switches(sample: int = 0, *, tls: bool = False) -> list[Trial]:
    """The suite under sets of answers to the open questions; the given number of them, or all.

    Which ones a sample has depends on what is judged alone. tls: over https.
    """
    every = [(name, number, row) for name, rows in answers().items() for number, row in enumerate(rows, 1)]
    chosen = sorted(random.Random(judged()).sample(every, sample), key=every.index) if sample else every  # noqa: S311
    found = []
    for name, number, row in chosen:
        about = f"{name}, answers {number} of {len(answers()[name])}{', https' if tls else ''}"
        found.append(Trial(about, (*as_options(name, row), *THREE, *(("--tls",) if tls else ()))))
    return found


PARTS: dict[str, Callable[[], list[Trial]]] = {
    "orders": orders,
    "folders": folders,
    "instance": given_instance,
    "profiles": profiles,
    "https": https,
    "switches": switches,
}


def commit() -> str:
    """Name the commit that is checked out; with `-dirty` if files differ from it."""
    return _git("describe", "--always", "--dirty", "--exclude=*")


def judged() -> str:
    """Name the committed state of everything that a run's outcome depends on; empty if files differ from it."""
    if _git("status", "--porcelain", "--", *JUDGED):
        return ""
    return hashlib.sha256(_git("ls-tree", "HEAD", "--", *JUDGED).encode()).hexdigest()


def _git(*arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    ).stdout.strip()
