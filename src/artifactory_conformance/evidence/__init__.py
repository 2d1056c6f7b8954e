"""What verdicts rest on: recorded exchanges and client runs, with every secret taken out before they leave the process.

Targets, clients' callers, the REST client and the plugin may import it; it imports only limits and levels.
"""

from .levels import AboveLevel, reach_of
from .record import Exchange, Recorder
from .redaction import Redactor
from .session import Answer, Credentials, RecordedSession, TargetUnreachable

__all__ = [
    "AboveLevel",
    "Answer",
    "Credentials",
    "Exchange",
    "RecordedSession",
    "Recorder",
    "Redactor",
    "TargetUnreachable",
    "reach_of",
]
