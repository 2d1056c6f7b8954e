from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from typing import Any
from uuid import uuid4

from artifactory_conformance.artifactory import NotSettled, until
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_has_bytes, assert_right_or_no_file, assert_serves, control, relied_on
from artifactory_conformance.distributions import DistributionSpec, build_wheel
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.targets import Target


@relied_on("C-01", "C-02", "T06", "row 6")
def test_a_file_that_the_catalog_replaced_comes_with_the_page_that_names_it(
    lab: Lab, catalog: Organization, target: Target
) -> None:
    """When other bytes were published under a cached file's name, the renewed page leads to those, whole and right."""
    first = catalog.publish("example")
    remote = lab.remote_repository(catalog, retrievalCachePeriodSecs=LIMITS.short_period)
    lab.administrator.fetch_ok(lab.administrator.page(remote, "example").link_to(first.filename))
    second = catalog.republish(first)
    with control("name and project are the same, the bytes are not"):
        assert second.filename == first.filename
        assert second.sha256 != first.sha256
    target.elapse(LIMITS.short_period + 1)

    assert_serves(lab.administrator, remote, second)


@relied_on("C-01", "C-02", "T06", "row 6")
def test_a_page_and_its_files_fit_while_the_catalog_replaces_one(lab: Lab, catalog: Organization) -> None:
    """While a cached page names the former bytes of a file, a client gets those or an error, never others."""
    cached, cold = catalog.publish("example", "1.0"), catalog.publish("example", "1.1")
    remote = lab.remote_repository(catalog)
    page = lab.administrator.page(remote, "example")
    lab.administrator.fetch_ok(page.link_to(cached.filename))
    for file in (cached, cold):
        catalog.republish(file)

    assert_has_bytes(lab.administrator.fetch(page.link_to(cached.filename)), cached)
    assert_right_or_no_file(lab.administrator.fetch(page.link_to(cold.filename)), cold)


@relied_on("B-33", "T-03", "row 6")
def test_a_file_that_was_uploaded_again_is_the_one_that_its_page_names(
    lab: Lab, observe: Callable[[str, Any], None]
) -> None:
    """When other bytes are uploaded under the name of an internal file, the page's hash comes to fit what is served."""
    local = lab.local_repository()
    first = lab.upload(local, "example")
    second = build_wheel(DistributionSpec(project="example", version="1.0", variant=uuid4().hex))
    observe("status of the second upload", lab.administrator.upload(local, second).status)

    def hashes() -> tuple[set[str | None], set[str]]:
        links = lab.administrator.links(local, "example")
        served = [lab.administrator.fetch(link) for link in links]
        return {link.sha256 for link in links}, {sha256(file.body).hexdigest() for file in served}

    with suppress(NotSettled):  # T-04: pages lag behind uploads
        until(
            "the page names what is served",
            hashes,
            holds=lambda seen: bool(seen[0]) and seen[0] == seen[1],
            limits=replace(LIMITS, settle=LIMITS.listed),
        )
    named, served = hashes()
    assert served, "the page lists no file"
    assert named == served
    observe("the second upload is the one", served == {second.sha256})
    with control("it is one of the two"):
        assert served <= {first.sha256, second.sha256}
