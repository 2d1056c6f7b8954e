"""Results for machines and for people: JSON with a versioned schema, JUnit XML, and what a terminal shows.

What is written to a disk is searched for secrets before. The plugin and the support bundle call it; it imports
verdicts, settings and evidence's redactor.
"""

from artifactory_conformance.reporting.files import evidence_lines, remove_reports, report_texts, write_reports
from artifactory_conformance.reporting.results import RunResults, about_run
from artifactory_conformance.reporting.screen import Plain, Screen, summary_text
from artifactory_conformance.reporting.stored import Unreadable, stored_run

__all__ = [
    "Plain",
    "RunResults",
    "Screen",
    "Unreadable",
    "about_run",
    "evidence_lines",
    "remove_reports",
    "report_texts",
    "stored_run",
    "summary_text",
    "write_reports",
]
