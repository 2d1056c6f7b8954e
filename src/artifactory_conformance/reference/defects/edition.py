"""Versions, editions and what support is told: wrong, missing, or told to everybody."""

import json
from dataclasses import replace

from starlette.responses import Response

from artifactory_conformance.reference.defects.calls import is_rest
from artifactory_conformance.reference.errors import envelope
from artifactory_conformance.reference.exchange import Answer, Call, as_json
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.free_edition import PRO_ONLY
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.logs import Logs, Served
from artifactory_conformance.reference.rest_configuration import ConfigurationRest
from artifactory_conformance.reference.tracing import Trace

FREE = ("--model-profile", "oss")
"""The free edition."""


def _refused(answer: Answer, status: int, message: str) -> Answer:
    return replace(answer, status=status, body=envelope(status, message))


def _is_version(call: Call) -> bool:
    return is_rest(call, "system/version")


def _padded(_: Call, answer: Answer) -> Answer:
    """Gating and the model's windows read `07` as 7: nothing else is another version."""
    if answer.status != 200:
        return answer
    told = json.loads(answer.body)
    return replace(answer, body=as_json({**told, "version": f"0{told['version']}"}).body)


@fault("PRE-02", "row 13")
def versions_are_padded(hold: Hold) -> None:
    """The version interface tells 07.84.17, as if versions were compared as text."""
    hold.after(_is_version, _padded)


@fault("admin 1.3", "D2", "PRE-02", target=FREE)
def versions_of_free_editions_are_padded(hold: Hold) -> None:
    """The version interface of a free edition tells 07.84.17, as if versions were compared as text."""
    hold.after(_is_version, _padded)


@fault("row 13", "PRE-02", "F-01", "SUPPORT-01")
def a_proxy_hides_the_version(hold: Hold) -> None:
    """A proxy takes X-JFrog-Version away, so that nobody learns what to attack."""

    def hidden(_: Call, response: Response) -> Response:
        if "x-jfrog-version" in response.headers:
            del response.headers["x-jfrog-version"]
        return response

    hold.on_wire(lambda _: True, hidden)


@fault("PRE-01", "admin 1.1")
def unknown_keys_are_said_to_need_a_licence(hold: Hold) -> None:
    """The configuration of an unknown key is refused as a free edition does."""

    def refused(call: Call, answer: Answer) -> Answer:
        known = hold.model.repositories.get(call.path.rpartition("/")[2])
        return answer if known or answer.status not in (400, 404) else _refused(answer, 400, PRO_ONLY)

    hold.after(lambda call: call.method == "GET" and is_rest(call, "repositories/"), refused)


@fault("release 8", "admin 5.3")
def permission_targets_are_listed_by_access_alone(hold: Hold) -> None:
    """The list of permission targets has moved to Access, and version 2 answers 404."""
    path = "/artifactory/api/v2/security/permissions"
    hold.after(lambda call: call.path == path, lambda _, answer: _refused(answer, 404, "Not Found"))


@fault("C40", "PERM-11")
def everybody_is_shown_the_instances_configuration(hold: Hold) -> None:
    """Whoever has logged in is shown the configuration of the whole instance."""

    def made(original: Method) -> Method:
        def show(rest: ConfigurationRest, call: Call) -> Answer:
            shown: Answer = original(rest, replace(call, caller=replace(call.caller, admin=True)))
            return shown

        return show

    hold.replace(ConfigurationRest, "show", made)


@fault("SUPPORT-01", "admin 6")
def failed_requests_are_not_logged(hold: Hold) -> None:
    """The request log has the requests that were served."""

    def made(original: Method) -> Method:
        def request(logs: Logs, trace: Trace, done: Served, agent: str) -> None:
            if done.status < 400:
                original(logs, trace, done, agent)

        return request

    hold.replace(Logs, "request", made)
