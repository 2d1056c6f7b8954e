"""Free editions: what they say of themselves, whom they let in, what they make of repositories; and their health."""

import json
from dataclasses import replace

from artifactory_conformance.reference.defects.calls import is_pypi, is_rest
from artifactory_conformance.reference.defects.edition import FREE
from artifactory_conformance.reference.errors import envelope
from artifactory_conformance.reference.exchange import Answer, Call, as_json
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.free_edition import PRO_ONLY
from artifactory_conformance.reference.health import PATH as HEALTH
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.router import Router
from artifactory_conformance.reference.storage_paths import StoragePaths


def _refused(answer: Answer, status: int, message: str) -> Answer:
    return replace(answer, status=status, body=envelope(status, message))


@fault("D22", "admin 1.1", target=FREE)
def package_addresses_of_free_editions_name_pro(hold: Hold) -> None:
    """A free edition answers below /api/pypi by 400, and says that Pro has it."""
    hold.after(is_pypi, lambda _, answer: _refused(answer, 400, PRO_ONLY))


@fault("admin 1.2", "D2", "D21", target=FREE)
def pro_only_calls_are_not_found(hold: Hold) -> None:
    """A free edition answers 404 to what only Pro has."""

    def not_found(_: Call, answer: Answer) -> Answer:
        return _refused(answer, 404, "Not Found") if answer.status == 400 else answer

    hold.after(is_rest, not_found)


@fault("admin 1.2", "D2", target=FREE)
def the_list_needs_pro(hold: Hold) -> None:
    """A free edition refuses to list its repositories."""
    hold.after(
        lambda call: call.path == "/artifactory/api/repositories",
        lambda _, answer: _refused(answer, 400, PRO_ONLY),
    )


@fault("admin 1.3", "D2", target=FREE)
def free_editions_list_add_ons(hold: Hold) -> None:
    """The version interface of a free edition lists an add-on."""

    def listed(_: Call, answer: Answer) -> Answer:
        if answer.status != 200:
            return answer
        return replace(answer, body=as_json({**json.loads(answer.body), "addons": ["rest"]}).body)

    hold.after(lambda call: is_rest(call, "system/version"), listed)


@fault("admin 2.5")
def a_service_is_not_well(hold: Hold) -> None:
    """The router says of one of the services behind it that it is not well."""

    def ill(_: Call, answer: Answer) -> Answer:
        told = json.loads(answer.body)
        told["services"][-1] |= {"state": "UNHEALTHY", "message": "no answer"}
        return replace(answer, body=as_json(told).body)

    hold.after(lambda call: call.path == HEALTH, ill)


@fault("E-02", "C20", "P-10", target=FREE)
def free_editions_do_not_challenge(hold: Hold) -> None:
    """A free edition answers 401 without saying how to log in."""

    def unchallenged(_: Call, answer: Answer) -> Answer:
        if answer.status != 401:
            return answer
        return replace(answer, headers={n: v for n, v in answer.headers.items() if n.lower() != "www-authenticate"})

    hold.after(is_rest, unchallenged)


@fault("P-10", "C20", target=FREE)
def free_editions_show_nobody_their_repositories(hold: Hold) -> None:
    """A free edition lists no repository to who gives no credentials, although anonymous access is off."""

    def shown(call: Call, answer: Answer) -> Answer:
        known = "authorization" in call.headers
        return answer if known or answer.status != 401 else replace(as_json([]), headers=answer.headers)

    hold.after(lambda call: call.path == "/artifactory/api/repositories", shown)


@fault("E-01", "D1", "admin 8", target=FREE)
def free_editions_tell_of_missing_items_in_text(hold: Hold) -> None:
    """A free edition says in plain text that an item is not there."""

    def told(_: Call, answer: Answer) -> Answer:
        if answer.status != 404:
            return answer
        return replace(answer, body=b"Unable to find item", headers={**answer.headers, "Content-Type": "text/plain"})

    hold.after(lambda call: is_rest(call, "storage/"), told)


def _is_stored_file(hold: Hold, call: Call) -> bool:
    key, _, path = call.path.removeprefix("/artifactory/").partition("/")
    return bool(path) and hold.model.repositories.get(key) is not None


@fault("admin 10.2", "admin 1.2", "D2", target=FREE)
def free_editions_lose_the_end_of_files(hold: Hold) -> None:
    """A free edition serves a stored file without its last byte."""

    def cut(_: Call, answer: Answer) -> Answer:
        return replace(answer, body=answer.body[:-1]) if answer.status == 200 else answer

    hold.after(lambda call: call.method == "GET" and _is_stored_file(hold, call), cut)


@fault("D3", "admin 10.2", "D2", target=FREE)
def free_editions_tell_another_checksum(hold: Hold) -> None:
    """A free edition tells of a stored file the checksum of another."""

    def other(_: Call, answer: Answer) -> Answer:
        told = json.loads(answer.body) if answer.status == 200 else {}
        if "checksums" not in told:
            return answer
        return replace(answer, body=as_json({**told, "checksums": {**told["checksums"], "sha256": "0" * 64}}).body)

    hold.after(lambda call: is_rest(call, "storage/"), other)


@fault("D7", "admin 1.2", target=FREE)
def free_editions_keep_deleted_files(hold: Hold) -> None:
    """A free edition says that it has deleted a file, and keeps it."""
    hold.replace(StoragePaths, "_delete", lambda _: lambda *_: Answer(204))


@fault("admin 1.1", "D22", target=FREE)
def free_editions_have_addresses_of_pypi_repositories(hold: Hold) -> None:
    """A free edition answers below /api/pypi for a PyPI repository that it has: by a page without any link."""

    def made(original: Method) -> Method:
        def pypi(router: Router, call: Call, path: str, base: str) -> Answer:
            repository = hold.model.repositories.get(path.partition("/")[0])
            if repository is None or repository.package_type != "pypi":
                answer: Answer = original(router, call, path, base)
                return answer
            return Answer(200, b"<!DOCTYPE html>\n<html><body></body></html>", {"Content-Type": "text/html"})

        return pypi

    hold.replace(Router, "_pypi", made)
