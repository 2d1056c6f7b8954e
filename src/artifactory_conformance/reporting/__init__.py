"""Results for machines: JSON with a versioned schema, and JUnit XML; searched for secrets before they are written.

The plugin calls it; it imports verdicts, settings and evidence's redactor.
"""

from artifactory_conformance.reporting.files import remove_reports, write_reports
from artifactory_conformance.reporting.results import RunResults, about_run

__all__ = ["RunResults", "about_run", "remove_reports", "write_reports"]
