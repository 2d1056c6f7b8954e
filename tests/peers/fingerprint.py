"""What is known of a peer: its verdict on every check, and why each that is not clean is as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).with_name("fingerprints")

CLEAN = ("conformant", "observed", "not run", "not applicable")
BEYOND = "needs-artifactory"
"""Why most checks do not run at an index; those are not part of a fingerprint."""

HEAD = """\
# What the suite finds at {name}, check by check. `python -m tests.peers` compares a run with it, and is red where a
# verdict differs, or where one that is not clean names no reason below `reasons`: those are written by hand, after the
# answers were looked at. `python -m tests.peers {name} --write` puts in the verdicts of a run, and no reason.
"""


@dataclass(frozen=True)
class Known:
    """One verdict, with the name of its reason if it is not clean. or_else: another one that a race may give."""

    verdict: str
    because: str = ""
    or_else: str = ""

    @property
    def is_clean(self) -> bool:
        """Whether it needs no reason, whichever of the two is found."""
        return all(each.startswith(CLEAN) for each in (self.verdict, self.or_else or self.verdict))

    def allows(self, verdict: str) -> bool:
        """Tell whether a run may find this."""
        return verdict in {self.verdict, self.or_else} - {""}


@dataclass
class Fingerprint:
    """All of a peer. reasons: the text of each, by name."""

    name: str
    verdicts: dict[str, Known] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        """Where it is kept."""
        return FOLDER / f"{self.name}.yaml"

    @staticmethod
    def kept(name: str) -> Fingerprint:
        """Read what is kept of a peer; an empty one if nothing is."""
        found = Fingerprint(name)
        if not found.file.exists():
            return found
        data = yaml.safe_load(found.file.read_text(encoding="utf-8"))
        found.reasons = {key: " ".join(text.split()) for key, text in (data.get("reasons") or {}).items()}
        found.verdicts = {check: _read(value) for check, value in data["verdicts"].items()}
        return found

    def faults_of_its_own(self) -> list[str]:
        """Say what is wrong with it whatever a run finds: a verdict without a reason, or a reason without a verdict."""
        bare = [
            f"{check}: {known.verdict}, and no reason is written down"
            for check, known in self.verdicts.items()
            if not (known.is_clean or self.reasons.get(known.because))
        ]
        idle = set(self.reasons) - {known.because for known in self.verdicts.values()}
        return bare + [f"the reason {name!r} explains nothing" for name in sorted(idle)]

    def differences(self, seen: Mapping[str, str]) -> list[str]:
        """Say where a run has found something else. seen: verdicts by check."""
        told = []
        for check in sorted(self.verdicts.keys() | seen.keys()):
            known, found = self.verdicts.get(check), seen.get(check)
            if known is None:
                told.append(f"{check}: {found}, and nothing is known of it")
            elif found is None:
                told.append(f"{check}: {known.verdict} is known, and it did not run")
            elif not known.allows(found):
                told.append(f"{check}: {found} instead of {known.verdict}")
        return told

    def taking(self, seen: Mapping[str, str]) -> Fingerprint:
        """Give one with the verdicts of a run; the reasons of those that are the same are kept."""
        verdicts = {}
        for check, verdict in seen.items():
            known = self.verdicts.get(check)
            verdicts[check] = known if known is not None and known.allows(verdict) else Known(verdict)
        used = {known.because for known in verdicts.values()}
        return Fingerprint(self.name, verdicts, {key: text for key, text in self.reasons.items() if key in used})

    def write(self) -> None:
        """Keep it."""
        data = {
            "reasons": dict(sorted(self.reasons.items())),
            "verdicts": {check: _as_data(known) for check, known in sorted(self.verdicts.items())},
        }
        text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110)
        FOLDER.mkdir(exist_ok=True)
        self.file.write_text(HEAD.format(name=self.name) + text, encoding="utf-8")


def seen_in(checks: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Give the verdicts of a run's results, by check, without what no index is asked."""
    return {
        check["id"]: f"not run: {check['reason']}" if check["verdict"] == "not run" else check["verdict"]
        for check in checks
        if check["reason"] != BEYOND
    }


def _read(value: Any) -> Known:
    if isinstance(value, str):
        return Known(value)
    return Known(value["verdict"], value.get("because", ""), value.get("or_else", ""))


def _as_data(known: Known) -> Any:
    if known.is_clean and not known.because:
        return known.verdict
    more = {"or_else": known.or_else} if known.or_else else {}
    return {"verdict": known.verdict, **more, "because": known.because}
