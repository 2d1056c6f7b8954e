"""From verdicts and facts to causes: what is wrong, how sure that is, what to do and who does it.

Everything here is pure: it works on the data of results.json, so that a stored run can be diagnosed again.
"""

from artifactory_conformance.diagnosis.cause import Cause, Certainty, Owner, Reach
from artifactory_conformance.diagnosis.causes import CAUSES
from artifactory_conformance.diagnosis.inference import CauseFound, Diagnosis, diagnose
from artifactory_conformance.diagnosis.page import catalogue_markdown
from artifactory_conformance.diagnosis.seen import Seen, SeenCheck

__all__ = [
    "CAUSES",
    "Cause",
    "CauseFound",
    "Certainty",
    "Diagnosis",
    "Owner",
    "Reach",
    "Seen",
    "SeenCheck",
    "catalogue_markdown",
    "diagnose",
]
