"""How long a client may take and how much of what it says is kept."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ClientLimits:
    """Every limit of a client run; a caller replaces what does not suit it.

    Attributes:
        run_seconds: a whole run, from its start until its process tree is killed.
        answer_seconds: pip's own ``--timeout`` for a silent connection. It is more than pip's default of 15, because an
            instance fetches a file completely before it answers (A88).
        retries: pip's ``--retries``. Its own default of 5 only hides for many seconds what the first failure told.
        grace_seconds: between SIGTERM and SIGKILL when a run is cut short.
        tail_bytes: how much of the end of each output stream is kept.
    """

    run_seconds: float = 60.0
    answer_seconds: int = 30
    retries: int = 1
    grace_seconds: float = 2.0
    tail_bytes: int = 64 * 1024


DEFAULT_LIMITS = ClientLimits()
