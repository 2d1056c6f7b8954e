from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import Security, System, is_pro_only
from artifactory_conformance.artifactory.errors import message_of
from artifactory_conformance.artifactory.system import NO_SUCH_KEY
from artifactory_conformance.checks import assert_served, clause, relied_on
from artifactory_conformance.evidence import RecordedSession


@clause("PRE-01", facts=("admin 1.1", "admin 1.3", "admin 9.1", "T36", "D2"))
def test_this_edition_has_pypi_repositories(admin: RecordedSession, observe: Callable[[str, Any], None]) -> None:
    """This edition of Artifactory lists add-ons and lets its repositories be configured: it can proxy the catalog."""
    found = System(admin).detect()
    probe = admin.request("GET", f"api/repositories/{NO_SUCH_KEY}")
    observe("edition", found.edition)
    observe("add-ons", len(found.addons))
    observe("licence", System(admin).licence())
    observe("configuration of an unknown repository", f"{probe.status} {message_of(probe)}")

    said = f"{found.version} lists {len(found.addons)} add-ons, and of a repository it says {probe.status}"
    assert found.serves_pypi, f"{found.edition}: {said} {message_of(probe).strip()}"
    assert not is_pro_only(probe), probe


@relied_on("release 8", "release 32", "T36", "admin 5.3")
def test_permissions_are_read_through_version_2(
    admin: RecordedSession, grants: Security, observe: Callable[[str, Any], None]
) -> None:
    """Version 2 of the permission interface lists the permission targets; the others may be gone, or not there yet."""
    root = admin.base.removesuffix("/artifactory")
    observe("version 1", admin.request("GET", "api/security/permissions").status)
    observe("Access, version 2", admin.request("GET", f"{root}/access/api/v2/permissions").status)

    assert_served(admin.request("GET", "api/v2/security/permissions"))
    observe("permission targets", len(grants.permissions()))
