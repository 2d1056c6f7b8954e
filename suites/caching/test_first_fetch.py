from collections.abc import Callable
from time import monotonic
from typing import Any

from artifactory_conformance.catalog import Fault, Organization
from artifactory_conformance.checks import assert_has_bytes, assert_served, relied_on
from artifactory_conformance.checks.causes import FILE_IS_CACHED, READ_SERVES_A_FILE
from artifactory_conformance.evidence import TargetUnreachable
from artifactory_conformance.labs import Lab

DELAY = 0.1
"""Seconds that the catalog lets pass before a file and in the middle of it."""

A_CLIENT = "somebody-elses-client/1.0"


@relied_on("F-09", "B-17", "A88", observes=True)
def test_what_a_client_sees_of_a_first_fetch(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records how long a slow file takes at first and then, and whether it is stored before it is served."""
    slow, broken = catalog.publish("example", "1.0", filler=100_000), catalog.publish("example", "1.1", filler=100_000)
    remote = lab.remote_repository(catalog)
    page = lab.administrator.page(remote, "example")
    catalog.set_faults(
        Fault(f"*/{slow.filename}", stall=50_000, stall_seconds=DELAY, delay=DELAY),
        Fault(f"*/{broken.filename}", methods=("GET",), truncate=50_000),
    )
    for time in ("first", "second"):
        started = monotonic()
        lab.administrator.fetch_ok(page.link_to(slow.filename))
        observe(f"seconds of the {time} download", round(monotonic() - started, 2))
    try:
        seen = str(lab.administrator.fetch(page.link_to(broken.filename)).status)
    except TargetUnreachable:
        seen = "it breaks off"
    observe("a file that breaks off at the catalog", seen)  # an error: stored first; if it breaks off: passed through


@relied_on("C-10", "A31", observes=True)
def test_what_the_catalog_sees_of_a_first_fetch(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records the requests for a page and a file as the catalog gets them, with the headers that it keeps."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    lab.administrator.fetch_ok(lab.administrator.page(remote, "example").link_to(wheel.filename))

    for kind, requests in {
        "page": catalog.journal.asked_for_page("example"),
        "file": catalog.journal.asked_for_file(wheel.filename),
    }.items():
        observe(f"requests for the {kind}", [f"{one.method} {one.status}, {one.credentials}" for one in requests])
        observe(f"headers of the {kind}", dict(requests[-1].headers))


@relied_on("C-10", "A31")
def test_the_catalog_is_asked_in_the_name_of_artifactory(lab: Lab, catalog: Organization) -> None:
    """Requests to the catalog call themselves Artifactory's, whatever the client calls itself."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    administrator = lab.administrator
    assert_served(administrator.get(f"{administrator.index_url(remote)}/example/", User_Agent=A_CLIENT))
    assert_served(
        administrator.fetch(administrator.page(remote, "example").link_to(wheel.filename), User_Agent=A_CLIENT)
    )

    agents = {request.headers.get("user-agent", "") for request in catalog.journal.requests()}

    assert agents
    assert all(agent.startswith("Artifactory/") for agent in agents), f"the catalog was asked by {sorted(agents)}"


@relied_on("U-11", "row 24", "C-06", builds_on=[READ_SERVES_A_FILE])
def test_a_cached_file_is_served_below_the_cache_key(lab: Lab, catalog: Organization) -> None:
    """A cached file is served whole at its path below the cache's key, and the catalog is not asked for it."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.reader(remote)
    lab.administrator.fetch_ok(lab.administrator.page(remote, "example").link_to(wheel.filename))
    path = remote.cache.path_of(wheel.filename)
    catalog.journal.clear()

    assert_has_bytes(user.get(f"{remote.cache.key}/{path}"), wheel)
    assert remote.cache.sha256(str(path)) == wheel.sha256
    assert not catalog.journal.requests()


@relied_on("U-12", "A101", "A97", "D3", "open 27", builds_on=[FILE_IS_CACHED], observes=True)
def test_what_direct_paths_of_an_uncached_file_do(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records what paths of uncached files give below the cache's key, in a trace, and below the remote's key."""
    ways = ("{cache}/{stored}", "{remote}/{stored}?trace", "{remote}/{stored}", "{remote}/{upstream}")
    remote = lab.remote_repository(catalog)
    wheels = {way: catalog.publish("example", f"1.{number}") for number, way in enumerate(ways)}
    page = lab.administrator.page(remote, "example")
    for way, wheel in wheels.items():
        lab.administrator.fetch_ok(page.link_to(wheel.filename))
        stored = str(remote.cache.path_of(wheel.filename))
        remote.cache.delete(stored)
        catalog.journal.clear()
        names = {"cache": remote.cache.key, "remote": remote.key, "stored": stored, "upstream": catalog.below(wheel)}
        answer = lab.administrator.get(way.format(**names))
        asked = [request.method for request in catalog.journal.asked_for_file(wheel.filename)]
        cached = "cached" if remote.cache.holds_file(wheel.filename) else "not cached"
        observe(
            f"status of the storage API below the remote's key, after {way}",
            lab.administrator.get(f"api/storage/{remote.key}/{stored}").status,
        )
        observe(way, f"{answer.status} {answer.media_type}; asked the catalog {asked}; {cached} afterwards")
