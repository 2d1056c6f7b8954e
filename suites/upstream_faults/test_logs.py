from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory.logs import LogFile, Logs
from artifactory_conformance.catalog import Fault, Organization
from artifactory_conformance.catalog.addresses import with_other_scheme
from artifactory_conformance.checks import assert_becomes, assert_keeps_password_out, clause, control, relied_on
from artifactory_conformance.labs import Lab

TROUBLE = {"WARN", "ERROR"}


@clause("TROUBLE-01", facts=("F2", "admin 6", "admin 11.13"))
def test_log_shows_what_the_catalog_was_asked(
    lab: Lab, catalog: Organization, logs: Logs, observe: Callable[[str, Any], None]
) -> None:
    """Each request that the catalog has answered for a remote has its line in the log, with address and status."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    lab.administrator.fetch_ok(lab.administrator.page(remote, "example").link_to(wheel.filename))
    host = catalog.service.address
    asked = [(request.method, f"{host}{request.path}", request.status) for request in catalog.journal.requests()]
    with control("the catalog was asked for page and file"):
        assert catalog.journal.pages("example")
        assert catalog.journal.downloads(wheel.filename)

    def missing() -> list[tuple[str, str, int]]:
        logged = [(line.method, line.url, line.status) for line in logs.fetched(remote.key)]
        return [request for request in asked if request not in logged]

    assert_becomes("every request is in the log", missing, holds=lambda lacking: not lacking)
    observe("files with lines", [file.value for file in LogFile if logs.lines(file)])


@clause("TROUBLE-01", facts=("F2", "admin 6"))
def test_log_shows_that_the_catalog_refuses_the_credentials(
    lab: Lab, catalog: Organization, logs: Logs, observe: Callable[[str, Any], None]
) -> None:
    """A catalog that refuses the remote's credentials shows in the log by its 401."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog, password=catalog.id)
    lab.administrator.get_page(remote, "example")
    with control("the catalog has refused the credentials"):
        assert 401 in [request.status for request in catalog.journal.asked_for_page("example")]

    assert_becomes(
        "a 401 of the catalog is in the log",
        lambda: [line.status for line in logs.fetched(remote.key) if catalog.url in line.url],
        holds=lambda statuses: 401 in statuses,
    )
    observe("messages", [said.message for said in logs.said() if said.level in TROUBLE])


@clause("TROUBLE-01", facts=("admin 6", "M-04", "P-02"))
def test_log_shows_a_tls_error(
    lab: Lab, catalog: Organization, logs: Logs, observe: Callable[[str, Any], None]
) -> None:
    """A TLS fault on the way to the catalog shows in the log, with the address that was asked."""
    catalog.publish("example")
    away = with_other_scheme(catalog.url)
    remote = lab.remote_repository(catalog, url=away, pyPIRegistryUrl=away)
    lab.administrator.get_page(remote, "example")

    def told() -> list[str]:
        return [said.message for said in logs.said() if said.level in TROUBLE and away in said.message]

    assert_becomes("a message names the address", told)
    observe("messages", told())
    observe("lines of the outbound log", [f"{line.url} {line.status}" for line in logs.fetched(remote.key)])


@relied_on("T40", "E-03", "admin 6")
def test_log_tells_no_password(lab: Lab, catalog: Organization, logs: Logs) -> None:
    """Whatever the catalog does, no line of the logs holds the password that the remote has for it."""
    wheel = catalog.publish("example")
    always_asking = {"missedRetrievalCachePeriodSecs": 0, "assumedOfflinePeriodSecs": 0}
    remote = lab.remote_repository(catalog, **always_asking)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    for fault in (Fault("*", status=401), Fault("*", status=503), Fault("*", reset=True)):
        catalog.set_faults(fault)
        lab.administrator.fetch(link)
        lab.administrator.get_page(remote, "absent")
    with control("the requests are in the log"):
        assert_becomes(
            "lines name the remote", lambda: [x for file in LogFile for x in logs.lines(file) if remote.key in x]
        )

    for file in LogFile:
        assert_keeps_password_out(catalog, *logs.lines(file))
