"""The lab: scratch repositories, users and grants that a check makes for itself and that are gone afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from .artifactory import (
    READ,
    Identity,
    LocalRepository,
    RemoteRepository,
    Repositories,
    Security,
    VirtualRepository,
    until,
)
from .artifactory.identity import Keyed
from .catalog import Organization
from .distributions import Distribution, DistributionSpec, build_wheel
from .evidence import Credentials, RecordedSession
from .ledger import Footprint, Ledger
from .sites import remote_configuration, upload_and_wait, virtual_configuration

SETTLED = 2
"""Looks in a row that must agree before a grant counts as applied."""


class Connect(Protocol):
    """Makes a session to the target as somebody, at level mutate."""

    def __call__(self, credentials: Credentials) -> RecordedSession:
        """Give the session."""


class Lab:
    """Factories with clean-up inside, in the domain's words. One per check."""

    def __init__(self, administrator: Credentials, connect: Connect, ledger: Ledger, make_secret: Callable[[], str]):
        self._connect = connect
        self._session = connect(administrator)
        self._ledger = ledger
        self._footprint = Footprint(ledger)
        self._make_secret = make_secret
        self._repositories = Repositories(self._session)
        self._security = Security(self._session)

    @property
    def administrator(self) -> Identity:
        """The administrator as somebody who installs and uploads."""
        return Identity(self._session)

    def remote_repository(self, catalog: Organization, **changed: Any) -> RemoteRepository:
        """Make a proxy of a catalog as the guide says, with some fields of its configuration changed."""
        key = self._ledger.name("remote")
        self._create(remote_configuration(key, catalog, **changed))
        return RemoteRepository(key, self._session)

    def local_repository(self, **changed: Any) -> LocalRepository:
        """Make a local repository for internal packages."""
        key = self._ledger.name("local")
        self._create({"key": key, "rclass": "local", "packageType": "pypi", **changed})
        return LocalRepository(key, self._session)

    def virtual_repository(
        self, *members: Keyed, deploy_to: LocalRepository | None = None, **changed: Any
    ) -> VirtualRepository:
        """Make a virtual repository of these members, in this order."""
        key = self._ledger.name("virtual")
        configuration = virtual_configuration(
            key, [member.key for member in members], deploy_to.key if deploy_to else ""
        )
        self._create({**configuration, **changed})
        return VirtualRepository(key, self._session)

    def user(self, *rights: Keyed | str, include: Sequence[str] = ("**",)) -> Identity:
        """Make a user with these rights on these repositories, and wait until they apply.

        rights: repositories and actions in any order: `lab.user(remote, READ, DEPLOY_CACHE)`; none: a user without any.
        include: the include patterns of the permission target.
        """
        actions = [right for right in rights if isinstance(right, str)]
        repositories = [right for right in rights if not isinstance(right, str)]
        credentials = Credentials(self._ledger.name("user"), self._make_secret())
        name = credentials.user
        self._footprint.create(
            "user",
            name,
            lambda: self._security.create_user(name, credentials.password),
            lambda: self._security.delete_user(name),
        )
        session = self._connect(credentials)
        until(
            f"user {name} can log in",
            lambda: session.request("GET", "api/system/version"),
            holds=lambda a: a.status == 200,
        )
        if repositories:
            self.grant(credentials.user, repositories, actions, include=include)
        return Identity(session)

    def grant(
        self, user: str, repositories: Sequence[Keyed], actions: Sequence[str], *, include: Sequence[str] = ("**",)
    ) -> str:
        """Give a user rights on repositories by a permission target of its own, and wait until they apply; its name."""
        target = self._ledger.name("permission")
        keys = [repository.key for repository in repositories]
        self._footprint.create(
            "permission target",
            target,
            lambda: self._security.grant(target, keys, {user: actions}, include=include),
            lambda: self._security.revoke(target),
        )
        self.wait_for_grant(target, user, actions)
        return target

    def change_grant(self, target: str, user: str, repositories: Sequence[Keyed], actions: Sequence[str]) -> None:
        """Replace what a permission target grants, and wait until it can be read back."""
        self._security.grant(target, [repository.key for repository in repositories], {user: actions})
        self.wait_for_grant(target, user, actions)

    def wait_for_grant(self, target: str, user: str, actions: Sequence[str]) -> None:
        """Wait until a permission target reads back as granted. That it is enforced a check has to poll for itself."""

        def granted() -> list[str]:
            found = self._security.permission(target) or {}
            return sorted(found.get("repo", {}).get("actions", {}).get("users", {}).get(user, ()))

        until(
            f"{target} grants {user} {list(actions)}",
            granted,
            holds=lambda seen: seen == sorted(actions),
            times=SETTLED,
        )

    def reader(self, *repositories: Keyed) -> Identity:
        """Make a user that may only read."""
        return self.user(*repositories, READ)

    def upload(self, local: LocalRepository, project: str, version: str = "1.0", **more: Any) -> Distribution:
        """Build a wheel and upload it to a local as the administrator; wait until its page lists it."""
        wheel = build_wheel(DistributionSpec(project=project, version=version, **more))
        upload_and_wait(self.administrator, local, wheel)
        return wheel

    def close(self) -> list[str]:
        """Remove everything; give a line for each thing that stays behind."""
        return self._footprint.remove()

    def _create(self, configuration: dict[str, Any]) -> None:
        key = configuration["key"]
        self._footprint.create(
            "repository",
            key,
            lambda: self._repositories.create(configuration),
            lambda: self._repositories.delete(key),
        )


class LeftBehind(Exception):
    """Something that a lab made is still there; the message names it. The ledger has it too."""
