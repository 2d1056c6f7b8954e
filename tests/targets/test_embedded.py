"""The embedded target: its services, plain and over https, the site beside it, and a catalog that it does not trust."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from artifactory_conformance.artifactory import Identity, RemoteRepository, System, until
from artifactory_conformance.artifactory.logs import LogFile, read_decided, read_fetched, read_said, read_served
from artifactory_conformance.catalog import CatalogService, CatalogUnavailable
from artifactory_conformance.evidence import Recorder, Redactor, TargetUnreachable
from artifactory_conformance.ledger import Ledger
from artifactory_conformance.settings import resolve
from artifactory_conformance.targets import Connections, Target, bundle_in, make_target
from artifactory_conformance.verdicts import Level

PASSWORD = "a-throw-away-1A"


@pytest.fixture(scope="module", params=[False, True], ids=["http", "https"])
def started(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Target, Connections]]:
    folder = tmp_path_factory.mktemp("embedded")
    settings = resolve({"tls": request.param, "reports": str(folder)}, {})
    trusted = bundle_in(folder) if request.param else None
    connections = Connections(Recorder(), Redactor(), "suite/1", ca_bundle=trusted)
    target = make_target(settings, connections, Ledger(folder / "ledger.jsonl", "t"), lambda: PASSWORD, folder)
    target.start(target.prepare())
    assert target.base.startswith("https://" if request.param else "http://")
    yield target, connections
    target.stop()
    connections.close()


def version_at(connections: Connections, base: str, who) -> str:
    return System(connections.to_target(base, who, Level.OBSERVE)).version().version


def test_the_second_site_is_another_one_that_stays_until_it_goes_down(started):
    target, connections = started
    before = connections.recorder.answered
    second = target.second_site()
    assert connections.recorder.answered == before, "starting it is no evidence of a check"
    assert second.base != target.base
    assert target.second_site().base == second.base
    assert version_at(connections, second.base, second.administrator) == version_at(
        connections, target.base, target.administrator
    )
    second.go_down()
    with pytest.raises(TargetUnreachable):
        version_at(connections, second.base, second.administrator)
    assert version_at(connections, target.second_site().base, target.second_site().administrator)
    assert version_at(connections, target.base, target.administrator)


def test_a_catalog_that_is_not_trusted_answers_those_who_trust_its_authority_only(started):
    target, connections = started
    catalog = target.untrusted_catalog()
    catalog.check()
    assert target.untrusted_catalog() is catalog
    assert catalog.address.startswith("https://")
    as_everybody_else = CatalogService(connections.to_catalog(catalog.address), catalog.address, connections.to_catalog)
    with pytest.raises(CatalogUnavailable, match="give that one with --ca-bundle"):
        as_everybody_else.check()


READ = {LogFile.REQUEST: read_served, LogFile.OUTBOUND: read_fetched, LogFile.ACCESS: read_decided}


def test_every_line_that_the_model_logs_can_be_read(started):
    target, connections = started
    session = connections.to_target(target.base, target.user, Level.PULL)
    asking = Identity(session)
    asking.fetch_ok(asking.page(RemoteRepository(target.site.remote, session), target.site.package).links[0])
    for file, read in READ.items():
        until(f"{file.value} has lines", lambda file=file: target.read_log(file))
        for line in target.read_log(file).decode().splitlines():
            read(line)
    assert read_said(target.read_log(LogFile.SERVICE).decode().splitlines())


def test_nothing_runs_after_it_is_stopped(tmp_path: Path):
    connections = Connections(Recorder(), Redactor(), "suite/1")
    settings = resolve({"reports": str(tmp_path)}, {})
    target = make_target(settings, connections, Ledger(tmp_path / "ledger.jsonl", "t"), lambda: PASSWORD, tmp_path)
    target.start(target.prepare())
    second, catalog = target.second_site(), target.untrusted_catalog()
    target.stop()
    for base, who in ((target.base, target.administrator), (second.base, second.administrator)):
        with pytest.raises(TargetUnreachable):
            version_at(connections, base, who)
    with pytest.raises(CatalogUnavailable):
        catalog.check()
