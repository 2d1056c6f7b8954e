"""Runs the suite in recorded random orders and in parts, on one process and two, and against a given instance.

`make prove` calls it: every run must give the verdicts of the plain one, check by check. The result goes to
docs/proved.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from artifactory_conformance.targets.service import Service

ROOT = Path(__file__).parents[1]
SEEDS = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89)
RUN_SECONDS = 900


@dataclass(frozen=True)
class Run:
    """One run of the suite: how it was called, what came out."""

    name: str
    exit_code: int
    seconds: float
    verdicts: dict[str, str]

    def differences(self, other: Run) -> list[str]:
        """Name the checks on which two runs do not agree."""
        names = sorted(self.verdicts.keys() | other.verdicts.keys())
        return [
            f"{name}: {self.verdicts.get(name)} / {other.verdicts.get(name)}"
            for name in names
            if self.verdicts.get(name) != other.verdicts.get(name)
        ]


def run(name: str, *arguments: str, environment: dict[str, str] | None = None) -> Run:
    """Run the suite once in a folder of its own and read its results."""
    reports = ROOT / "reports" / "prove" / name
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "artifactory_conformance", "verify", f"--reports={reports}", "-q", *arguments],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        timeout=RUN_SECONDS,
        check=False,
    )
    seconds = time.monotonic() - started
    checks = json.loads((reports / "results.json").read_text("utf-8"))["checks"]
    return Run(name, done.returncode, seconds, {check["id"]: check["verdict"] for check in checks})


def run_as_instance(profile: str) -> Run:
    """Run everything against a model and a catalog that were started by somebody else; time passes as it does."""
    with tempfile.TemporaryDirectory() as folder:
        catalog = Service("artifactory_conformance.upstream", cwd=Path(folder))
        model = Service("artifactory_conformance.reference", "--profile", profile, cwd=Path(folder))
        try:
            return run(
                "instance",
                *("--target", "instance", "--artifactory-url", model.url, "--level", "mutate", "--set-up-site"),
                *("--catalog-control", catalog.url, "-n", "2"),
                environment={"ARTIFACTORY_ADMIN_USER": "admin", "ARTIFACTORY_ADMIN_PASS": "password"},
            )
        finally:
            model.stop()
            catalog.stop()


def main() -> int:
    """Run all orders; 0 if every one agrees with the plain run and ends like it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=len(SEEDS), help="how many of the recorded seeds")
    parser.add_argument("--profile", default="7.84-pro")
    parser.add_argument("--write", type=Path, help="page that the result goes to")
    given = parser.parse_args()
    model = f"--model-profile={given.profile}"
    plain = run("plain", model)
    lines, agreed = [_line("as collected", (), plain, [])], plain.exit_code == 0
    for number, seed in enumerate(SEEDS[: given.seeds]):
        split = ("-n", "2") if number % 2 else ()
        found = run(f"seed-{seed}", model, "-p", "pytest_randomly", f"--randomly-seed={seed}", *split)
        differences = plain.differences(found)
        agreed = agreed and not differences and found.exit_code == plain.exit_code
        lines.append(_line(f"seed {seed}", split, found, differences))
        print(lines[-1], flush=True)
    for folder in sorted(path.name for path in (ROOT / "suites").iterdir() if (path / "__init__.py").is_file()):
        found = run(f"only-{folder}", model, f"suites/{folder}")
        part = Run("part", plain.exit_code, 0, {n: v for n, v in plain.verdicts.items() if n.startswith(f"{folder}.")})
        differences = part.differences(found)
        agreed = agreed and not differences
        lines.append(_line(f"suites/{folder} alone", (), found, differences))
        print(lines[-1], flush=True)
    found = run_as_instance(given.profile)
    differences = plain.differences(found)
    agreed = agreed and not differences and found.exit_code == plain.exit_code
    lines.append(_line("the same model as --target instance", ("-n", "2"), found, differences))
    print(lines[-1], flush=True)
    if given.write:
        given.write.write_text(_page(plain, lines, agreed, given.profile), encoding="utf-8")
    return 0 if agreed else 1


def _line(order: str, split: tuple[str, ...], found: Run, differences: list[str]) -> str:
    same = "; ".join(differences) or "same"
    return f"| {order} | {' '.join(split) or 'serial'} | {found.exit_code} | {found.seconds:.0f} | {same} |"


def _page(plain: Run, lines: list[str], agreed: bool, profile: str) -> str:
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    ).stdout.strip()
    when = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    verdicts = sorted(set(plain.verdicts.values()))
    counted = ", ".join(f"{list(plain.verdicts.values()).count(verdict)} {verdict}" for verdict in verdicts)
    return (
        "# Any part, any order, one process or two: the same verdicts\n\n"
        f"`make prove` on {when}, commit {commit}, profile {profile}, two cores: "
        f"{len(plain.verdicts)} checks ({counted}); the orders {'agree' if agreed else 'DO NOT AGREE'}.\n\n"
        "| order | processes | exit code | seconds | verdicts |\n|---|---|---|---|---|\n" + "\n".join(lines) + "\n"
    )


if __name__ == "__main__":
    sys.exit(main())
