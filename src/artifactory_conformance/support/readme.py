"""The page on top of a bundle: what is in it, what was masked, what is missing and why."""

from __future__ import annotations

from dataclasses import dataclass

from artifactory_conformance import __version__

ABOUT = {
    "results.json": "every check and clause with its verdict (docs/results.md has the fields)",
    "junit.xml": "the same for CI systems",
    "evidence.jsonl": "the exchanges and client runs behind the verdicts, one a line",
    "summary.txt": "what the terminal showed at the end of the run",
    "settings.txt": "every setting in effect and where it came from",
    "instance.json": "version and edition, repository configuration, users' permissions, packages asked for, log "
    "lines, and when which request was answered how",
    "doctor.txt": "what configures pip, uv and poetry on the machine of the run",
    "MANIFEST.json": "length and SHA-256 of each of these; they show damage, and do not say who wrote it",
}
"""What each member holds."""


@dataclass(frozen=True)
class Told:
    """What the page tells of one bundle: what was under test, the run's name, names of members, what is missing."""

    about: str
    run: str
    members: tuple[str, ...]
    missing: tuple[str, ...]


def readme(told: Told) -> str:
    """Give the page."""
    width = max(map(len, ABOUT))
    listed = [f"  {name:<{width}}  {ABOUT[name]}" for name in ABOUT if name in {*told.members, "MANIFEST.json"}]
    missing = [f"  * {line}" for line in told.missing] or ["  nothing"]
    return "\n".join(
        [
            f"Support bundle of run {told.run}, by artifactory-conformance {__version__}",
            told.about,
            "",
            "To read it, without a network:",
            f"  python -m artifactory_conformance explain support-{told.run}.zip",
            "shows the summary as the run did, by the rules of the version that reads it. Or begin with summary.txt.",
            "",
            "In it",
            *listed,
            "",
            "Masked",
            "  * [redacted] stands for a secret: every password, token and key that the run was given or made, in any",
            "    encoding; passwords in URLs; values of Authorization, cookies and password fields; what looks like a",
            "    token. All members were searched for the run's secrets before this file was written.",
            "  * Of ids of organizations, and of every other UUID, the first eight characters stay, zeros behind them.",
            "  * Names of hosts, repositories, users, groups and packages are in it: look before you send it.",
            "",
            "Missing",
            *missing,
            "",
        ]
    )
