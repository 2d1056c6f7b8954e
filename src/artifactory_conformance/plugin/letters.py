"""How a verdict looks in the line of a run that goes on: a letter and its colour."""

from __future__ import annotations

from artifactory_conformance.verdicts import Verdict

LETTERS: dict[Verdict, tuple[str, dict[str, bool]]] = {
    Verdict.CONFORMANT: (".", {"green": True}),
    Verdict.NONCONFORMANT: ("N", {"red": True, "bold": True}),
    Verdict.WARNING: ("w", {"yellow": True}),
    Verdict.INCONCLUSIVE: ("I", {"red": True}),
    Verdict.BLOCKED: ("b", {"red": True}),
    Verdict.WAIVED: ("v", {"yellow": True}),
    Verdict.NOT_RUN: ("-", {"cyan": True}),
    Verdict.NOT_APPLICABLE: ("/", {"cyan": True}),
    Verdict.OBSERVED: ("o", {"blue": True}),
}
