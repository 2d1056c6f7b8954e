"""What a run of any client has shown: its end, its output, and what its own record says that it took."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from packaging.utils import canonicalize_name

from artifactory_conformance.clients.leashed import ClientOutcome


@dataclass(frozen=True)
class InstalledDistribution:
    """One distribution that a client chose, by its own record: pip's report, a lock file, compiled requirements.

    Attributes:
        url: where the client took the file from, redacted; empty where its record does not say.
        sha256: of the file, in hexadecimal; None where the record gives none.
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
class ClientRun:
    """One run of a client; all text is redacted and limited to its end.

    Attributes:
        argv: the client's command line.
        exit_code: the client's own.
        duration: seconds.
        client, version: which client ran.
        distributions: what it chose in this run; nothing when it failed.
    """

    argv: tuple[str, ...]
    exit_code: int
    duration: float
    stdout: str
    stderr: str
    client: str
    version: str
    distributions: tuple[InstalledDistribution, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the client says that it succeeded."""
        return self.exit_code == 0

    @property
    def said(self) -> str:
        """The end of what it said, on one line, for a message."""
        return " ".join(f"{self.stdout} {self.stderr}".split())[-400:]

    def distribution(self, project: str) -> InstalledDistribution:
        """What was chosen for a project, whatever the spelling of its name.

        Raises:
            LookupError: this run did not choose any.
        """
        for found in self.distributions:
            if canonicalize_name(found.name) == canonicalize_name(project):
                return found
        raise LookupError(f"{self.client} chose {[found.name for found in self.distributions]}, not {project}")

    def as_evidence(self) -> dict[str, object]:
        """The run as dictionaries, lists, text and numbers, for the recorder."""
        return {
            "client": self.client,
            "version": self.version,
            "argv": list(self.argv),
            "exit_code": self.exit_code,
            "duration": round(self.duration, 3),
            "distributions": [{**asdict(found), "requires": list(found.requires)} for found in self.distributions],
            "stdout": self.stdout,
            "stderr": self.stderr,
        }


def client_run(
    outcome: ClientOutcome, client: str, version: str, distributions: Sequence[InstalledDistribution] = ()
) -> ClientRun:
    """Put together how a client ended and what its record says."""
    return ClientRun(
        argv=outcome.argv,
        exit_code=outcome.exit_code,
        duration=outcome.duration,
        stdout=outcome.stdout,
        stderr=outcome.stderr,
        client=client,
        version=version,
        distributions=tuple(distributions),
    )
