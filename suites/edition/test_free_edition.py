from collections.abc import Callable
from typing import Any

import pytest

from artifactory_conformance.artifactory import Identity, System, is_pro_only
from artifactory_conformance.artifactory.errors import message_of
from artifactory_conformance.checks import assert_challenged, assert_enveloped, assert_served, control, relied_on
from artifactory_conformance.evidence import RecordedSession

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


@relied_on("E-02", "C20", "admin 8", "admin 10.2", builds_on=["edition.repositories_are_listed"])
def test_wrong_credentials_are_challenged_on_a_free_edition(
    free_edition: RecordedSession, stranger: Identity, observe: Callable[[str, Any], None]
) -> None:
    """A free edition answers wrong credentials by 401 with a Basic challenge."""
    answer = stranger.get("api/repositories")

    observe("the refusal", message_of(answer))
    assert_challenged(answer)
    with control("the right ones are served"):
        assert free_edition.request("GET", "api/repositories").status == 200


@relied_on("P-10", "C20", "admin 10.2", builds_on=["edition.repositories_are_listed"])
@pytest.mark.usefixtures("anonymous_access_off")
def test_nobody_is_challenged_on_a_free_edition(free_edition: RecordedSession, anonymous: Identity) -> None:
    """Where anonymous access is off, a free edition answers who gives no credentials by 401 with a Basic challenge."""
    assert_challenged(anonymous.get("api/repositories"))
    with control("who gives some is served"):
        assert free_edition.request("GET", "api/repositories").status == 200


@relied_on("E-01", "D1", "admin 8", "admin 10.2")
def test_errors_of_a_free_edition_are_in_the_envelope(free_edition: RecordedSession, stranger: Identity) -> None:
    """A free edition tells errors in the envelope: wrong credentials, an unknown item, what only Pro has."""
    for answer in (
        stranger.get("api/repositories"),
        free_edition.request("GET", f"api/storage/{KEY}/nothing"),
        free_edition.request("GET", f"api/repositories/{KEY}"),
    ):
        assert 400 <= answer.status < 500, answer
        assert_enveloped(answer)
