"""The REST and PyPI sides of an Artifactory as typed objects: repositories, users, permissions, storage, project pages.

Fixtures, sites, labs and targets may import it; it imports evidence and limits, never a target.
"""

from artifactory_conformance.artifactory.connection import ConnectionTest, ConnectionVerdict
from artifactory_conformance.artifactory.errors import ArtifactoryRefused, NotSettled, PageUnavailable
from artifactory_conformance.artifactory.handles import LocalRepository, RemoteRepository, Repository, VirtualRepository
from artifactory_conformance.artifactory.identity import Identity
from artifactory_conformance.artifactory.instance_settings import ANONYMOUS_ACCESS, HIDE_EXISTENCE, InstanceSettings
from artifactory_conformance.artifactory.pages import Link, ProjectPage
from artifactory_conformance.artifactory.parallel import in_parallel
from artifactory_conformance.artifactory.permission_target import PermissionTarget
from artifactory_conformance.artifactory.refusals import Cause, cause_of
from artifactory_conformance.artifactory.repositories import Repositories
from artifactory_conformance.artifactory.security import DELETE, DEPLOY_CACHE, MANAGE, READ, Security
from artifactory_conformance.artifactory.storage import Storage
from artifactory_conformance.artifactory.system import System, SystemVersion, is_pro_only
from artifactory_conformance.artifactory.usage import Usage
from artifactory_conformance.artifactory.waiting import until

__all__ = [
    "ANONYMOUS_ACCESS",
    "DELETE",
    "DEPLOY_CACHE",
    "HIDE_EXISTENCE",
    "MANAGE",
    "READ",
    "ArtifactoryRefused",
    "Cause",
    "ConnectionTest",
    "ConnectionVerdict",
    "Identity",
    "InstanceSettings",
    "Link",
    "LocalRepository",
    "NotSettled",
    "PageUnavailable",
    "PermissionTarget",
    "ProjectPage",
    "RemoteRepository",
    "Repositories",
    "Repository",
    "Security",
    "Storage",
    "System",
    "SystemVersion",
    "Usage",
    "VirtualRepository",
    "cause_of",
    "in_parallel",
    "is_pro_only",
    "until",
]
