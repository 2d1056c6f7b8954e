"""The closed sets and records that verdicts are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Verdict(str, Enum):
    """What is known of a check or clause after the run; `severity` says which of two counts."""

    NONCONFORMANT = "nonconformant"  # an assertion of the check failed
    INCONCLUSIVE = "inconclusive"  # something else failed, or evidence is missing: nothing is known
    BLOCKED = "blocked"  # failed together with a check that it builds on
    WAIVED = "waived"  # failed, and somebody has accepted that until a day; no evidence of anything else
    WARNING = "warning"  # failed, but the clause is a recommendation or contested
    CONFORMANT = "conformant"  # passed, with evidence and with an assertion of its own
    NOT_RUN = "not run"  # level, rights or set-up do not allow it
    NOT_APPLICABLE = "not applicable"  # this edition or version does not have the feature
    OBSERVED = "observed"  # a recorded value without an expectation

    @property
    def severity(self) -> int:
        """Rank, worst first (0): a pass never hides a missing verdict."""
        return list(Verdict).index(self)

    @property
    def says_something(self) -> bool:
        """Whether the target was judged: only these satisfy the evidence floor."""
        return self in {Verdict.NONCONFORMANT, Verdict.WARNING, Verdict.CONFORMANT}

    @property
    def rests_on_target(self) -> bool:
        """Whether the verdict counts only while the target was there: these need a good pulse after them."""
        return self.says_something or self is Verdict.OBSERVED


class Reason(str, Enum):
    """Machine-readable reason beside a verdict that is not plain."""

    NONE = ""
    CLAIM_FAILED = "claim-failed"
    CONTROL_FAILED = "control-failed"
    SET_UP_FAILED = "set-up-failed"
    CLEAN_UP_FAILED = "clean-up-failed"
    BROKE = "broke"  # an exception that is not an assertion of the check
    TIMED_OUT = "timed-out"
    NO_EVIDENCE = "no-evidence"  # no exchange with the target
    NO_ASSERTION = "no-assertion"  # no assertion of its own was executed
    NO_OBSERVATION = "no-observation"
    UNDECLARED_SKIP = "undeclared-skip"
    XFAIL = "xfail"
    CRASHED = "worker-crashed"
    NEVER_RAN = "never-ran"
    TARGET_LOST = "target-lost"  # unreachable, refused, or another one than at the start
    NOT_CONFIRMED = "not-confirmed"  # the run ended before the target was looked at again
    BUDGET_USED_UP = "budget-used-up"  # the run may ask for nothing more
    BUILDS_ON_FAILED = "builds-on-failed"
    NEEDS_PULL = "needs-pull"
    NEEDS_MUTATE = "needs-mutate"
    NEEDS_USER = "needs-user"
    NEEDS_ADMIN = "needs-admin"
    NEEDS_ADMIN_TOKEN = "needs-admin-token"
    NEEDS_CATALOG = "needs-catalog-control"
    NEEDS_CATALOG_CREDENTIALS = "needs-catalog-credentials"
    NEEDS_PUBLIC_INDEX = "needs-public-index"
    NEEDS_VIRTUAL = "needs-virtual"
    NEEDS_LOCAL = "needs-local"
    NEEDS_ORGANIZATION = "needs-organization"
    NEEDS_SDIST = "needs-sdist"
    NEEDS_EXCLUSIVE = "needs-exclusive"
    NEEDS_CLOCK = "needs-clock"
    NEEDS_DISPOSABLE = "needs-disposable"
    NEEDS_SERVER_ACCESS = "needs-server-access"
    NEEDS_OTHER_HOST = "needs-other-host"
    NEEDS_TLS = "needs-tls"
    NEEDS_DIRECT = "needs-direct"
    NEEDS_SECOND_SITE = "needs-second-site"
    NEEDS_CLIENT = "needs-client"
    NEEDS_MOUNTS = "needs-mount-namespace"
    NEEDS_THIS_MACHINE = "needs-this-machine"
    NEEDS_PAGE_PERIOD = "needs-page-period"
    NEEDS_WRONG_PASSWORDS = "needs-wrong-passwords"
    NEEDS_MANY_AT_ONCE = "needs-many-at-once"
    NEEDS_ARTIFACTORY = "needs-artifactory"  # asks for more than any index has
    EDITION = "edition"  # no PyPI in this edition (admin 1.1)
    VERSION = "version"  # another version than the check is about
    ANONYMOUS_ACCESS = "anonymous-access"  # who gives no credentials is let in, and the check is about where not
    NOT_OFFERED = "not-offered"  # no page has what the check is about, and none needs to
    VERSION_UNCLEAR = "version-unclear"  # whether it is one that the check is about cannot be told
    NO_CHECK = "no-check"  # this version of the suite has no check of the clause
    NOT_SELECTED = "not-selected"  # a filter or a path left it out


FILES_COMPARED = "files compared"
"""The observation that tells how many of how many files were compared; a run's summary repeats it."""


class Level(str, Enum):
    """How far a run may go, in ascending order."""

    OBSERVE = "observe"  # nothing that fills a cache
    PULL = "pull"  # downloads, so caches fill
    MUTATE = "mutate"  # makes labs

    def allows(self, other: Level) -> bool:
        """Tell whether a run at this level may do what needs the other one."""
        order = list(Level)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True)
class CheckInfo:
    """What a check is, known before it runs.

    facts: ids of what it stands on. since, before: the versions of Artifactory that it is about.
    """

    id: str
    title: str
    clauses: tuple[str, ...]
    vantage: str = ""
    level: str = ""
    builds_on: tuple[str, ...] = ()
    observes: bool = False
    facts: tuple[str, ...] = ()
    since: str = ""
    before: str = ""


@dataclass(frozen=True)
class Judgement:
    """A verdict with its reason and one readable line."""

    verdict: Verdict
    reason: Reason = Reason.NONE
    message: str = ""


@dataclass(frozen=True)
class CheckResult:
    """What became of one check."""

    check: CheckInfo
    judgement: Judgement
    seconds: float = 0.0
    observations: dict[str, Any] = field(default_factory=dict)
    evidence: tuple[dict[str, Any], ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The verdict alone."""
        return self.judgement.verdict
