"""A checkout of its own to run mutants in: what is under test is changed there, and nowhere else."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.mutant import Mutant, file_of
from tests.proof.runs import REPORTS, ROOT, results_in

SECONDS = 300
"""How long one run may take."""
TOO_LONG = 124
_COPIED = ("src", "suites", "fixtures", "tests", "conftest.py", "pyproject.toml", "README.md", "LICENSE")


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit code and reason, and verdict and seconds by check."""

    code: int
    why: str
    verdicts: Mapping[str, str]
    seconds: Mapping[str, float]


class Slot:
    """A copy of the suite with an environment of its own: our packages, and its own sources."""

    def __init__(self, name: str) -> None:
        self.folder = REPORTS / f"mutants-{name}"
        shutil.rmtree(self.folder, ignore_errors=True)
        for part in _COPIED:
            source, target = ROOT / part, self.folder / part
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy2(source, target)
        venv.create(self.folder / ".venv")
        self._python = self.folder / ".venv" / "bin" / "python"
        paths = {name: sysconfig.get_path("purelib", vars={"base": str(base)}) for name, base in self._bases().items()}
        lines = [str(self.folder / "src"), paths["ours"]]
        (Path(paths["own"]) / "slot.pth").write_text("\n".join(lines) + "\n", encoding="utf-8")
        for client in Path(sys.executable).parent.iterdir():
            link = self._python.parent / client.name
            if not link.exists() and not client.name.startswith("python"):
                link.symlink_to(client)

    def _bases(self) -> dict[str, Path]:
        return {"own": self.folder / ".venv", "ours": Path(sys.prefix)}

    @contextlib.contextmanager
    def holding(self, mutant: Mutant) -> Iterator[None]:
        """Have a mutant in place of what is sound."""
        file = file_of(mutant, self.folder)
        sound = file.read_bytes()
        file.write_text(mutant.code, encoding="utf-8")
        try:
            yield
        finally:
            file.write_bytes(sound)

    def verify(self, arguments: Iterable[str]) -> Ended:
        """Run the suite of this copy."""
        reports = self.folder / "reports"
        shutil.rmtree(reports, ignore_errors=True)
        command = [str(self._python), "-m", "artifactory_conformance", "verify", f"--reports={reports}", *arguments]
        try:
            done = subprocess.run(
                command, cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return Ended(TOO_LONG, f"took longer than {SECONDS} s", {}, {})
        results = results_in(reports)
        checks = results["checks"]
        return Ended(
            done.returncode,
            results["why"],
            {check["id"]: check["verdict"] for check in checks},
            {check["id"]: check["seconds"] for check in checks},
        )
