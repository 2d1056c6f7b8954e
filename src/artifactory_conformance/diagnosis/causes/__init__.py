"""The catalogue of causes, in modules by part of the guide; rules follow the guide and the knowledge files alone."""

from collections.abc import Mapping

from artifactory_conformance.diagnosis.cause import Cause
from artifactory_conformance.diagnosis.causes.accounts import ACCOUNTS
from artifactory_conformance.diagnosis.causes.addresses import ADDRESSES
from artifactory_conformance.diagnosis.causes.caching import CACHING
from artifactory_conformance.diagnosis.causes.catalog import CATALOG
from artifactory_conformance.diagnosis.causes.clients import CLIENTS
from artifactory_conformance.diagnosis.causes.credentials import CREDENTIALS
from artifactory_conformance.diagnosis.causes.instance import INSTANCE
from artifactory_conformance.diagnosis.causes.internal_packages import INTERNAL
from artifactory_conformance.diagnosis.causes.permissions import PERMISSIONS
from artifactory_conformance.diagnosis.causes.public_content import PUBLIC
from artifactory_conformance.diagnosis.causes.remote_repository import REMOTE
from artifactory_conformance.diagnosis.causes.virtual_repository import VIRTUAL

PARTS: Mapping[str, tuple[Cause, ...]] = {
    "The remote repository": REMOTE,
    "Its addresses": ADDRESSES,
    "Its credentials": CREDENTIALS,
    "Caching": CACHING,
    "Permissions": PERMISSIONS,
    "The account that installs": ACCOUNTS,
    "The virtual repository": VIRTUAL,
    "Internal packages": INTERNAL,
    "Public content": PUBLIC,
    "The instance": INSTANCE,
    "The catalog, and the way to it": CATALOG,
    "Clients": CLIENTS,
}
"""All causes by the part that they belong to."""

CAUSES: Mapping[str, Cause] = {cause.id: cause for causes in PARTS.values() for cause in causes}
"""All causes by id."""
