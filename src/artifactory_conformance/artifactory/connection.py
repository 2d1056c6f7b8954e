"""The Test button of a remote repository, pressed by machine, and JFrog's public alternative (admin 4.1)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from artifactory_conformance.artifactory.errors import ArtifactoryRefused
from artifactory_conformance.artifactory.rest import Rest
from artifactory_conformance.evidence import Answer, RecordedSession

_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class ConnectionVerdict:
    """What the button shows: green or red, and its text."""

    green: bool
    says: str

    def __str__(self) -> str:
        return f"{'green' if self.green else 'red'} ({self.says})"


class ConnectionTest:
    """The calls behind the button, as an administrator. They are the web interface's own and documented nowhere."""

    def __init__(self, session: RecordedSession) -> None:
        self._session = session
        self._rest = Rest(session)

    def form(self, key: str) -> dict[str, Any]:
        """Read a remote's own form, with the stored credentials in whatever shape the instance keeps them."""
        return dict(self._rest.get(f"api/admin/repositories/remote/{key}", f"read the form of {key}"))

    def press(self, key: str, *, typed: str = "", stranger: str = "") -> ConnectionVerdict:
        """Press the button on a saved remote's own form, which goes back as it came.

        typed: what somebody has typed into both URL fields, and not saved. stranger: likewise for user name and
        password, for which it is made up. Raises ArtifactoryRefused when the answer is no verdict: the call is
        missing, or the caller may not use it.
        """
        form = self.form(key)
        if typed:
            form["basic"] = {**form["basic"], "url": typed}
            form["typeSpecific"] = {**form["typeSpecific"], "registryUrl": typed}
        if stranger:
            advanced = form["advanced"]
            made_up = {"username": stranger, "password": stranger}
            form["advanced"] = {**advanced, "network": {**advanced["network"], **made_up}}
        sent = json.dumps(form).encode()
        answer = self._session.request("POST", "api/admin/repositories/testremote", data=sent, headers=_JSON)
        return read_verdict(answer)

    def verify(self, url: str, user: str, password: str) -> Answer:
        """Ask the public alternative whether the instance reaches a URL with the credentials handed over (admin 4.2).

        It says nothing about those that are stored on a remote.
        """
        sent = json.dumps({"endpoint": url, "username": user, "password": password}).encode()
        return self._session.request("POST", "api/system/verifyconnection", data=sent, headers=_JSON)


def read_verdict(answer: Answer) -> ConnectionVerdict:
    """Read an answer of the button: `error` marks a failure, `info` a success (admin 4.1).

    Raises ArtifactoryRefused for anything else.
    """
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict) and answer.status in {200, 400}:
        if isinstance(text := found.get("error"), str):
            return ConnectionVerdict(False, text)
        if answer.status == 200 and isinstance(text := found.get("info"), str):
            return ConnectionVerdict(True, text)
    raise ArtifactoryRefused("press Test", answer)
