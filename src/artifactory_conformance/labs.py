"""The lab: scratch repositories, users and grants that a check makes for itself and that are gone afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, Protocol

from artifactory_conformance.artifactory import (
    DEPLOY_CACHE,
    READ,
    ArtifactoryRefused,
    ConnectionTest,
    Identity,
    LocalRepository,
    RemoteRepository,
    Repositories,
    Security,
    VirtualRepository,
    until,
)
from artifactory_conformance.artifactory.identity import Keyed
from artifactory_conformance.distributions import Distribution, DistributionSpec, build_wheel
from artifactory_conformance.evidence import Credentials, RecordedSession
from artifactory_conformance.lab_tokens import LabTokens
from artifactory_conformance.ledger import Footprint, Ledger, Owner
from artifactory_conformance.sites import (
    Upstream,
    create_repository,
    remote_configuration,
    upload_and_wait,
    virtual_configuration,
    wait_until_readable,
)

SETTLED = 2
"""Looks in a row that must agree before a grant counts as applied."""


class Connect(Protocol):
    """Makes a session to the target as somebody, at level mutate."""

    def __call__(self, credentials: Credentials) -> RecordedSession:
        """Give the session."""


class SetUp(NamedTuple):
    """What the guide makes an administrator set up, on a small scale: a remote, a local, both in a virtual, a user."""

    remote: RemoteRepository
    local: LocalRepository
    virtual: VirtualRepository
    user: Identity


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

    @property
    def rest(self) -> RecordedSession:
        """The administrator's session as it is, for calls that have no words of their own."""
        return self._session

    @property
    def tokens(self) -> LabTokens:
        """Factories for access tokens."""
        return LabTokens(self._session, self._connect, self._footprint, self._ledger)

    @property
    def test_button(self) -> ConnectionTest:
        """The Test button of remote repositories, pressed by the administrator."""
        return ConnectionTest(self._session)

    def name_remote(self) -> RemoteRepository:
        """Give a remote repository that is not there yet, to be made later under this name."""
        return RemoteRepository(self._ledger.name("remote"), self._session)

    def remote_repository(
        self, catalog: Upstream, *, named: RemoteRepository | None = None, **changed: Any
    ) -> RemoteRepository:
        """Make a proxy of a catalog as the guide says, with some fields of its configuration changed.

        named: what `name_remote` gave, to make that one.
        """
        key = named.key if named else self._ledger.name("remote")
        self._create(remote_configuration(key, catalog), changed)
        return RemoteRepository(key, self._session)

    def local_repository(self, **changed: Any) -> LocalRepository:
        """Make a local repository for internal packages."""
        key = self._ledger.name("local")
        self._create({"key": key, "rclass": "local", "packageType": "pypi"}, changed)
        return LocalRepository(key, self._session)

    def virtual_repository(
        self, *members: Keyed, deploy_to: LocalRepository | None = None, **changed: Any
    ) -> VirtualRepository:
        """Make a virtual repository of these members, in this order."""
        key = self._ledger.name("virtual")
        configuration = virtual_configuration(
            key, [member.key for member in members], deploy_to.key if deploy_to else ""
        )
        self._create(configuration, changed)
        return VirtualRepository(key, self._session)

    def set_up(self, catalog: Upstream, **changed: Any) -> SetUp:
        """Make the guide's whole set-up, with some fields of the remote's configuration changed."""
        remote, local = self.remote_repository(catalog, **changed), self.local_repository()
        virtual = self.virtual_repository(remote, local, deploy_to=local)
        return SetUp(remote, local, virtual, self.user(remote, local, READ, DEPLOY_CACHE))

    @property
    def nobody(self) -> Identity:
        """Somebody without credentials."""
        return Identity(self._connect(Credentials()))

    def user(
        self,
        *rights: Keyed | str,
        include: Sequence[str] = ("**",),
        exclude: Sequence[str] = (),
        groups: Sequence[str] | None = (),
        password_with: str = "",
        name_with: str = "",
    ) -> Identity:
        """Make a user with these rights on these repositories, and wait until they apply.

        rights: repositories and actions in any order: `lab.user(remote, READ, DEPLOY_CACHE)`; none: a user without any.
        include, exclude: the patterns of the permission target. groups: the only groups that the user is in; None for
        those that every new user joins. name_with, password_with: characters that name and password end in, for
        what clients and proxies trip over.
        """
        repositories, actions = _told_apart(rights)
        credentials = Credentials(self._ledger.name("user") + name_with, self._make_secret() + password_with)
        session = self._connect(credentials)  # from here on the redactor knows this password
        name = credentials.user
        self._footprint.create(
            "user",
            name,
            lambda: self._security.create_user(name, credentials.password, self._ledger.email(name), groups),
            lambda: self._security.delete_user(name),
            Owner.EMAIL,
        )
        until(
            f"user {name} can log in",
            lambda: session.request("GET", "api/system/version"),
            holds=lambda a: a.status == 200,
        )
        if repositories:
            self.grant(credentials.user, repositories, actions, include=include, exclude=exclude)
        if READ in actions and tuple(include) == ("**",) and not exclude:
            for repository in repositories:
                store = repository.cache if isinstance(repository, RemoteRepository) else repository
                wait_until_readable(session, store.key)
        return Identity(session)

    def impostor(self, user: Identity) -> Identity:
        """Give somebody who knows a user's name, but not the password."""
        return Identity(self._connect(Credentials(user.name, self._make_secret())))

    def renewed(self, user: Identity) -> Identity:
        """Give a user another password; it has not logged in with it yet, so nothing of it is remembered (C31)."""
        credentials = Credentials(user.name, self._make_secret())
        session = self._connect(credentials)
        self._security.set_password(credentials.user, credentials.password)
        return Identity(session)

    def group(self, *rights: Keyed | str, name: str = "") -> str:
        """Make a group with these rights on these repositories, given as for a user; its name.

        name: another one than a name of its own, which has to be of this lab as well.
        """
        repositories, actions = _told_apart(rights)
        name = name or self._ledger.name("group")
        self._footprint.create(
            "group",
            name,
            lambda: self._security.create_group(name, self._ledger.note),
            lambda: self._security.delete_group(name),
            Owner.DESCRIPTION,
        )
        if repositories:
            self.grant(name, repositories, actions, to="groups")
        return name

    def grant(
        self,
        user: str,
        repositories: Sequence[Keyed],
        actions: Sequence[str],
        *,
        include: Sequence[str] = ("**",),
        exclude: Sequence[str] = (),
        to: str = "users",
    ) -> str:
        """Give rights on repositories by a permission target of its own, and wait until it reads back; its name.

        Nothing but its name says whose it is: a permission target has no place for texts (admin 5.3).

        user: name of a user, or of a group with `to="groups"`.
        """
        target = self._ledger.name("permission")
        keys = [repository.key for repository in repositories]
        given = {"users": {}, "groups": {}, to: {user: actions}}
        self._footprint.create(
            "permission target",
            target,
            lambda: self._security.grant(
                target, keys, given["users"], groups=given["groups"], include=include, exclude=exclude
            ),
            lambda: self._security.revoke(target),
        )
        self.wait_for_grant(target, user, actions, to=to)
        return target

    def revoke(self, target: str) -> None:
        """Take away what a permission target grants, by deleting it."""
        self._security.revoke(target)

    def takes_grant(self, user: str, repositories: Sequence[Keyed], actions: Sequence[str]) -> bool:
        """Try to give a user rights, and tell whether the instance takes such a permission target."""
        try:
            self.grant(user, repositories, actions)
        except ArtifactoryRefused:
            return False
        return True

    def wait_for_grant(self, target: str, user: str, actions: Sequence[str], *, to: str = "users") -> None:
        """Wait until a permission target reads back as granted. That it is enforced a check has to poll for itself."""

        def granted() -> list[str]:
            found = self._security.permission(target) or {}
            return sorted(found.get("repo", {}).get("actions", {}).get(to, {}).get(user, ()))

        until(
            f"{target} grants {user} {list(actions)}",
            granted,
            holds=lambda seen: seen == sorted(actions),
            times=SETTLED,
        )

    def reader(self, *repositories: Keyed) -> Identity:
        """Make a user that may only read."""
        return self.user(*repositories, READ)

    def upload(self, to: Keyed, project: str, version: str = "1.0", **more: Any) -> Distribution:
        """Build a wheel and upload it to a local or virtual as the administrator; wait until its page lists it."""
        wheel = build_wheel(DistributionSpec(project=project, version=version, **more))
        upload_and_wait(self.administrator, to, wheel)
        return wheel

    def upload_each(self, to: Keyed, projects: Iterable[str], version: str = "1.0") -> dict[str, Distribution]:
        """Build a wheel of each project, upload them all, and wait until the pages list them; the wheels by project."""
        wheels = {project: build_wheel(DistributionSpec(project=project, version=version)) for project in projects}
        upload_and_wait(self.administrator, to, *wheels.values())
        return wheels

    def close(self) -> list[str]:
        """Remove everything; give a line for each thing that stays behind."""
        return self._footprint.remove()

    def _create(self, configuration: dict[str, Any], changed: dict[str, Any]) -> None:
        """Create a repository whose notes say whose it is, unless the check is about its notes."""
        owner = Owner.NAME if "notes" in changed else Owner.NOTES
        create_repository(
            self._footprint, self._repositories, {**configuration, "notes": self._ledger.note, **changed}, owner
        )


def _told_apart(rights: Sequence[Keyed | str]) -> tuple[list[Keyed], list[str]]:
    actions = [right for right in rights if isinstance(right, str)]
    return [right for right in rights if not isinstance(right, str)], actions


class LeftBehind(Exception):
    """Something that a lab made is still there; the message names it. The ledger has it too."""
