import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.artifactory.errors import in_short
from artifactory_conformance.catalog import BadAnswer, Fault, Organization
from artifactory_conformance.checks import assert_client_refuses, assert_lists, assert_serves, control, relied_on
from artifactory_conformance.checks.causes import PIP_INSTALLS
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.evidence import Answer, BrokenOff
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.proxies import Proxy
from artifactory_conformance.targets import Target

WRONG = (BadAnswer.WRONG_BYTES, BadAnswer.LOGIN_PAGE, BadAnswer.TRUNCATED, BadAnswer.CUT_OFF_UNNOTICED)
each_wrong = pytest.mark.parametrize("wrong", WRONG, ids=[wrong.value for wrong in WRONG])


@relied_on("M-08", "B-46", "T06", "row 6", "H-12", builds_on=[PIP_INSTALLS])
def test_pip_refuses_a_wheel_that_was_exchanged(
    lab: Lab, catalog: Organization, pip: Installer, observe: Callable[[str, Any], None]
) -> None:
    """Where the catalog gives another wheel of the same name than its page promises, pip refuses it by its hash."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    catalog.set_faults(catalog.exchanged(wheel))

    run = pip.install("example", index_url=user.index_url_with_password(remote))

    assert_client_refuses(run)
    observe("what pip says", run.stderr[-300:])
    with control("the catalog has given the other wheel, and without the page's hash pip would have installed it"):
        assert catalog.journal.downloads(wheel.filename)
        catalog.set_page_form(hash="none")
        careless = lab.remote_repository(catalog)
        user = lab.user(careless, READ, DEPLOY_CACHE)
        assert pip.install("example", index_url=user.index_url_with_password(careless)).ok


@relied_on("M-08", "T06", "row 6", "H-12")
@each_wrong
def test_page_keeps_the_hash_of_the_catalog(
    proxy: Proxy, wrong: BadAnswer, observe: Callable[[str, Any], None]
) -> None:
    """The hash in a project's page stays the catalog's, whatever bytes came for the file: so a client can tell."""
    wheel = proxy.publish()
    link = proxy.link_to(wheel)
    proxy.catalog.set_faults(wrong.at(f"*/{wheel.filename}"))
    observe("the file while the catalog is wrong", _seen(proxy.try_to_fetch(link), wheel.sha256))

    page = assert_lists(wheel.project, proxy.get_page(wheel.project), wheel.filename)

    assert page.link_to(wheel.filename).sha256 == wheel.sha256
    proxy.catalog.set_faults()
    observe("the file once the catalog is right", _seen(proxy.try_to_fetch(link), wheel.sha256))


@relied_on("M-08", "B-46", "T06", "open 16", observes=True)
@each_wrong
def test_what_becomes_of_wrong_bytes(
    lab: Lab, catalog: Organization, target: Target, wrong: BadAnswer, observe: Callable[[str, Any], None]
) -> None:
    """Records what a client gets for a file of which the catalog gave other bytes: meanwhile, and once it is right."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog, missedRetrievalCachePeriodSecs=LIMITS.short_missed_period)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    catalog.set_faults(wrong.at(f"*/{wheel.filename}"))

    observe("while the catalog is wrong", _seen(lab.administrator.fetch(link), wheel.sha256))
    observe("the file is stored", remote.cache.holds_file(wheel.filename))
    catalog.set_faults()
    observe("once the catalog is right", _seen(lab.administrator.fetch(link), wheel.sha256))
    target.elapse(LIMITS.short_missed_period + 1)
    observe("after the period of missed retrievals", _seen(lab.administrator.fetch(link), wheel.sha256))


@relied_on("M-09", "A80", "A81", "A82", "A83", "B-46", "T09", "open 18", observes=True)
@pytest.mark.parametrize("blocking", [True, False], ids=["blocking", "not-blocking"])
def test_what_a_log_in_page_instead_of_a_file_gives(
    lab: Lab, catalog: Organization, blocking: bool, observe: Callable[[str, Any], None]
) -> None:
    """Records what clients with different Accept headers get where the catalog answers a file with a log-in page."""
    wheels = {name: catalog.publish(name) for name in ("pip", "no-accept", "wheels-only", "html")}
    remote = lab.remote_repository(catalog, blockMismatchingMimeTypes=blocking)
    asker = lab.administrator
    links = {name: asker.page(remote, name).link_to(wheel.filename) for name, wheel in wheels.items()}
    catalog.set_faults(BadAnswer.LOGIN_PAGE.at("/packages/*"))

    answers = {
        "pip": asker.fetch(links["pip"], Accept="*/*"),
        "no-accept": asker.fetch_without_accept(links["no-accept"]),
        "wheels-only": asker.fetch(links["wheels-only"], Accept="application/zip"),
        "html": asker.fetch(links["html"], Accept="text/html"),
    }

    for name, answer in answers.items():
        observe(f"{name}: answer", f"{_seen(answer, wheels[name].sha256)}, {answer.media_type}")
        observe(f"{name}: stored", remote.cache.holds_file(wheels[name].filename))


@relied_on("M-08", "A35", "A92", "A93", observes=True)
def test_what_wrong_checksums_in_headers_do(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records whether a file is refused of which the catalog's own X-Checksum headers say something else."""
    wrong = {"X-Checksum-Sha1": "0" * 40, "X-Checksum-Md5": "0" * 32, "X-Checksum-Sha256": "0" * 64}
    cases = {name: {name: value} for name, value in wrong.items()} | {"all three": wrong}
    wheels = {name: catalog.publish("example", f"1.{number}") for number, name in enumerate(cases)}
    remote = lab.remote_repository(catalog)
    page = lab.administrator.page(remote, "example")
    catalog.set_faults(*(Fault(f"*/{wheels[name].filename}", headers=headers) for name, headers in cases.items()))

    for name, wheel in wheels.items():
        observe(name, _seen(lab.administrator.fetch(page.link_to(wheel.filename)), wheel.sha256))


@relied_on("M-17", "A35")
def test_file_that_the_catalog_gives_another_name_is_served_at_its_link(
    proxy: Proxy, observe: Callable[[str, Any], None]
) -> None:
    """A file for which the catalog's Content-Disposition has another name comes all the same, whole, at its link."""
    wheel = proxy.publish()
    proxy.catalog.set_faults(Fault("/packages/*", headers={"Content-Disposition": 'attachment; filename="blob.bin"'}))

    assert_serves(proxy.asker, proxy.index, wheel)
    assert_serves(proxy.asker, proxy.index, wheel)
    with control("the catalog gives it the other name"):
        assert "blob.bin" in proxy.catalog.ask(proxy.catalog.below(wheel)).headers.get("Content-Disposition", "")
    if proxy.store is not None:
        observe("files that are stored", [path.rpartition("/")[2] for path in proxy.store.paths()])


@relied_on("C-10", "users 1.3")  # RFC 9110 8.4: who accepts a coding undoes it
def test_compressed_answers_of_the_catalog_are_understood(proxy: Proxy, observe: Callable[[str, Any], None]) -> None:
    """A page and a file that the catalog sends in gzip arrive with their own content."""
    wheel = proxy.publish()
    proxy.catalog.set_faults(Fault("*", gzip=True))

    assert_serves(proxy.asker, proxy.index, wheel)

    # Only who says so gets gzip: without that, what is served was never compressed.
    asked = {request.headers.get("accept-encoding", "not said") for request in proxy.catalog.journal.requests()}
    observe("Accept-Encoding at the catalog", sorted(asked))


@relied_on("users 1.3")  # RFC 9112 6.3: without a length a body ends with its connection
def test_catalog_of_http_1_0_is_understood(proxy: Proxy) -> None:
    """A page and a file that the catalog sends in HTTP/1.0, without their length, arrive whole."""
    wheel = proxy.publish(filler=200_000)
    proxy.catalog.set_faults(Fault("*", http_1_0=True))

    assert_serves(proxy.asker, proxy.index, wheel)


def _seen(answer: Answer | BrokenOff, sha256: str) -> str:
    if isinstance(answer, BrokenOff) or answer.status != 200:
        return in_short(answer)
    return "200, the right bytes" if hashlib.sha256(answer.body).hexdigest() == sha256 else "200, other bytes"
