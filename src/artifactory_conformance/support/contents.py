"""The members of a bundle, as text: what the run has written, and what a reader needs beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from artifactory_conformance.evidence import Redactor
from artifactory_conformance.reporting import RunResults, evidence_lines, report_texts, summary_text
from artifactory_conformance.support.instance import FINE, instance_facts
from artifactory_conformance.support.readme import Told, readme

MOST_EVIDENCE = 8_000_000
"""Characters of evidence up to which all of it goes along, and the most that goes along at all."""


@dataclass(frozen=True)
class Surroundings:
    """What is told of the machine that the run was made on.

    settings: every value in effect with its origin, secrets masked. machine: operating system and Python, in one line.
    doctor: what configures its clients; empty if nobody has allowed to look.
    """

    settings: str
    machine: str
    doctor: str = ""


def members_of(run: RunResults, redactor: Redactor, around: Surroundings) -> dict[str, str]:
    """Give each member's text by its name, redacted; README.txt says what there is."""
    run = replace(run, checks=tuple(sorted(run.checks, key=lambda result: result.check.id)))
    facts = instance_facts(run)
    evidence, left_out = _evidence(run)
    members = {
        **report_texts(run, redactor),
        "evidence.jsonl": evidence,
        "summary.txt": summary_text(run),
        "settings.txt": around.settings,
        "instance.json": _as_json({"suite_ran_on": around.machine, **facts}),
    }
    if around.doctor:
        members["doctor.txt"] = around.doctor
    missing = [f"{one['what']}: {one['why']}" for one in facts["missing"]]
    if left_out:
        missing.append(f"evidence of {left_out}: it would have been too long; evidence.jsonl beside the bundle has it")
    if not around.doctor:
        missing.append("what configures the clients: nobody looked; give --this-machine where they run")
    missing.append(
        f"proxies: the suite goes through {run.settings.proxy or 'none'}; `via` and `server` in instance.json name "
        "what stood in between"
    )
    members["README.txt"] = readme(Told(run.about, run.run, tuple(members), tuple(missing)))
    return {name: redactor.text(text) for name, text in members.items()}


def _evidence(run: RunResults) -> tuple[str, str]:
    """Give as much evidence as goes along, and what it leaves out, in words."""
    if len(everything := evidence_lines(run.checks)) <= MOST_EVIDENCE:
        return everything, ""
    kept, size, cut_off = [], 0, 0
    findings = [check for check in run.checks if check.verdict not in FINE]
    for check in findings:
        lines = evidence_lines([check])
        if size + len(lines) > MOST_EVIDENCE:
            cut_off += 1
        else:
            kept.append(lines)
            size += len(lines)
    too_many = f" and of {cut_off} others" if cut_off else ""
    return "".join(kept), f"the {len(run.checks) - len(findings)} checks that have nothing to be looked into{too_many}"


def _as_json(data: object) -> str:
    return json.dumps(data, indent=1, sort_keys=True) + "\n"
