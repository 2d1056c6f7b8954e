"""One running model: all parts, put together."""

import secrets
from collections.abc import Collection
from pathlib import Path

from artifactory_conformance.reference.access import Access
from artifactory_conformance.reference.authentication import Authentication
from artifactory_conformance.reference.cleanup import Cleanup
from artifactory_conformance.reference.clock import Clock
from artifactory_conformance.reference.flights import Flights
from artifactory_conformance.reference.logs import Logs
from artifactory_conformance.reference.missed import MissedRetrievals
from artifactory_conformance.reference.monitor import OfflineMonitor
from artifactory_conformance.reference.outbound import Outbound
from artifactory_conformance.reference.profiles import Edition, Profile
from artifactory_conformance.reference.quota import Quota
from artifactory_conformance.reference.repositories import Repositories
from artifactory_conformance.reference.seams import Seams
from artifactory_conformance.reference.security import Security
from artifactory_conformance.reference.store import Store
from artifactory_conformance.reference.switches import SwitchSet


class Instance:
    """The state of a fresh Pro or OSS instance and what acts on it."""

    def __init__(
        self,
        profile: Profile,
        switches: SwitchSet,
        *,
        public_index: str = "",
        state_dir: Path | None = None,
        trusted: Path | None = None,
        neighbours: Collection[str] = (),
    ) -> None:
        self.profile = profile
        self.switches = switches
        self.identity = f"{secrets.token_hex(8)}:{secrets.token_hex(4)}:{secrets.token_hex(6)[:11]}:-8000"
        self.node = secrets.token_hex(6)
        self.base_url = ""
        self.offline = False
        self.seams = Seams()
        self.clock = Clock()
        self.logs = Logs(state_dir, self.clock, switches)
        self.repositories = Repositories()
        self.security = Security(self.repositories, self.clock, switches)
        self.authentication = Authentication(self.security, self.clock, switches, self.logs)
        self.access = Access(self.security, self.logs, switches)
        self.store = Store()
        self.quota = Quota(self.store, switches)
        self.cleanup = Cleanup(self.repositories, self.store, self.clock, switches)
        self.missed = MissedRetrievals(self.clock)
        self.flights = Flights(shared=switches.on("single_flight", "yes"))
        self.outbound = Outbound(
            agent=f"Artifactory/{profile.version}",
            identity=self.identity,
            switches=switches,
            public_index=public_index,
            logs=self.logs,
            trusted=trusted,
            neighbours=neighbours,
        )
        self.monitor = OfflineMonitor(self.clock, self.outbound, switches)
        if switches.on("save_empties_missed", "yes"):
            self.repositories.on_change(self.missed.clear)  # A40: every saved configuration rebuilds all remotes
        self.repositories.on_change(self.monitor.reset)

    @property
    def is_free(self) -> bool:
        """Whether only a free edition is there."""
        return self.profile.edition is Edition.OSS

    def headers(self) -> dict[str, str]:
        """What every answer carries (F-01, I-01)."""
        return {
            "X-JFrog-Version": f"Artifactory/{self.profile.version} {self.profile.revision}",
            "X-Artifactory-Id": self.identity,
            "X-Artifactory-Node-Id": self.node,
        }
