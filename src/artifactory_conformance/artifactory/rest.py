"""What all REST calls share: JSON in and out, Artifactory's own message on refusal, and the retries its writes need."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection
from typing import Any

from artifactory_conformance.artifactory.errors import ArtifactoryRefused, message_of
from artifactory_conformance.evidence import Answer, RecordedSession
from artifactory_conformance.limits import LIMITS

_PASSING = ("lock on lockentryid", "could not merge and save new descriptor")
"""Texts of failures that go by themselves: configuration writes meet each other (admin 2.9)."""

WRITE_TRIES = 3

_WANTED = {"Accept": "application/json, */*;q=0.5"}

ABSENT = (400, 404)
"""Answers for a name that does not exist: 400 as captured, 404 as documented (B-57; admin 5.1)."""


class Rest:
    """REST calls below `/artifactory/api` as one identity."""

    def __init__(self, session: RecordedSession) -> None:
        self._session = session

    def get(self, path: str, what: str, *, absent: Collection[int] = ()) -> Any:
        """Read JSON; None where the status is one of `absent`.

        Raises ArtifactoryRefused for any other status than 200, and for an answer that is no JSON.
        """
        answer = self._session.request("GET", path, headers=_WANTED)
        return None if answer.status in absent else self._read(answer, what)

    @staticmethod
    def _read(answer: Answer, what: str) -> Any:
        if answer.status != 200:
            raise ArtifactoryRefused(what, answer)
        try:
            return json.loads(answer.body)
        except (ValueError, RecursionError):
            raise ArtifactoryRefused(f"{what} (no JSON)", answer) from None

    def get_object(
        self,
        path: str,
        what: str,
        *,
        absent: Collection[int] = ABSENT,
        is_one: Callable[[dict[str, Any]], bool] = lambda _: True,
    ) -> dict[str, Any] | None:
        """Read a JSON object; None where the status is one of `absent`. is_one: whether it has the form asked for.

        Raises ArtifactoryRefused as `get` does, and for JSON of another form.
        """
        answer = self._session.request("GET", path, headers=_WANTED)
        if answer.status in absent:
            return None
        found = self._read(answer, what)
        if not isinstance(found, dict) or not is_one(found):
            raise ArtifactoryRefused(f"{what} (no such object)", answer)
        return found

    def write(
        self,
        method: str,
        path: str,
        what: str,
        body: Any = None,
        *,
        accept: Collection[int] = (200, 201, 204),
    ) -> Answer:
        """Send a write, the body as exactly `application/json` (B-56), again when a passing conflict was met.

        Raises ArtifactoryRefused for a status that is not in `accept`.
        """
        sent: dict[str, Any] = {}
        if body is not None:
            sent = {"data": json.dumps(body).encode(), "headers": {"Content-Type": "application/json"}}
        for left in reversed(range(WRITE_TRIES)):
            answer = self._session.request(method, path, **sent)
            if answer.status in accept:
                return answer
            passing = answer.status == 500 and any(text in message_of(answer).lower() for text in _PASSING)
            if not passing or not left:
                break
            time.sleep(LIMITS.conflict_pause)
        raise ArtifactoryRefused(what, answer)
