"""An index is known by a page: there, readable, and still the same; and what is offered for a run goes with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from artifactory_conformance.artifactory.handles import PlainIndex
from artifactory_conformance.artifactory.identity import Identity
from artifactory_conformance.catalog import Organization
from artifactory_conformance.evidence import Credentials
from artifactory_conformance.settings import resolve
from artifactory_conformance.targets import Heart, TargetFailed
from artifactory_conformance.targets.index import IndexTarget
from artifactory_conformance.targets.service import Service
from artifactory_conformance.verdicts import Level
from tests.evidence.raw_server import answer, says, serving
from tests.targets.made import NOT_FOUND, SmallTarget, connections

HTML = "Content-Type: text/html"


def page_of(*filenames: str) -> bytes:
    anchors = (f'<a href="../../p/{name}#sha256=00">{name}</a>' for name in filenames)
    return answer(200, f"<!DOCTYPE html>{''.join(anchors)}".encode(), HTML)


PAGE, OTHER = page_of("example-1.0.tar.gz"), page_of("example-2.0.tar.gz")


def heart_of(url: str) -> Heart:
    target = IndexTarget(
        resolve({"target": "index", "index_url": f"{url}/simple", "project": "example"}, {}), connections(), str
    )
    small = SmallTarget(f"{url}/simple", user=None)
    return Heart(small, connections(), ask=target.recognize, level=Level.PULL)


def test_an_index_that_has_the_project_is_well():
    with serving(says(PAGE)) as server:
        heart = heart_of(server.url)
        heart.preflight()
        heart.look()
    assert heart.problem == ""
    assert heart.version is None
    assert len(heart.nodes) == 1
    assert {asked.path for asked in server.asked} == {"/simple/example/"}


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (NOT_FOUND, "the target is no simple index that has example (look at --index-url"),
        (page_of("other-1.0.tar.gz"), "the target lists no file of example, but other-1.0.tar.gz (look at"),
        (page_of("example_more-1.0-py3-none-any.whl"), "the target lists no file of example, but example_more-1.0"),
        (page_of("../about"), "the target lists no file of example, but about"),
        (answer(401, b"", 'WWW-Authenticate: Basic realm="x"'), "the target asks for credentials and none were given"),
        (answer(503, b"out of order"), "the target answers 503: out of order"),
        (answer(200, b"<!DOCTYPE html><p>Welcome!</p>", HTML), "the target lists no file of example"),
        (answer(200, b"{}", "Content-Type: application/json"), "the target is no simple index that has example"),
    ],
)
def test_what_is_no_index_is_told_for_what_it_is(reply: bytes, problem: str):
    with serving(says(reply)) as server:
        heart = heart_of(server.url)
        heart.preflight()
    assert heart.problem.startswith(problem)
    assert heart.pulse().last_good == 0.0


@pytest.mark.parametrize(
    "filenames",
    [
        ("Example-1.0-py3-none-any.whl",),
        ("example-1.0.win32.exe",),
        ("example-1.0-py2.7.egg",),
        ("other-1.0.tar.gz", "example-1.0.tar.gz"),
    ],
)
def test_a_file_of_the_project_is_enough_whatever_stands_beside_it(filenames: tuple[str, ...]):
    with serving(says(page_of(*filenames))) as server:
        heart = heart_of(server.url)
        heart.preflight()
    assert heart.problem == ""


def test_another_index_at_the_same_address_is_noticed():
    replies = iter([PAGE, PAGE, PAGE, OTHER])
    with serving(lambda _asked, connection: connection.sendall(next(replies))) as server:
        heart = heart_of(server.url)
        heart.preflight()
        heart.look()
    assert heart.problem.startswith("another instance answers: (page of example, ")


def test_addresses_of_an_index_are_below_its_url_and_what_it_leads_to_is_below_its_host():
    identity = Identity(connections().to_target("http://h:1/root/+simple", Credentials(), Level.PULL))
    index = PlainIndex("http://h:1/root/+simple")
    assert identity.index_url(index) == identity.index_url_with_password(index) == index.url
    assert identity.home_url(index) == "http://h:1/"
    known = Identity(connections().to_target("http://h:1/root/+simple", Credentials("me", "a b"), Level.PULL))
    assert known.index_url_with_password(index) == "http://me:a%20b@h:1/root/+simple"


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Service]:
    service = Service("artifactory_conformance.upstream", cwd=tmp_path)
    yield service
    service.stop()


def target_behind(catalog: Service, organization: str) -> IndexTarget:
    options = {
        "target": "index",
        "index_url": "http://127.0.0.1:1/simple",
        "catalog_control": catalog.url,
        "organization": organization,
    }
    settings = resolve(options, {"CATALOG_USER": organization, "CATALOG_PASS": "s3cret"})
    return IndexTarget(settings, connections(), str)


def made_at(catalog: Service) -> Organization:
    settings = resolve({"target": "instance", "artifactory_url": "http://h", "catalog_control": catalog.url}, {})
    from artifactory_conformance.targets.given_catalog import connect_catalog

    service = connect_catalog(settings, connections())
    assert service is not None
    return Organization(service, password="s3cret")


def test_what_is_offered_for_a_run_is_withdrawn_after_it(catalog: Service):
    organization = made_at(catalog)
    target = target_behind(catalog, organization.id)
    prepared = target.prepare()
    target.start(prepared)
    assert target.site.package == prepared["package"]
    assert len(organization.offers()) == 2
    assert len(organization.offers()[target.site.package]) == 8
    taken = target.names.take()
    assert organization.offers().get(taken, []) == []
    assert organization.publish(taken).project == taken
    target.stop()
    assert set(organization.offers()) == set(target._offered)
    target.finish()
    assert not organization.offers()


def test_an_organization_that_is_not_there_is_said(catalog: Service):
    with pytest.raises(TargetFailed, match="nothing could be offered behind the index"):
        target_behind(catalog, "01234567-89ab-cdef-0123-456789abcdef").prepare()
