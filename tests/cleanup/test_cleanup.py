"""The verb `cleanup`, against a model that is somebody's instance: what is ours goes, and nothing else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from artifactory_conformance.artifactory import HIDE_EXISTENCE, READ, ArtifactoryRefused, InstanceSettings
from artifactory_conformance.artifactory.user_locks import UserLocks
from artifactory_conformance.catalog import CatalogService
from artifactory_conformance.cleanup import Cleaning, main
from artifactory_conformance.evidence import Credentials, Recorder, Redactor
from artifactory_conformance.labs import Lab
from artifactory_conformance.ledger import Ledger, Owner, ledger_of
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.settings import resolve
from artifactory_conformance.sites import SiteBuilder
from artifactory_conformance.targets import Connections
from artifactory_conformance.verdicts import Level
from tests.kills.world import World, differences

PASSWORD = "Throw-away-1"
RUN = "a1b2c3d4e5"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with World(tmp_path_factory.mktemp("world")) as running:
        yield running


@pytest.fixture
def before(world: World) -> Iterator[dict[str, Any]]:
    """The state before; what a test leaves would be in the way of the next."""
    state = world.state()
    yield state
    assert not differences(state, world.state())


@pytest.fixture
def cleanup(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Call the verb; its exit code and what it said."""
    monkeypatch.setenv("ARTIFACTORY_ADMIN_TOKEN", world.token)
    monkeypatch.setenv("CONFORMANCE_CONFIG", "/dev/null")

    def call(*arguments: str, url: str = "") -> tuple[int, str]:
        given = arguments or ("all",)
        code = main([*given, f"--reports={tmp_path}", f"--artifactory-url={url or world.url}"])
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        return code, told.out + told.err

    return call


class Run:
    """What a run makes, until it is killed: here its ledger is let go of."""

    def __init__(self, world: World, folder: Path, run: str = RUN) -> None:
        self._base = f"{world.url}/artifactory"
        self._connections = Connections(Recorder(), Redactor(), "tests")
        self.administrator = Credentials(token=world.token)
        self.ledger = Ledger(ledger_of(folder, run), run, target=world.url)
        self.lab = Lab(self.administrator, self.connect, self.ledger, lambda: PASSWORD)
        self.session = self.connect(self.administrator)

    def connect(self, credentials: Credentials):
        return self._connections.to_target(self._base, credentials, Level.MUTATE)

    def site_builder(self, world: World) -> SiteBuilder:
        settings = resolve({"target": "embedded"}, {})
        catalog = CatalogService(
            self._connections.to_catalog(world.catalog), world.catalog, self._connections.to_catalog
        )
        return SiteBuilder(settings, self.session, catalog, self.ledger, lambda: PASSWORD)

    def end(self) -> None:
        self.ledger.close()
        self._connections.close()


@pytest.fixture
def run(world: World, tmp_path: Path) -> Iterator[Run]:
    made = Run(world, tmp_path)
    yield made
    made.end()


def test_everything_that_a_lab_makes_is_removed(world: World, before, run: Run, tmp_path: Path, cleanup) -> None:
    local = run.lab.local_repository()
    run.lab.virtual_repository(local)
    run.lab.local_repository(notes="a check is about them", description="and about this")
    user = run.lab.user(local, READ, name_with="@example.com")
    run.lab.tokens.of_user(user)
    run.lab.tokens.of_group(run.lab.group(local, READ))
    run.end()
    assert len(differences(before, world.state())) > 8
    code, told = cleanup()
    assert code == 0, told
    assert told.count("removed  ") == 9, told
    assert not list(tmp_path.iterdir())
    assert cleanup() == (0, "nothing is left of any killed run\n")


def test_everything_that_a_site_is_made_of_is_removed(world: World, before, run: Run, cleanup) -> None:
    run.site_builder(world).build()
    run.end()
    code, told = cleanup(RUN)
    assert code == 0, told
    assert "removed  repository activestate-platform" in told
    assert "removed  permission target internal-pypi-read" in told


def test_a_site_of_another_run_at_the_same_time_is_left_alone(world: World, before, run: Run, tmp_path: Path) -> None:
    other = Run(world, tmp_path, "f0f0f0f0f0")
    theirs, ours = other.site_builder(world), run.site_builder(world)
    theirs.build()
    there = world.state()
    with pytest.raises(ArtifactoryRefused, match="already exists"):
        ours.build()
    assert ours.remove() == [
        "repository activestate-platform: no acs-a1b2c3d4e5 in its notes: it is somebody else's, or was changed since"
    ]
    assert not differences(there, world.state())
    assert theirs.remove() == []
    other.end()


def test_a_name_in_the_ledger_is_not_enough(world: World, before, run: Run, tmp_path: Path, cleanup) -> None:
    other = "acs-0123456789"
    run.ledger.intend("repository", "acs-internal", Owner.NOTES)
    run.ledger.intend("repository", f"{other}-1-local", Owner.NOTES)
    run.ledger.intend("user", f"{other}-1-user", Owner.EMAIL)
    run.ledger.intend("group", "acs-team", Owner.DESCRIPTION)
    run.ledger.intend("permission target", f"{other}-3-permission", Owner.NAME)
    run.ledger.intend("permission target", "acs-team-read", Owner.USERS)
    run.ledger.intend("access token", f"{other}-4-token", Owner.DESCRIPTION)
    run.ledger.intend("repository", f"acs-{RUN}-/../acs-internal", Owner.NAME)
    run.ledger.intend("user", f"acs-{RUN}-%2e%2e", Owner.NAME)
    run.ledger.intend("back-up", f"acs-{RUN}-1", Owner.NAME)
    run.end()
    code, told = cleanup()
    assert code == 1
    assert told.count("  left     ") == 10, told
    assert "removed" not in told
    assert "gives rights to acs-bot, group acs-team, and not to users of the run alone" in told
    assert ledger_of(tmp_path, RUN).exists()


def test_what_somebody_has_changed_since_is_left(world: World, run: Run, before, cleanup) -> None:
    local = run.lab.local_repository()
    run.end()
    world.call("POST", f"/artifactory/api/repositories/{local.key}", json={"key": local.key, "notes": "mine now"})
    code, told = cleanup()
    assert code == 1
    assert f"left     repository {local.key}: no acs-{RUN} in its notes" in told
    world.call("DELETE", f"/artifactory/api/repositories/{local.key}")
    assert cleanup()[0] == 0


def test_a_ledger_of_another_target_is_not_gone_by(world: World, before, run: Run, cleanup) -> None:
    local = run.lab.local_repository()
    run.end()
    there = world.state()
    for url in (world.catalog, world.url.replace("127.0.0.1", "localhost")):
        code, told = cleanup(url=url)
        assert code == 1
        assert f"it is on {world.url}, and not on {url}" in told
    assert not differences(there, world.state())
    assert cleanup(url=f"{world.url}/artifactory/")[0] == 0, "the same address with the context"
    assert local.key not in world.state()["repositories"]


def test_a_run_at_work_is_left_alone(world: World, before, run: Run, cleanup) -> None:
    local = run.lab.local_repository()
    assert cleanup("all")[0] == 0
    code, told = cleanup(RUN)
    assert code == 1
    assert "left alone" in told
    assert local.key in world.state()["repositories"]
    assert run.lab.close() == []


@contextmanager
def killed_while(changed: AbstractContextManager[None], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have something changed by a run that does not get to put it back."""
    with monkeypatch.context() as patched, suppress(Killed), changed:
        yield
        for kind in (InstanceSettings, UserLocks):
            patched.setattr(kind, "write", _never)


class Killed(Exception):
    pass


def _never(*_: object) -> None:
    raise Killed


def test_a_setting_is_put_back_as_long_as_it_is_what_the_run_has_made_of_it(
    world: World, before, run: Run, cleanup, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, locks = InstanceSettings(run.session, run.ledger), UserLocks(run.session, run.ledger)
    with killed_while(settings.with_security(HIDE_EXISTENCE, True), monkeypatch):
        assert world.state()["hide_unauthorized"] is True
    for changed in (settings.with_base_url("http://x.example.com"), settings.with_quota_exceeded(), locks.after(2)):
        with killed_while(changed, monkeypatch):
            pass
    run.end()
    world.call("PUT", "/artifactory/api/system/configuration/baseUrl", data="http://theirs.example.com")
    code, told = cleanup()
    assert code == 1
    assert told.count("put back setting") == 3, told
    assert "left     setting urlBase: it is 'http://theirs.example.com' now" in told
    world.call("PUT", "/artifactory/api/system/configuration/baseUrl", data="")
    assert cleanup()[0] == 0


def test_what_comes_into_being_after_the_kill_is_removed_as_well(
    world: World, before, run: Run, tmp_path: Path
) -> None:
    key = run.ledger.name("local")
    run.ledger.intend("repository", key, Owner.NOTES)
    run.end()
    repository = {"key": key, "rclass": "local", "packageType": "pypi", "notes": run.ledger.note}

    def make_late() -> None:
        time.sleep(0.5)
        world.call("PUT", f"/artifactory/api/repositories/{key}", json=repository)

    late = threading.Thread(target=make_late)
    late.start()
    options = {"target": "instance", "level": "mutate", "artifactory_url": world.url, "reports": str(tmp_path)}
    settings = resolve(options, {"ARTIFACTORY_ADMIN_TOKEN": world.token})
    said: list[str] = []
    cleaning = Cleaning(settings, replace(LIMITS, late_creation=6.0), said.append)
    cleaning.clean(RUN, ledger_of(tmp_path, RUN), named=True)
    cleaning.close()
    late.join()
    assert cleaning.left == 0, said
    assert f"  removed  repository {key}" in said


def test_what_ended_with_its_run_is_struck_out(world: World, before, tmp_path: Path, cleanup) -> None:
    ledger = Ledger(ledger_of(tmp_path, RUN), RUN, target="embedded")
    ledger.intend("user", "acs-a1b2c3d4e5-1-user")
    ledger.close()
    code, told = cleanup()
    assert (code, "gone     user" in told) == (0, True), told


def test_a_target_that_does_not_answer_leaves_everything(before, run: Run, tmp_path: Path, cleanup) -> None:
    ledger = Ledger(ledger_of(tmp_path, RUN), RUN, target="http://127.0.0.1:1")
    for number in range(3):
        ledger.intend("user", f"acs-{RUN}-{number}-user", Owner.EMAIL)
    ledger.close()
    code, told = cleanup(url="http://127.0.0.1:1")
    assert code == 1
    assert told.count("no answer from http://127.0.0.1:1") == 3
    assert told.endswith("left: 3\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "RUN"),
        (("a", "b"), "unrecognized arguments: b"),
        (("0000",), "has no ledger of a run '0000', nor one of any other run"),
        (("all", "--level=observe", "--artifactory-url=ftp://x"), "--artifactory-url"),
        (("all", "--artifactory-url=http://u:p4ssw0rd@x"), "credentials"),
    ],
)
def test_malformed_settings_are_4(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARTIFACTORY_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("ARTIFACTORY_ADMIN_TOKEN", "t0ken-of-the-administrator")
    assert main(arguments) == 4
    told = capsys.readouterr()
    assert said in told.err
    assert "p4ssw0rd" not in told.err


def test_an_administrator_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ARTIFACTORY_ADMIN_TOKEN", raising=False)
    assert main(["all", "--artifactory-url=http://127.0.0.1:1"]) == 4
    assert "needs an administrator" in capsys.readouterr().err
