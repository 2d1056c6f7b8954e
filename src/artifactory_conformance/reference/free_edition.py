"""What the open-source edition refuses (admin 1.2, D2): the stubs of its REST."""

from artifactory_conformance.reference.access import Access
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Call

PRO_ONLY = (
    "This REST API is available only in Artifactory Pro (see: jfrog.com/artifactory/features). If you are already "
    "running Artifactory Pro please make sure your server is activated with a valid license key.\n"
)
_ADMINISTRATORS = ("security/users", "security/groups", "security/permissions", "v2/security", "zap", "plugins")
_ANYBODY = (
    *("v2/repositories", "repositories/", "replication", "copy/", "move/", "download/", "archive/download", "yum"),
    *(f"search/{kind}" for kind in ("pattern", "checksum", "badChecksum", "license", "dependency", "versions")),
    *("search/latestVersion", "search/buildArtifacts", "build/promote", "build/rename"),
)


def refuse_pro_only(call: Call, path: str, access: Access) -> None:
    """Raises RequestRefused for what only Pro has below `/api/`; the role is asked for first."""
    if path.startswith(_ADMINISTRATORS) or (path.startswith("repositories/") and call.method == "DELETE"):
        access.require_admin(call.caller)
    elif not path.startswith(_ANYBODY) and not _of_an_item(call, path):
        return
    raise RequestRefused(400, PRO_ONLY)


def _of_an_item(call: Call, path: str) -> bool:
    """The variants of the storage API that are stubs: lists, permissions, dates, and writing properties."""
    if not path.startswith("storage/"):
        return False
    if "list" in call.query and call.caller.anonymous:
        raise RequestRefused(403, "This request is not permitted for anonymous users.")
    stubs = {"list", "permissions", "lastModified"} & set(call.query)
    return bool(stubs) or ("properties" in call.query and call.method in ("PUT", "DELETE"))
