"""The catalogue of causes as Markdown, for the page about diagnoses."""

from __future__ import annotations

from artifactory_conformance.diagnosis.causes import CAUSES, PARTS


def catalogue_markdown() -> str:
    """Give the catalogue: a table for each part of the guide, a row for each cause."""
    lines = [f"{len(CAUSES)} causes are known."]
    for part, causes in PARTS.items():
        lines += [
            "",
            f"### {part}",
            "",
            "| cause | looks like | is proved by | remedy | owner |",
            "|---|---|---|---|---|",
        ]
        for cause in causes:
            about = ", ".join(cause.about)
            cells = (
                f"`{cause.id}`: {cause.title} ({about})",
                cause.looks,
                cause.proof,
                cause.remedy,
                cause.owner.value,
            )
            lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
