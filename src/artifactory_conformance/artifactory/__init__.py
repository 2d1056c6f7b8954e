"""The REST and PyPI sides of an Artifactory as typed objects: repositories, users, permissions, storage, project pages.

Fixtures, sites, labs and targets may import it; it imports evidence and limits, never a target.
"""

from .errors import ArtifactoryRefused, NotSettled, PageUnavailable
from .handles import LocalRepository, RemoteRepository, Repository, VirtualRepository
from .identity import Identity
from .pages import Link, ProjectPage
from .permission_target import PermissionTarget
from .repositories import Repositories
from .security import DELETE, DEPLOY_CACHE, READ, Security
from .storage import Storage
from .system import System, SystemVersion
from .waiting import until

__all__ = [
    "DELETE",
    "DEPLOY_CACHE",
    "READ",
    "ArtifactoryRefused",
    "Identity",
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
    "VirtualRepository",
    "until",
]
