"""The control interface that every reference model has: its clock and its store. No Artifactory has one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from artifactory_conformance.evidence import RecordedSession, TargetUnreachable


class ModelControl:
    """session: at the root of the model, where `/_control/` is."""

    def __init__(self, session: RecordedSession) -> None:
        self._session = session

    def elapse(self, seconds: float) -> None:
        """Move its clock."""
        answer = self._session.request("POST", "_control/clock", json={"advance": seconds})
        if answer.status != 200:
            raise TargetUnreachable(f"the model's clock cannot be moved: {answer}")

    @contextmanager
    def with_full_store(self) -> Iterator[None]:
        """Have no room in its store for a while."""
        self._fill_store(True)
        try:
            yield
        finally:
            self._fill_store(False)

    def _fill_store(self, full: bool) -> None:
        answer = self._session.request("POST", "_control/store", json={"full": full})
        if answer.status != 200:
            raise TargetUnreachable(f"the model's store cannot be filled or emptied: {answer}")
