"""Broken REST for repositories: what is shown, to whom, and what is kept of what was entered."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from artifactory_conformance.reference import repository_rules, rest_repositories
from artifactory_conformance.reference.defects.calls import is_rest
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call, as_json
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.remote_index import RemoteIndex
from artifactory_conformance.reference.repositories import Repositories, Repository, RepositoryClass
from artifactory_conformance.reference.rest_repositories import RepositoriesRest


def _is_configuration(call: Call) -> bool:
    return call.method == "GET" and is_rest(call, "repositories/")


def _key(call: Call) -> str:
    return call.path.rpartition("/")[2]


def _with_fields(answer: Answer, change: Callable[[dict[str, Any]], Any]) -> Answer:
    """An answer of status 200 with other JSON."""
    if answer.status != 200:
        return answer
    return replace(answer, body=as_json(change(json.loads(answer.body))).body)


@fault("row 64", "B-57")
def unknown_keys_are_answered_in_plain_text(hold: Hold) -> None:
    """The configuration of a key that is not in use is refused by a line of text, as a web server does."""

    def as_text(call: Call, answer: Answer) -> Answer:
        if answer.status not in (400, 404) or hold.model.repositories.get(_key(call)) is not None:
            return answer
        return replace(answer, body=b"Bad Request\n", headers={**answer.headers, "Content-Type": "text/plain"})

    hold.after(_is_configuration, as_text)


@fault("admin 3.2", "admin 11.4")
def passwords_are_shown_in_clear(hold: Hold) -> None:
    """The configuration of a remote shows its password as it was entered."""

    def shown(call: Call, answer: Answer) -> Answer:
        remote = hold.model.repositories.get(_key(call))
        if remote is None or not remote.password:
            return answer
        return _with_fields(
            answer, lambda told: {**told, **({"password": remote.password} if "password" in told else {})}
        )

    hold.after(_is_configuration, shown)


@fault("admin 3.1", "C-06", "E-03")
def readers_are_shown_whole_configurations(hold: Hold) -> None:
    """Whoever may read a repository is shown its configuration as administrators are."""

    def made(original: Method) -> Method:
        def for_reader(rest: RepositoriesRest, repository: Repository, call: Call, base: str) -> Mapping[str, Any]:
            return {**repository.settings, **original(rest, repository, call, base)}

        return for_reader

    hold.replace(RepositoriesRest, "_for_reader", made)


@fault("SUPPORT-01", "admin 3.2")
def configurations_leave_out_what_xray_does(hold: Hold) -> None:
    """The configuration of a repository does not tell whether Xray scans it."""
    hold.after(
        _is_configuration,
        lambda _, answer: _with_fields(answer, lambda told: {k: v for k, v in told.items() if k != "xrayIndex"}),
    )


@fault("ladder E7", "REMOTE-03", "REMOTE-05", "PRE-04", "VIRTUAL-03")
def the_list_tells_no_upstream(hold: Hold) -> None:
    """The list of repositories tells of a remote its own address instead of its URL."""

    def made(original: Method) -> Method:
        def summary(rest: RepositoriesRest, repository: Repository, base: str) -> Mapping[str, Any]:
            return {**original(rest, repository, base), "url": f"{base}/{repository.key}"}

        return summary

    hold.replace(RepositoriesRest, "_summary", made)


@fault("REMOTE-14", "admin 3.2")
def the_suffix_is_not_kept(hold: Hold) -> None:
    """Whatever is entered as Registry suffix, `simple` is kept."""
    _keep_instead(hold, lambda kept: {**kept, "pyPIRepositorySuffix": "simple"})


@fault("REMOTE-14", "admin 2.9")
def notes_are_not_kept(hold: Hold) -> None:
    """Notes that are entered are the description afterwards."""
    _keep_instead(hold, lambda kept: {**kept, "notes": kept["description"]})


def _keep_instead(hold: Hold, change: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
    def made(original: Method) -> Method:
        def configured(key: str, wanted: Mapping[str, Any], *more: Any) -> Repository:
            saved: Repository = original(key, wanted, *more)
            is_pypi_remote = saved.kind is RepositoryClass.REMOTE and saved.package_type == "pypi"
            return replace(saved, settings=change(saved.settings)) if is_pypi_remote else saved

        return configured

    hold.replace(rest_repositories, "configured", made)


@fault("release 20", "REMOTE-14")
def a_changed_period_is_not_in_force(hold: Hold) -> None:
    """A Retrieval Cache Period that is changed reads back, and the one from the creation counts."""
    _as_created(hold, "retrievalCachePeriodSecs", ("_is_fresh",))


@fault("R-01", "REMOTE-14")
def a_changed_registry_url_is_not_in_force(hold: Hold) -> None:
    """A Registry URL that is changed reads back, and the index is asked for where it was at the creation."""
    _as_created(hold, "pyPIRegistryUrl", ("links", "names"))


def _as_created(hold: Hold, setting: str, methods: tuple[str, ...]) -> None:
    created: dict[str, Any] = {}

    def saved(original: Method) -> Method:
        def create(rest: RepositoriesRest, call: Call, key: str) -> Answer:
            answer: Answer = original(rest, call, key)
            created[key] = _saved(hold, key).settings.get(setting)
            return answer

        return create

    def made(original: Method) -> Method:
        def used(index: RemoteIndex, remote: Repository, *more: Any) -> object:
            value = created.get(remote.key, remote.settings[setting])
            return original(index, replace(remote, settings={**remote.settings, setting: value}), *more)

        return used

    hold.replace(RepositoriesRest, "_create", saved)
    for method in methods:
        hold.replace(RemoteIndex, method, made)


def _saved(hold: Hold, key: str) -> Repository:
    found = hold.model.repositories.get(key)
    if found is None:
        raise KeyError(key)
    return found


@fault("B-56", target=("--model-profile", "7.161-pro"))
def a_bare_json_type_is_refused(hold: Hold) -> None:
    """A change of nothing but a repository's notes is taken with a charset behind the type only."""

    def refused(call: Call) -> Call:
        if call.header("content-type") == "application/json" and set(json.loads(call.body)) == {"key", "notes"}:
            raise RequestRefused(415, "Unsupported Media Type")
        return call

    hold.before(lambda call: call.method == "POST" and is_rest(call, "repositories/"), refused)


@fault("admin 3.1")
def any_key_will_do(hold: Hold) -> None:
    """A new repository may have any key that no other has, however long and of whatever characters."""

    def made(original: Method) -> Method:
        def check_key(key: str, kind: RepositoryClass, repositories: Repositories) -> None:
            if repositories.taken(key) is not None:
                original(key, kind, repositories)

        return check_key

    hold.replace(repository_rules, "check_key", made)


@fault("REMOTE-01", "VIRTUAL-01")
def users_are_listed_generic_repositories(hold: Hold) -> None:
    """The list of repositories tells who is no administrator that all of them are of package type Generic."""

    def generic(call: Call, answer: Answer) -> Answer:
        if call.caller.admin or answer.status != 200:
            return answer
        told = [{**one, "packageType": "Generic"} for one in json.loads(answer.body)]
        return replace(answer, body=as_json(told).body)

    hold.after(lambda call: call.method == "GET" and call.path.endswith("/api/repositories"), generic)
