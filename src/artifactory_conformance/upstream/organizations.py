"""The organizations (tenants) of a catalog: who may ask, what is offered, what was asked, what goes wrong."""

import base64
import binascii
import hmac
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from artifactory_conformance.upstream.faults import FaultPlan
from artifactory_conformance.upstream.forms import PageForm
from artifactory_conformance.upstream.journal import CredentialsSeen, Journal
from artifactory_conformance.upstream.layouts import Layout
from artifactory_conformance.upstream.shelf import PublishedFile, Shelf

PUBLIC = "public"
"""The id of the one organization of a public index."""


class OrganizationRefused(ValueError):
    """An organization of this id cannot be made, or cannot be removed."""


@dataclass(frozen=True)
class Credentials:
    """A pair for Basic authentication (U3: the real user name is the id of the organization)."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class Presented:
    """What a request showed of itself."""

    user: str | None
    seen: CredentialsSeen


@dataclass
class Organization:
    """One tenant; without credentials it is open to everybody."""

    id: str
    base_path: str
    credentials: Credentials | None
    shelf: Shelf
    journal: Journal = field(default_factory=Journal)
    faults: FaultPlan = field(default_factory=FaultPlan)
    form: PageForm = field(default_factory=PageForm)

    def judge(self, authorization: str | None) -> Presented:
        """Compare an Authorization header with the credentials; whatever an open organization is sent is wrong."""
        if authorization is None:
            return Presented(None, CredentialsSeen.NONE)
        user, password = _basic_pair(authorization)
        if user is None or password is None or self.credentials is None:
            return Presented(user, CredentialsSeen.WRONG)
        same_user = hmac.compare_digest(user.encode(), self.credentials.user.encode())
        same_password = hmac.compare_digest(password.encode(), self.credentials.password.encode())
        return Presented(user, CredentialsSeen.RIGHT if same_user and same_password else CredentialsSeen.WRONG)

    def admits(self, presented: Presented) -> bool:
        """Whether a request that showed this is answered at all."""
        return self.credentials is None or presented.seen is CredentialsSeen.RIGHT


class Organizations:
    """All tenants of one service. Each begins with the files that are `offered` to everybody."""

    def __init__(self, layout: Layout, offered: Iterable[PublishedFile] = (), canary: str = "") -> None:
        self.layout = layout
        self._offered = tuple(offered)
        self._canary = canary
        self._by_id: dict[str, Organization] = {}
        if layout is Layout.PYPI:
            self._by_id[PUBLIC] = Organization(PUBLIC, layout.base_path(PUBLIC), None, Shelf(self._offered))

    def create(
        self, id_: str | None = None, user: str | None = None, password: str | None = None, *, is_open: bool = False
    ) -> Organization:
        """Make a tenant; id, user (= id) and password are made up where None.

        is_open: it answers everybody, as a public index does. Raises OrganizationRefused.
        """
        if self.layout is Layout.PYPI:
            raise OrganizationRefused(f"a public index has one organization, {PUBLIC!r}")
        id_ = _canonical_uuid(id_) if id_ is not None else str(uuid.uuid4())
        if id_ in self._by_id:
            raise OrganizationRefused(f"id: {id_} exists already")
        if is_open and (user is not None or password is not None):
            raise OrganizationRefused("open: an organization that answers everybody has no credentials")
        credentials = Credentials(
            id_ if user is None else user,
            f"{self._canary}{secrets.token_urlsafe(18)}" if password is None else password,
        )
        given = None if is_open else credentials
        organization = Organization(id_, self.layout.base_path(id_), given, Shelf(self._offered))
        self._by_id[id_] = organization
        return organization

    def get(self, id_: str) -> Organization | None:
        """The tenant of this id."""
        return self._by_id.get(id_)

    def remove(self, id_: str) -> bool:
        """Forget a tenant; False if it was not there. Raises OrganizationRefused for the public one."""
        if id_ == PUBLIC and id_ in self._by_id:
            raise OrganizationRefused("the organization of a public index stays")
        return self._by_id.pop(id_, None) is not None

    def at(self, path: str) -> Organization | None:
        """The tenant whose path this is."""
        return self.get(PUBLIC if self.layout is Layout.PYPI else path.lstrip("/").partition("/")[0])


def _canonical_uuid(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError as error:
        raise OrganizationRefused(f"id: {text!r} is not a UUID") from error


def _basic_pair(authorization: str) -> tuple[str | None, str | None]:
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None, None
    try:
        pair = base64.b64decode(encoded.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None, None
    user, colon, password = pair.partition(":")
    return user, password if colon else None
