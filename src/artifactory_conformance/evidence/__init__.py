"""What verdicts rest on: recorded exchanges and client runs, with every secret taken out before they leave the process.

Targets, clients' callers, the REST client and the plugin may import it; it imports only limits, levels and how
settings show an organization.
"""

from artifactory_conformance.evidence.answers import Answer, AnswerBrokeOff, BrokenOff, Credentials, TargetUnreachable
from artifactory_conformance.evidence.certificate import Certificate, certificate_of
from artifactory_conformance.evidence.levels import AboveLevel, reach_of
from artifactory_conformance.evidence.organizations import Organizations
from artifactory_conformance.evidence.record import Exchange, Recorder
from artifactory_conformance.evidence.redaction import Redactor
from artifactory_conformance.evidence.searching import holds_secret
from artifactory_conformance.evidence.session import RecordedSession

__all__ = [
    "AboveLevel",
    "Answer",
    "AnswerBrokeOff",
    "BrokenOff",
    "Certificate",
    "Credentials",
    "Exchange",
    "Organizations",
    "RecordedSession",
    "Recorder",
    "Redactor",
    "TargetUnreachable",
    "certificate_of",
    "holds_secret",
    "reach_of",
]
