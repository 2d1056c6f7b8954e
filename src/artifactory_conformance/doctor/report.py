"""What was found, for people and as data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from artifactory_conformance.doctor.model import Section
from artifactory_conformance.settings import on_one_line

NOTHING_SENT = "nothing was sent, and nothing changed"


def as_text(sections: Sequence[Section], sent: str) -> str:
    """Give what is in effect, section by section, then every finding with its remedy. sent: what was, if anything."""
    lines = []
    for section in sections:
        lines.append(section.title)
        width = max((len(one.name) for one in section.settings), default=0)
        lines += [f"  {one.name:<{width}}  {one.value}  <- {one.origin}" for one in section.settings]
        lines += [f"  {section.note}"] if section.note else []
        lines.append("")
    number = 0
    for section in sections:
        for finding in section.findings:
            number += 1
            lines += [f"{number}. {section.title}: {finding.problem}", f"   where  {finding.where}"]
            lines += [f"   do     {finding.remedy}", ""]
    counted = f"{number} finding{'s' if number != 1 else ''}" if number else "no findings"
    lines.append(f"{counted}; {sent or NOTHING_SENT}")
    return "".join(on_one_line(line) + "\n" for line in lines)


def as_json(sections: Sequence[Section], sent: str) -> str:
    """Give the same as JSON."""
    return json.dumps({"sent": sent, "sections": [asdict(section) for section in sections]}, indent=1) + "\n"
