"""What a run of pip has shown: its end, its output, and what its own report says that it installed."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from artifactory_conformance.clients.client_run import ClientRun, InstalledDistribution
from artifactory_conformance.clients.leashed import ClientOutcome, Redact

_REPORT_VERSION = "1"

_GIVEN_WRONG = re.compile(r"DO NOT MATCH THE HASHES|not enough bytes were received")
"""As pip says it, the second from 25.1 on: an older one takes what came, and says the first."""


class ReportNotUnderstood(Exception):
    """pip wrote an installation report of another schema than the one we know."""


@dataclass(frozen=True)
class PipRun(ClientRun):
    """One run of pip, whose one exit code stands for 401, 404, 500 and an unknown CA alike.

    Attributes:
        machine_configuration: the machine's files that this pip has read, each setting of which was taken back unless
            the check made it, too; empty where pip read no file.
    """

    machine_configuration: tuple[Path, ...] = ()

    @property
    def given_wrong(self) -> str:
        """What it says of a file whose bytes are not those that a page promises, or fewer; empty where it does not."""
        return next((" ".join(line.split()) for line in self.stderr.splitlines() if _GIVEN_WRONG.search(line)), "")

    def as_evidence(self) -> dict[str, object]:
        """The run as dictionaries, lists, text and numbers, for the recorder."""
        files = [str(path) for path in self.machine_configuration]
        return {**super().as_evidence(), "machine_configuration": files}


def pip_run(
    outcome: ClientOutcome,
    report: Path,
    *,
    pip_version: str,
    machine_configuration: tuple[Path, ...],
    redact: Redact,
) -> PipRun:
    """Put together what a run left behind.

    Raises:
        ReportNotUnderstood: the report is of an unknown schema version or not a report.
    """
    return PipRun(
        argv=outcome.argv,
        exit_code=outcome.exit_code,
        duration=outcome.duration,
        stdout=outcome.stdout,
        stderr=outcome.stderr,
        client="pip",
        version=pip_version,
        distributions=read_report(report, redact),
        machine_configuration=machine_configuration,
    )


def read_report(path: Path, redact: Redact) -> tuple[InstalledDistribution, ...]:
    """The distributions of a report in pip's schema 1; none where pip failed and wrote no report.

    Raises:
        ReportNotUnderstood: it is of another schema version, or not a report.
    """
    try:
        report = json.loads(path.read_bytes())
    except FileNotFoundError:
        return ()
    except ValueError:
        raise ReportNotUnderstood("pip's report is not JSON") from None
    version = report.get("version") if isinstance(report, dict) else None
    if version != _REPORT_VERSION:
        raise ReportNotUnderstood(f"pip's report has schema version {version!r}, known is {_REPORT_VERSION!r}")
    try:
        return tuple(_distribution(item, redact) for item in report["install"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ReportNotUnderstood(f"pip's report lacks what its schema promises: {error!r}") from None


def _distribution(item: Mapping[str, Any], redact: Redact) -> InstalledDistribution:
    metadata, download = item["metadata"], item["download_info"]
    summary = metadata.get("summary")
    return InstalledDistribution(
        name=metadata["name"],
        version=metadata["version"],
        url=redact(download["url"]),
        sha256=_sha256(download.get("archive_info") or {}),
        requested=bool(item["requested"]),
        summary=None if summary is None else redact(summary),
        requires_python=metadata.get("requires_python"),
        requires=tuple(metadata.get("requires_dist") or ()),
    )


def _sha256(archive: Mapping[str, Any]) -> str | None:
    """The hash in its present form, or in the single one of older pips (`algorithm=value`)."""
    hashes = archive.get("hashes") or {}
    if "sha256" in hashes:
        return str(hashes["sha256"])
    algorithm, _, value = str(archive.get("hash") or "").partition("=")
    return value if algorithm == "sha256" else None
