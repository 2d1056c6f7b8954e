from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

from artifactory_conformance.artifactory import Identity, NotSettled, RemoteRepository, Security, System, until
from artifactory_conformance.artifactory.logs import Logs, Served
from artifactory_conformance.checks import clause
from artifactory_conformance.checks.causes import REMOTE_IS_SHOWN
from artifactory_conformance.evidence import RecordedSession
from artifactory_conformance.sites import Site

WANTED = (
    *("key", "rclass", "packageType", "url", "pyPIRegistryUrl", "pyPIRepositorySuffix", "username"),
    *("storeArtifactsLocally", "retrievalCachePeriodSecs", "missedRetrievalCachePeriodSecs"),
    *("unusedArtifactsCleanupPeriodHours", "includesPattern", "excludesPattern", "offline", "blackedOut", "xrayIndex"),
)


@clause(
    "SUPPORT-01",
    facts=("T40", "admin 3.2"),
    builds_on=["permissions.the_installing_account_has_both_rights"],
)
def test_version_configuration_and_permissions_can_be_collected(
    admin: RecordedSession, grants: Security, site_remote: RemoteRepository, site_user: Identity
) -> None:
    """An administrator is told version and edition, the remote's configuration and the installing account's rights."""
    found, configuration = System(admin).version(), site_remote.configuration()

    assert found.version
    assert found.edition
    assert not [name for name in WANTED if name not in configuration]
    assert grants.rights_on_remote(site_user.name, site_remote.key), f"{site_user.name} has no right on the remote"


@clause(
    "SUPPORT-01",
    facts=("T40", "row 13", "F-01", "ladder E7"),
    builds_on=[REMOTE_IS_SHOWN],
)
def test_what_an_account_can_tell_support(
    site: Site, site_user: Identity, known_project: str, observe: Callable[[str, Any], None]
) -> None:
    """An account that installs is told the version and the remote's address; which node answered is recorded."""
    answer = site_user.get(f"api/storage/{site.remote}-cache/.pypi/{known_project}.html")
    shown = site_user.listed(site.remote)
    observe("configuration, permissions of others and logs", "an administrator has to add them")
    observe("where to look in the logs", answer.headers.get("X-Request-ID", "no id of the request is told"))
    observe("on which node", answer.headers.get("X-Artifactory-Id", "no id of the node is told"))

    assert answer.headers.get("X-JFrog-Version"), answer
    assert shown["url"], f"the list of repositories does not tell the address of {site.remote}"


@clause("SUPPORT-01", facts=("T40", "admin 6"))
def test_the_line_of_a_failed_request_can_be_collected(
    downloads: Identity, remote_index: RemoteRepository, logs: Logs
) -> None:
    """The request log has a line of a request that failed: who asked for what, and the status that was answered."""
    unknown = f"unknown-{uuid4().hex[:12]}"
    failed = downloads.get_page(remote_index, unknown)

    def lines() -> list[Served]:
        return [line for line in logs.served() if unknown in line.path]

    with suppress(NotSettled):
        until("the line is written", lines)
    assert [(line.user, line.status) for line in lines()] == [(downloads.name, failed.status)]
