"""What a run of pip has shown: its end, its output, and what its own report says that it installed."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from artifactory_conformance.clients.leashed import ClientOutcome, Redact

_REPORT_VERSION = "1"


class ReportNotUnderstood(Exception):
    """pip wrote an installation report of another schema than the one we know."""


@dataclass(frozen=True)
class InstalledDistribution:
    """One entry of pip's installation report.

    Attributes:
        url: where pip took the file from, redacted (pip itself leaves credentials out).
        sha256: of the file that pip downloaded, in hexadecimal; None where pip gives none.
        requested: named by the caller, as opposed to a dependency.
        summary, requires_python, requires: from the distribution's metadata.
    """

    name: str
    version: str
    url: str
    sha256: str | None
    requested: bool
    summary: str | None = None
    requires_python: str | None = None
    requires: tuple[str, ...] = ()


@dataclass(frozen=True)
class PipRun:
    """One run of pip; all text is redacted and limited to its end.

    Attributes:
        argv: pip's command line.
        exit_code: pip's own. One and the same code stands for 401, 404, 500 and an unknown CA.
        duration: seconds.
        distributions: what pip installed in this run; nothing when it failed.
        pip_version: of the pip that ran.
        machine_configuration: the machine's files that this pip has read, each setting of which was taken back unless
            the check made it, too; empty where pip read no file.
    """

    argv: tuple[str, ...]
    exit_code: int
    duration: float
    stdout: str
    stderr: str
    pip_version: str
    distributions: tuple[InstalledDistribution, ...] = ()
    machine_configuration: tuple[Path, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether pip says that it succeeded."""
        return self.exit_code == 0

    def distribution(self, project: str) -> InstalledDistribution:
        """What was installed for a project, whatever the spelling of its name.

        Raises:
            LookupError: this run did not install it.
        """
        for found in self.distributions:
            if canonicalize_name(found.name) == canonicalize_name(project):
                return found
        raise LookupError(f"pip installed {[found.name for found in self.distributions]}, not {project}")

    def as_evidence(self) -> dict[str, object]:
        """The run as dictionaries, lists, text and numbers, for the recorder."""
        return {
            "client": "pip",
            "version": self.pip_version,
            "argv": list(self.argv),
            "exit_code": self.exit_code,
            "duration": round(self.duration, 3),
            "distributions": [{**asdict(found), "requires": list(found.requires)} for found in self.distributions],
            "machine_configuration": [str(path) for path in self.machine_configuration],
            "stdout": self.stdout,
            "stderr": self.stderr,
        }


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
        pip_version=pip_version,
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
