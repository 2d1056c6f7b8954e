"""JUnit XML for CI systems: nonconformant is a failure, inconclusive and blocked an error, the rest pass or skip."""

from __future__ import annotations

import re

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from artifactory_conformance.reporting.results import RunResults
from artifactory_conformance.verdicts import CheckResult, Verdict

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(run: RunResults) -> str:
    """Give the run as one test suite per folder of checks."""
    report = JUnitXml(name="artifactory-conformance")
    folders = sorted({result.check.id.partition(".")[0] for result in run.checks})
    for folder in folders:
        suite = TestSuite(_clean(folder))
        suite.add_property("about", _clean(run.about))
        suite.add_property("exit_code", str(run.exit_code))
        for result in sorted(run.checks, key=lambda result: result.check.id):
            if result.check.id.partition(".")[0] == folder:
                suite.add_testcase(_case(result, run))
        report.add_testsuite(suite)
    report.update_statistics()  # type: ignore[no-untyped-call]
    text: bytes = report.tostring()  # type: ignore[no-untyped-call]
    return text.decode("utf-8")


def _case(result: CheckResult, run: RunResults) -> TestCase:
    check, judgement = result.check, result.judgement
    folder, _, name = check.id.partition(".")
    classname = _clean(f"{folder}.{'+'.join(check.clauses) or 'none'}")
    case = TestCase(_clean(name), classname=classname, time=round(result.seconds, 3))  # an exponent is no decimal
    message = _clean(f"{judgement.verdict.value}: {judgement.message or check.title}")
    if judgement.verdict is Verdict.NONCONFORMANT or (
        judgement.verdict is Verdict.WARNING and run.settings.fail_on_warning
    ):
        case.result = [Failure(message, judgement.reason.value)]
    elif judgement.verdict in {Verdict.INCONCLUSIVE, Verdict.BLOCKED}:
        case.result = [Error(message, judgement.reason.value)]
    elif judgement.verdict in {Verdict.NOT_RUN, Verdict.NOT_APPLICABLE}:
        case.result = [Skipped(message, judgement.reason.value)]
    elif judgement.verdict is Verdict.WAIVED:
        case.result = [Skipped(_clean(f"{message}{_accepted(result, run)}"), judgement.reason.value)]
    elif judgement.verdict is Verdict.WARNING:
        case.system_out = message
    return case


def _accepted(result: CheckResult, run: RunResults) -> str:
    """Say who has accepted a finding."""
    by = [found.waiver for found in run.waivers if result.check.id in found.checks]
    return "".join(f" (until {waiver.expires}, {waiver.ticket}: {waiver.reason})" for waiver in by)


def _clean(text: str) -> str:
    """Take out what XML cannot hold."""
    return _NOT_XML.sub("?", text)
