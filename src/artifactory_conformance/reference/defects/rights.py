"""Broken rights: what is not asked for, asked for too much, or does not end."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from artifactory_conformance.reference.access import Access, for_caller
from artifactory_conformance.reference.defects.calls import is_file, is_page
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call, Principal
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.remote_files import RemoteFiles
from artifactory_conformance.reference.remote_index import RemoteIndex
from artifactory_conformance.reference.security import READ, PermissionTarget, Security
from artifactory_conformance.reference.virtual import VirtualPackages


def _is_a_page(path: str) -> bool:
    return path.startswith(".pypi/")


@fault("PERM-09", "PERM-10", "P-01", "P-04")
def files_are_stored_without_deploy_cache(hold: Hold) -> None:
    """Whoever may read a remote brings files into its cache: Deploy/Cache is asked for pages alone."""

    def made(original: Method) -> Method:
        def may_store(access: Access, key: str, path: str, who: Principal) -> bool:
            return not _is_a_page(path) or bool(original(access, key, path, who))

        return may_store

    hold.replace(Access, "may_store", made)


@fault("PERM-04", "P-03")
def pages_are_stored_without_deploy_cache(hold: Hold) -> None:
    """Whoever may read a remote brings pages into its cache: Deploy/Cache is asked for files alone."""

    def made(original: Method) -> Method:
        def may_store(access: Access, key: str, path: str, who: Principal) -> bool:
            return _is_a_page(path) or bool(original(access, key, path, who))

        return may_store

    hold.replace(Access, "may_store", made)


def _as_administrator(call: Call) -> Call:
    return replace(call, caller=replace(call.caller, admin=True))


@fault("F-05", "PERM-04", "PERM-09")
def head_needs_no_deploy_cache(hold: Hold) -> None:
    """HEAD of what is not cached fetches and stores it, whoever asks."""

    def made(original: Method) -> Method:
        def fetched(part: object, first: object, *rest: Any) -> object:
            *names, call = rest
            return original(part, first, *names, _as_administrator(call) if call.method == "HEAD" else call)

        return fetched

    hold.replace(RemoteFiles, "content", made)
    hold.replace(RemoteIndex, "_refresh", made)


@fault("admin 11.7", "PERM-04", "PERM-09", "PERM-06", "P-05")
def virtuals_ask_their_members_as_the_system(hold: Hold) -> None:
    """A virtual asks its members with all rights, whoever asks it."""

    def made(original: Method) -> Method:
        def asked(part: VirtualPackages, virtual: object, name: str, call: Call) -> object:
            return original(part, virtual, name, _as_administrator(call))

        return asked

    hold.replace(VirtualPackages, "links", made)
    hold.replace(VirtualPackages, "file", made)


@fault("PERM-05", "P-01", "P-10")
def what_is_cached_needs_deploy_cache(hold: Hold) -> None:
    """Deploy/Cache is asked for what is cached already as well."""
    access = hold.model.access

    def refuse(remote: Any, path: str, call: Call) -> None:
        if not access.may_store(remote.cache_key, path, call.caller):
            raise for_caller(access.store_refusal(remote.cache_key, path, call.caller, 403), call.caller)

    def file(original: Method) -> Method:
        def cached(part: RemoteFiles, remote: Any, path: str, call: Call) -> object:
            found = original(part, remote, path, call)
            if found is not None:
                refuse(remote, path, call)
            return found

        return cached

    def content(original: Method) -> Method:
        def given(part: RemoteFiles, found: Any, call: Call) -> object:
            if found.stored is not None:
                refuse(found.remote, found.path, call)
            return original(part, found, call)

        return given

    hold.replace(RemoteFiles, "cached", file)
    hold.replace(RemoteIndex, "_from_cache", file)
    hold.replace(RemoteFiles, "content", content)


@fault("PERM-06", "P-05", "P-10", "row 42", "row 43", "E-02", "C1", "C4", "C7", "T11", "client C6")
def what_one_user_was_given_others_get_as_well(hold: Hold) -> None:
    """A gateway keeps what somebody was given, and gives it to whoever asks for the same and is refused."""
    given: dict[tuple[str, str], Answer] = {}

    def kept(call: Call, answer: Answer) -> Answer:
        asked = call.method, call.path
        if answer.status == 200:
            given[asked] = answer
        return given.get(asked, answer) if answer.status in (401, 403) else answer

    hold.after(lambda call: is_page(call) or is_file(call), kept)


@fault("PERM-06", "P-05", "P-06", "C1", "C4")
def read_is_not_asked_for(hold: Hold) -> None:
    """Who has logged in reads everything that is cached."""

    def made(original: Method) -> Method:
        def require_read(access: Access, key: str, path: str, who: Principal) -> None:
            if who.anonymous:
                original(access, key, path, who)

        return require_read

    hold.replace(Access, "require_read", made)


@fault("C5", "PERM-06", "P-05")
def any_right_lets_read(hold: Hold) -> None:
    """Who has any right on a repository may read it."""

    def made(original: Method) -> Method:
        def granted(security: Security, target: PermissionTarget, who: Principal) -> frozenset[str]:
            found: frozenset[str] = original(security, target, who)
            return found | {READ} if found else found

        return granted

    hold.replace(Security, "_granted", made)


@fault("C4", "PERM-06")
def excludes_of_targets_are_passed_over(hold: Hold) -> None:
    """Exclude patterns of permission targets are kept and shown, but not applied."""

    def made(original: Method) -> Method:
        def in_force(security: Security) -> list[PermissionTarget]:
            return [replace(target, excludes=()) for target in original(security)]

        return in_force

    hold.replace(Security, "_in_force", made)


@fault("C4", "PERM-06")
def includes_of_targets_are_passed_over(hold: Hold) -> None:
    """Include patterns of permission targets are kept and shown, but not applied."""

    def made(original: Method) -> Method:
        def in_force(security: Security) -> list[PermissionTarget]:
            return [replace(target, includes=("**",)) for target in original(security)]

        return in_force

    hold.replace(Security, "_in_force", made)


@fault("C7", "PERM-06", "C1")
def grants_outlive_their_target(hold: Hold) -> None:
    """What a permission target gave stays in force after it was deleted."""
    gone: list[PermissionTarget] = []

    def removed(original: Method) -> Method:
        def remove_target(security: Security, name: str) -> None:
            gone.append(security.targets[name])
            original(security, name)

        return remove_target

    def in_force(original: Method) -> Method:
        return lambda security: [*original(security), *gone]

    hold.replace(Security, "remove_target", removed)
    hold.replace(Security, "_in_force", in_force)


@fault("C1", "PERM-02", "PERM-03", "release 11")
def rights_of_groups_do_not_count(hold: Hold) -> None:
    """Only what a permission target gives to a user by name counts."""

    def made(original: Method) -> Method:
        def granted(security: Security, target: PermissionTarget, who: Principal) -> frozenset[str]:
            found: frozenset[str] = original(security, target, replace(who, groups=frozenset()))
            return found

        return granted

    hold.replace(Security, "_granted", made)


@fault("PERM-08", "B-40")
def a_refused_user_stays_refused(hold: Hold) -> None:
    """Who was refused a store once stays refused, whatever is granted afterwards."""
    _stays_refused(hold, lambda who, key, _path: (who.name, key))


@fault("P-07", "M-14", "PERM-08")
def a_refused_file_stays_refused(hold: Hold) -> None:
    """A file that somebody was refused stays refused to him, whatever is granted and however long it is ago."""
    _stays_refused(hold, lambda who, key, path: (who.name, key, path))


def _stays_refused(hold: Hold, of: Callable[[Principal, str, str], tuple[str, ...]]) -> None:
    refused: set[tuple[str, ...]] = set()

    def store_refusal(original: Method) -> Method:
        def remembered(access: Access, key: str, path: str, who: Principal, status: int) -> RequestRefused:
            refused.add(of(who, key, path))
            refusal: RequestRefused = original(access, key, path, who, status)
            return refusal

        return remembered

    def may_store(original: Method) -> Method:
        def may(access: Access, key: str, path: str, who: Principal) -> bool:
            return of(who, key, path) not in refused and bool(original(access, key, path, who))

        return may

    hold.replace(Access, "store_refusal", store_refusal)
    hold.replace(Access, "may_store", may_store)


@fault("PERM-02", "PERM-03", "P-01", "C1")
def rights_of_targets_do_not_add_up(hold: Hold) -> None:
    """Who is named by several permission targets brings files into the caches of the last of them alone."""

    def made(original: Method) -> Method:
        def may_store(access: Access, key: str, path: str, who: Principal) -> bool:
            security = hold.model.security
            naming = [target for target in security.targets.values() if who.name in target.users]
            last_alone = not naming or key.removesuffix("-cache") in naming[-1].repositories
            return bool(original(access, key, path, who)) and (who.admin or last_alone or _is_a_page(path))

        return may_store

    hold.replace(Access, "may_store", made)
