"""An instance as somebody has it: a model with the guide's set-up, and looks at all that a run could change."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from artifactory_conformance.artifactory import Identity, RemoteRepository
from artifactory_conformance.catalog import CatalogService, Organization
from artifactory_conformance.evidence import Credentials, RecordedSession, Recorder, Redactor
from artifactory_conformance.ledger import Ledger
from artifactory_conformance.settings import resolve
from artifactory_conformance.sites import SiteBuilder
from artifactory_conformance.targets import Connections
from artifactory_conformance.targets.service import Service
from artifactory_conformance.verdicts import Level
from tests.traps.instances import UNPACED
from tests.traps.project import Ended, run_the_suite

ADMINISTRATOR = Credentials("admin", "password")
COLD = 4
"""Projects whose pages are cached, and whose files nobody has: some checks look for such."""
PASSES = {"now"}
"""What of the model's state changes by itself."""


@dataclass(frozen=True)
class Look:
    """All that there is: the model's own account, each repository's configuration and content, and the catalog's side.

    content: by repository, the hash of each file by its path. asked: what the catalog was asked, in words.
    """

    state: Mapping[str, Any]
    configurations: Mapping[str, Any]
    content: Mapping[str, Mapping[str, str]]
    offered: Mapping[str, Any]
    asked: Sequence[str] = field(compare=False)

    def without_caches(self) -> Look:
        """Give the same without what a download leaves: files in caches, and misses that are remembered."""
        state = json.loads(json.dumps(self.state))
        for repository in state["repositories"].values():
            if repository["class"] == "remote":
                repository["stored"] = repository["missed"] = None
        content = {key: files for key, files in self.content.items() if not key.endswith("-cache")}
        return Look(state, self.configurations, content, self.offered, self.asked)


class GivenSite:
    """A model and a catalog of somebody's, with the guide's set-up and one package that was installed already."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._connections = Connections(Recorder(), Redactor(), "set-up")
        self._catalog = Service("artifactory_conformance.upstream", cwd=folder)
        self._model = Service("artifactory_conformance.reference", cwd=folder)

    def __enter__(self) -> GivenSite:
        connections = self._connections
        settings = resolve(
            {
                "target": "instance",
                "artifactory_url": self._model.url,
                "level": "mutate",
                "set_up_site": True,
                "catalog_control": self._catalog.url,
            },
            {"ARTIFACTORY_ADMIN_USER": ADMINISTRATOR.user, "ARTIFACTORY_ADMIN_PASS": ADMINISTRATOR.password},
        )
        self._base = f"{self._model.url}/artifactory"
        self._session = connections.to_target(self._base, ADMINISTRATOR, Level.MUTATE)
        self._service = CatalogService(
            connections.to_catalog(self._catalog.url), self._catalog.url, connections.to_catalog
        )
        ledger = Ledger(self._folder / "set-up.jsonl", "site")
        self._builder = SiteBuilder(settings, self._session, self._service, ledger, lambda: "Set-up-Pass-1")
        self._user = self._builder.build()
        self._builder.wait_for_user(connections.to_target(self._base, self._user, Level.OBSERVE))
        self._organization = Organization(self._service, known=self._builder.site.organization)
        installer = Identity(connections.to_target(self._base, self._user, Level.PULL))
        page = installer.page(RemoteRepository(settings.repo, self._session), "curated-example")
        installer.fetch_ok(page.link_to("curated_example-1.2.0-py3-none-any.whl"))
        for number in range(COLD):
            for version in ("1.0", "1.1", "1.2"):
                self._organization.publish(f"curated-{number}", version, requires_python=">=3.8")
            installer.page(RemoteRepository(settings.repo, self._session), f"curated-{number}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._model.stop()
        self._catalog.stop()

    def settings(self, level: Level, *, administrator: bool = True, user: bool = True) -> dict[str, str]:
        """Give the environment of a run at a level, with a catalog that the suite controls where it makes labs."""
        site = self._builder.site
        found = {
            **UNPACED,
            "CONFORMANCE_TARGET": "instance",
            "ARTIFACTORY_URL": self._model.url,
            "CONFORMANCE_LEVEL": level.value,
            "CONFORMANCE_VIRTUAL": site.virtual,
            "CONFORMANCE_LOCAL": site.local,
            "CONFORMANCE_ORGANIZATION": site.organization,
            "CONFORMANCE_CATALOG_ADDRESS": self._catalog.url,
        }
        if user:
            found |= {"ARTIFACTORY_USER": self._user.user, "ARTIFACTORY_PASS": self._user.password}
        if administrator:
            found |= {"ARTIFACTORY_ADMIN_USER": ADMINISTRATOR.user, "ARTIFACTORY_ADMIN_PASS": ADMINISTRATOR.password}
        if level is Level.MUTATE:
            found |= {"CONFORMANCE_CATALOG_CONTROL": self._catalog.url}
        return found

    def session(self, level: Level) -> RecordedSession:
        """Give a session of the administrator at a level."""
        return self._connections.to_target(self._base, ADMINISTRATOR, level)

    def look(self) -> Look:
        """Look at everything. It is asked for as the administrator, and nothing of it fills a cache."""
        state = self._control_state()
        keys = sorted(state["repositories"])
        stores = [f"{key}-cache" if state["repositories"][key]["class"] == "remote" else key for key in keys]
        administrator = Identity(self._session)
        return Look(
            {name: value for name, value in state.items() if name not in PASSES},
            {key: self._json(f"api/repositories/{key}") for key in keys},
            {
                key: {path: self._sha1(key, path) for path in administrator.storage(key).paths()}
                for key in stores
                if state["repositories"][key.removesuffix("-cache")]["class"] != "virtual"
            },
            {name: [file.sha256 for file in files] for name, files in self._organization.offers().items()},
            [f"{request.method} {request.path}" for request in self._organization.journal.requests()],
        )

    def run(self, folder: Path, *places: str, environment: Mapping[str, str], seconds: float) -> Ended:
        """Run some of the suite's checks, or all of them."""
        return run_the_suite(folder, *(places or ("suites",)), environment=environment, seconds=seconds)

    def _control_state(self) -> dict[str, Any]:
        control = self._connections.to_catalog(self._model.url)
        found: dict[str, Any] = json.loads(control.request("GET", "_control/state").body)
        return found

    def _json(self, path: str) -> Any:
        return json.loads(self._session.request("GET", path).body)

    def _sha1(self, key: str, path: str) -> str:
        return str(self._json(f"api/storage/{key}/{path}").get("checksums", {}).get("sha1", ""))
