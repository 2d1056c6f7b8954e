"""The stand-in for the public index: emptied where there is only one, made afresh where there can be many."""

from typing import Any

from artifactory_conformance.catalog import CatalogService, PublicIndex
from artifactory_conformance.evidence import RecordedSession, Recorder
from artifactory_conformance.limits import LIMITS


class ScriptedService(CatalogService):
    """A control interface that answers from a table and remembers the calls that change something."""

    def __init__(self, layout: str) -> None:
        session = RecordedSession("http://127.0.0.1:9", recorder=Recorder(), limits=LIMITS, level=None)
        super().__init__(session, "http://127.0.0.1:9", lambda *_: session)
        self.layout = layout
        self.changes: list[tuple[str, str]] = []

    def call(self, method: str, path: str, body: Any = None, *, content: bytes | None = None) -> Any:
        if method != "GET":
            self.changes.append((method, path))
        answers = {
            "health": {"layout": self.layout},
            "organizations/public": {"id": "public", "base_path": ""},
            "organizations": {"id": "fresh", "base_path": "/fresh/pypi", "user": "fresh"},
            "organizations/public/projects": {"left-over": []},
        }
        return answers.get(path)


EMPTIED = [
    ("DELETE", "organizations/public/projects/left-over"),
    ("PUT", "organizations/public/faults"),
    ("PUT", "organizations/public/form"),
    ("DELETE", "organizations/public/journal"),
]


def test_the_one_organization_of_a_public_index_is_emptied_and_never_removed():
    service = ScriptedService("pypi")

    PublicIndex(service).drop()

    assert service.changes == EMPTIED * 2


def test_at_a_catalog_a_fresh_organization_stands_in_and_is_removed():
    service = ScriptedService("catalog")

    PublicIndex(service).drop()

    assert service.changes == [("POST", "organizations"), ("DELETE", "organizations/fresh")]
