from collections.abc import Callable
from typing import Any

import pytest

from artifactory_conformance.artifactory import System, is_pro_only
from artifactory_conformance.artifactory.errors import message_of
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_served, relied_on
from artifactory_conformance.evidence import RecordedSession
from artifactory_conformance.free_lab import FreeLab

KEY = "conformance-no-such-key"


@relied_on("admin 1.1", "D2", "D22")
@pytest.mark.parametrize("path", ["simple/", "simple/example/", ""], ids=["root", "project", "repository"])
def test_the_pypi_interface_is_absent(
    free_edition: RecordedSession, path: str, observe: Callable[[str, Any], None]
) -> None:
    """A free edition answers 404 to whatever is asked below /api/pypi."""
    answer = free_edition.request("GET", f"api/pypi/{KEY}/{path}")

    observe("the refusal", message_of(answer))
    assert answer.status == 404, answer


@relied_on("admin 1.2", "D2")
@pytest.mark.parametrize(
    "path",
    [f"repositories/{KEY}", f"v2/repositories/{KEY}", "security/users", "security/groups", "security/permissions"],
)
def test_reading_what_only_pro_has_is_refused_by_name(free_edition: RecordedSession, path: str) -> None:
    """A free edition refuses to read repositories, users, groups and permissions with 400, and says that Pro has it."""
    assert is_pro_only(answer := free_edition.request("GET", f"api/{path}")), answer


@relied_on("admin 1.2", "D2", "D21")
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_configuring_repositories_is_refused_by_name(free_edition_writes: RecordedSession, method: str) -> None:
    """A free edition refuses to create, change and delete repositories over REST with 400, and says that Pro has it."""
    wanted = {"key": KEY, "rclass": "remote", "packageType": "pypi", "url": "https://catalog.invalid/pypi"}
    body = {} if method == "DELETE" else {"json": wanted}
    assert is_pro_only(answer := free_edition_writes.request(method, f"api/repositories/{KEY}", **body)), answer


@relied_on("admin 1.2", "D2")
def test_repositories_are_listed(free_edition: RecordedSession) -> None:
    """A free edition lists its repositories."""
    answer = free_edition.request("GET", "api/repositories")

    assert_served(answer)
    assert answer.body.lstrip().startswith(b"["), answer


@relied_on("admin 1.3", "D2")
def test_version_is_told_without_add_ons(free_edition: RecordedSession, observe: Callable[[str, Any], None]) -> None:
    """A free edition tells its version and answers a ping; it lists no add-ons."""
    found = System(free_edition).version()
    observe("licence", System(free_edition).licence())

    assert found.version.startswith("7."), found
    assert not found.addons, found
    assert free_edition.request("GET", "api/system/ping").text.strip() == "OK"


@relied_on("admin 1.2", "admin 11.1", "D2", "C36", observes=True)
def test_what_else_a_free_edition_answers(free_edition: RecordedSession, observe: Callable[[str, Any], None]) -> None:
    """Records what a free edition answers where the sources say that it works, and where nobody knows."""
    root = free_edition.base.removesuffix("/artifactory")
    for path in ("system/configuration", "storageinfo", "security/userLockPolicy", f"search/artifact?name={KEY}"):
        observe(path, free_edition.request("GET", f"api/{path}").status)
    observe("Access, users", free_edition.request("GET", f"{root}/access/api/v2/users").status)


@relied_on("admin 11.1", "D20", "D22", observes=True, builds_on=["edition.repositories_are_listed"])
def test_what_becomes_of_a_pypi_remote_that_a_patch_makes(
    free_lab: FreeLab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records whether a free edition takes a PyPI remote by a YAML patch, and what it then serves of the catalog."""
    catalog.publish("example")
    key, answer = free_lab.patch_remote(catalog.url)
    observe("the patch", f"{answer.status} {message_of(answer)}".replace(key, "KEY"))
    observe("the repository is listed", key in free_lab.listed())
    for path in (f"api/pypi/{key}/simple/example/", f"{key}/simple/example/"):
        observe(path.replace(key, "KEY"), free_lab.session.request("GET", path).status)
