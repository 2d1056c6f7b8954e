"""What a run with these settings would do, read off the checks that it would run: nothing is contacted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pytest

from artifactory_conformance.plugin.any_index import MAKES_ITS_OWN
from artifactory_conformance.plugin.collection import is_check
from artifactory_conformance.plugin.gating import CLIENTS, RUN_CLIENTS, level_of, missing
from artifactory_conformance.plugin.offer import offer_of
from artifactory_conformance.reporting import about_run
from artifactory_conformance.settings import Settings, TargetKind
from artifactory_conformance.verdicts import Level, Reason

READS = "reads what fills no cache"

_LABS = "makes repositories, users, groups and permission targets whose names begin with acs-, and removes them"
_OFFERS = "offers projects at the catalog behind the index, which fills its caches, and withdraws them"

FOOTPRINTS: Mapping[str, str] = {
    "lab": _LABS,
    **dict.fromkeys(MAKES_ITS_OWN, _LABS),
    "free_lab": "makes repositories and users that a free edition allows, and removes them",
    "first_start": "starts another free edition beside the target, with a file of repositories to make",
    "free_edition_writes": "tries to write what a free edition refuses",
    "second_site": "makes the same at a second site, which asks the first",
    "tokens": "issues access tokens, and revokes them",
    "instance_settings": "changes settings of the whole instance, and changes them back",
    "user_locks": "changes after how many failures users are locked, and changes it back",
    "storage_quota": "sets a storage quota that is exceeded, and takes it back",
    "full_store": "fills the store of the instance, and empties it",
    "impostor_of": "sends a wrong password for a user that it made",
    "persistent_impostor_of": "sends wrong passwords for a user that it made until it is locked out",
    "wrong_credentials": "has the instance show a made-up user to the catalog",
    "test_button": "presses Test on a remote, for which the instance asks the catalog",
    "downloads": "downloads pages and files through the site, so that its caches fill",
    "one_connection": "downloads pages and files through the site, so that its caches fill",
    "site_administrator": "downloads as the administrator, so that caches fill",
    "nobody": "asks for pages and files without credentials",
    "free_edition": "asks for what a free edition does not have",
    "uncached_file": "takes a file that nobody has cached, which then is",
    "uncached_twins": "takes two files that nobody has cached; one may be remembered as refused",
    "canaries": "asks for names that public PyPI has and the catalog has not, which may be remembered as missing",
    "usage": "reads the storage summary, at level mutate after having it made anew",
    "catalog_account": "asks the catalog itself, with the organization's credentials",
    "own_configuration": "reads what configures pip on this machine",
    "admin": "reads configuration as an administrator",
}
"""What a check does by asking for a fixture; one that asks for none of them reads."""

_SAVES = frozenset({"lab", "free_lab", "second_site", *MAKES_ITS_OWN})
_HAZARD = (
    "each repository that is saved or removed may make the instance forget which files all its repositories have "
    "missed (A40): what is still asked for is looked for once more at their catalogs"
)
_QUESTIONS = (
    "where something is found, some questions follow for the diagnosis, at the same level: pages and files, among them "
    "made-up ones, which may be remembered as missing, and what an administrator reads"
)
_INTERNAL_NAME = (
    "the name of one internal project is asked of the virtual and of the remote, and so of the catalog, or of whatever "
    "else stands behind them"
)
_CONFIGURATION = "settings of the whole instance hold for everybody while a check has them changed"


class Plan:
    """Hooks of a run that runs nothing."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._offer = offer_of(settings)
        self._lines: list[str] = []

    def pytest_report_header(self) -> str:
        """Say what it is the plan of."""
        return f"conformance: plan of a run, which contacts nothing: {about_run(self._settings)}"

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Read the plan off the checks instead of running them."""
        if not session.testsfailed:
            self._lines = list(self._plan([item for item in session.items if is_check(item)]))
        return True

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Print it."""
        terminalreporter.section("plan", sep="=")
        for line in self._lines:
            terminalreporter.write_line(line)

    def _plan(self, items: Collection[pytest.Item]) -> Iterator[str]:
        would: dict[str, Counter[Level]] = defaultdict(Counter)
        lacking: dict[str, Counter[Reason]] = defaultdict(Counter)
        does: dict[str, Counter[str]] = defaultdict(Counter)
        asked: set[str] = set()
        for item in items:
            fixtures, group = getattr(item, "fixturenames", ()), item.path.parent.name
            if lacks := missing(fixtures, self._offer):
                lacking[group][lacks[0]] += 1
                continue
            would[group][level_of(fixtures) if self._offer.artifactory else Level.PULL] += 1
            asked |= set(fixtures)
            for what in self._done_by(fixtures):
                does[what][group] += 1
        yield from self._how()
        for group in sorted(would.keys() | lacking.keys()):
            run = ", ".join(f"{count} at {level.value}" for level in Level if (count := would[group][level]))
            left_out = ", ".join(f"{count} {reason.value}" for reason, count in sorted(lacking[group].items()))
            yield f"{group:<20} {run or 'nothing'}" + (f"; not run: {left_out}" if left_out else "")
        yield ""
        yield "what the checks do (how many of which group), unless edition or version leaves them no subject:"
        for what, groups in does.items():
            yield f"  {what}: " + ", ".join(f"{count} of {group}" for group, count in sorted(groups.items()))
        yield ""
        yield "what may touch more than the run's own:"
        fills = any(levels[Level.PULL] or levels[Level.MUTATE] for levels in would.values())
        touched = list(self._beyond(asked, fills))
        yield from (f"  {line}" for line in touched or ["nothing"])

    def _done_by(self, fixtures: Collection[str]) -> list[str]:
        clients = (CLIENTS.get(name, "pip") for name in fixtures if name in RUN_CLIENTS)
        found = [f"runs {client}, which asks the site itself" for client in clients]
        found += [what for name, what in FOOTPRINTS.items() if name in fixtures]
        if not self._offer.artifactory:
            found = [_OFFERS if what == _LABS else what for what in found]
        return list(dict.fromkeys(found)) or [READS]

    def _how(self) -> Iterator[str]:
        bounds = self._settings.bounds
        if self._settings.target in {TargetKind.EMBEDDED, TargetKind.CONTAINER}:
            yield "asks an instance that is started for the run alone and ends with it"
        else:
            pace = f"{bounds.requests_per_second} requests a second" if bounds.requests_per_second else "no pace"
            connections = f"{bounds.connections} connections" if bounds.connections else "any number of connections"
            yield f"asks {self._settings.url} on {connections} at once, {pace}, all processes together"
            most = [f"{bounds.max_requests} requests"] if bounds.max_requests else []
            most += [f"{bounds.max_megabytes} MB of pages and files"] if bounds.max_megabytes else []
            yield f"asks for at most {' and '.join(most) or 'what it needs'}; what clients fetch is not counted"
        if self._settings.proxy:
            yield f"by the proxy {self._settings.proxy}"
        if self._settings.set_up_site:
            given = self._settings
            yield f"makes before, and removes after: repositories {given.repo}, {given.local} and {given.virtual}, "
            yield f"  a user, permission targets {given.repo}-read and {given.local}-read, and an internal package"
        yield ""

    def _beyond(self, asked: Collection[str], fills: bool) -> Iterator[str]:
        if fills:
            yield "caches of the site hold afterwards what was downloaded; nothing is deleted from them"
        if fills and self._offer.artifactory:
            yield _QUESTIONS
            if self._settings.virtual and self._settings.local:
                yield _INTERNAL_NAME
        if self._settings.set_up_site or (self._offer.artifactory and not _SAVES.isdisjoint(asked)):
            yield _HAZARD
        if {"instance_settings", "user_locks", "storage_quota"} & set(asked):
            yield _CONFIGURATION
