"""Refusals in other forms."""

import json
from dataclasses import replace

from artifactory_conformance.reference.authentication import CHALLENGE
from artifactory_conformance.reference.defects.calls import is_pypi
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold


@fault("E-01")
def other_error_texts(hold: Hold) -> None:
    """Refusals have the same form and another wording: texts change from release to release."""

    def reworded(_: Call, answer: Answer) -> Answer:
        if answer.status < 400 or not answer.body.lstrip().startswith(b"{"):
            return answer
        told = json.loads(answer.body)
        for error in told.get("errors", ()):
            error["message"] = f"The request was refused ({error.get('status')})."
        return replace(answer, body=json.dumps(told, indent=2).encode())

    hold.after(lambda _: True, reworded)


@fault("PERM-01")
def nobody_is_challenged_before_anything_else(hold: Hold) -> None:
    """Whoever shows no credentials gets 401, also for what does not exist."""

    def challenge(call: Call) -> Call:
        if not any(name in call.headers for name in ("authorization", "x-jfrog-art-api")):
            raise RequestRefused(401, "Unauthorized", CHALLENGE)
        return call

    hold.before(lambda call: is_pypi(call) and not hold.model.security.anonymous_access, challenge)
