"""One organization at the fake catalog: a check's own world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from packaging.utils import canonicalize_name

from artifactory_conformance.catalog.faults import Fault
from artifactory_conformance.catalog.journal import Journal
from artifactory_conformance.catalog.service import CatalogService
from artifactory_conformance.distributions import DistributionSpec, build_wheel
from artifactory_conformance.evidence import Answer, RecordedSession


@dataclass(frozen=True)
class Published:
    """A distribution that the catalog offers."""

    project: str
    version: str
    kind: str
    filename: str
    sha256: str
    size: int
    path: str
    requires_python: str | None = None


class Organization:
    """An organization's credentials, its distributions, faults and journal."""

    def __init__(
        self,
        service: CatalogService,
        user: str = "",
        password: str = "",
        *,
        known: str = "",
        answers_everybody: bool = False,
    ) -> None:
        """Make one at the catalog, or with `known` take one that exists there already (then with its credentials).

        answers_everybody: it asks for no credentials, like a public index.
        """
        self.service = service
        if known:
            made = service.call("GET", f"organizations/{known}") | {"password": password}
        else:
            given = {"user": user, "password": password, "open": answers_everybody}
            wanted = {name: value for name, value in given.items() if value}
            made = service.call("POST", "organizations", wanted)
        self.id: str = made["id"]
        self.user: str = made.get("user") or ""
        self.password: str = made.get("password") or ""
        self._base_path: str = made["base_path"].rstrip("/")
        self.journal = Journal(
            lambda: dict(service.call("GET", f"{self._control}/journal")),
            lambda: service.call("DELETE", f"{self._control}/journal"),
        )

    def __repr__(self) -> str:
        return f"Organization({self.id})"

    @property
    def _control(self) -> str:
        return f"organizations/{self.id}"

    @property
    def url(self) -> str:
        """The repository URL, as the target reaches it: what the guide puts into both URL fields."""
        return self.service.address + self._base_path

    def page_path(self, project: str) -> str:
        """The path of a project's page at the catalog: that of the URL in the guide's own curl line (R-09)."""
        return f"{self._base_path}/simple/{canonicalize_name(project)}/"

    def below(self, published: Published) -> str:
        """The path of a file below the organization's URL, without a leading slash."""
        return published.path.removeprefix(f"{self._base_path}/")

    def publish(
        self,
        project: str,
        version: str = "1.0",
        *,
        kind: str = "wheel",
        requires: Sequence[str] = (),
        requires_python: str | None = None,
        extras: Mapping[str, Sequence[str]] | None = None,
        entry_points: Mapping[str, str] | None = None,
        filler: int = 0,
        variant: str = "",
        build_requires: Sequence[str] = (),
        yanked: str | None = None,
    ) -> Published:
        """Build a distribution and offer it.

        filler: extra bytes. variant: other bytes under the same file name. build_requires: what an sdist is built with.
        yanked: why its use is advised against.
        """
        body: dict[str, Any] = {"project": project, "version": version, "kind": kind, "requires": list(requires)}
        optional = {
            "requires_python": requires_python,
            "extras": {name: list(more) for name, more in (extras or {}).items()},
            "entry_points": dict(entry_points or {}),
            "filler": filler,
            "variant": variant,
            "build_requires": list(build_requires),
        }
        body |= {name: value for name, value in optional.items() if value}
        if yanked is not None:
            body["yanked"] = yanked
        return _published(self.service.call("POST", f"{self._control}/distributions", body))

    def publish_new(self, version: str = "1.0", *, kind: str = "wheel") -> Published:
        """Offer a project that did not exist before, under a name of its own: nobody can have cached it."""
        return self.publish(new_name(), version, kind=kind)

    def republish(self, published: Published) -> Published:
        """Offer other bytes under a file name that is offered already."""
        return self.publish(
            published.project,
            published.version,
            kind=published.kind,
            requires_python=published.requires_python,
            variant=uuid4().hex,
        )

    def withdraw(self, published: Published) -> None:
        """Stop offering a distribution."""
        self.service.call("DELETE", f"{self._control}/projects/{published.project}/{published.filename}")

    def withdraw_project(self, project: str) -> None:
        """Stop offering a whole project."""
        self.service.call("DELETE", f"{self._control}/projects/{project}")

    def offers(self) -> dict[str, list[Published]]:
        """List everything that is offered, by project."""
        found = self.service.call("GET", f"{self._control}/projects")
        return {project: [_published({"project": project, **one}) for one in files] for project, files in found.items()}

    def set_faults(self, *faults: Fault) -> None:
        """Replace all faults by these; none clears them."""
        self.service.call("PUT", f"{self._control}/faults", {"faults": [fault.as_data() for fault in faults]})

    def exchanged(self, published: Published) -> Fault:
        """Give the fault that a wheel's link gives another wheel of the same name, which nothing but its hash tells."""
        other = build_wheel(DistributionSpec(published.project, published.version, variant="exchanged"))
        content = other.content.decode("latin-1")
        kind = "application/octet-stream"
        return Fault(f"*/{published.filename}", body=content, encoding="latin-1", content_type=kind)

    def set_page_form(self, **form: Any) -> None:
        """Have project pages written in another form (names in `page_form`); nothing gives the usual one."""
        self.service.call("PUT", f"{self._control}/form", form)

    def rotate_password(self, password: str) -> None:
        """Change the password at the catalog, as ActiveState would."""
        self.service.call("PUT", f"{self._control}/credentials", {"user": self.user, "password": password})
        self.password = password

    def rename_user(self, user: str) -> None:
        """Have another user name beside the same password: by default it is the id, which is part of the URL too."""
        self.service.call("PUT", f"{self._control}/credentials", {"user": user, "password": self.password})
        self.user = user

    def ask(self, path: str, *, with_password: bool = True) -> Answer:
        """Ask the catalog directly for a path below the organization's base, as its customer does."""
        base = self.service.own_address + self._base_path
        user, password = (self.user, self.password) if with_password else ("", "")
        session: RecordedSession = self.service.connect(base, user, password)
        try:
            return session.request("GET", path)
        finally:
            session.close()

    def clear(self) -> None:
        """Withdraw everything that is offered, and forget faults, form and journal."""
        for project in self.offers():
            self.withdraw_project(project)
        self.set_faults()
        self.set_page_form()
        self.journal.clear()

    def drop(self) -> None:
        """Remove the organization with everything of it."""
        self.service.call("DELETE", self._control)


def new_name() -> str:
    """Give the name of a project that nobody has."""
    return f"new-{uuid4().hex[:12]}"


def _published(found: Mapping[str, Any]) -> Published:
    names = Published.__dataclass_fields__
    return Published(**{name: found[name] for name in names if name in found})
