from collections.abc import Callable
from hashlib import sha256
from typing import Any

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.catalog import Fault, Organization
from artifactory_conformance.checks import (
    assert_came_through,
    assert_installed,
    assert_lists_only,
    assert_never_asked,
    assert_serves,
    clause,
    control,
)
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.isolation import unheard_of
from artifactory_conformance.labs import Lab


@clause("VIRTUAL-03", "REMOTE-04")
def test_a_higher_version_on_the_public_index_stays_off_the_page(
    lab: Lab, catalog: Organization, public_index: Organization
) -> None:
    """The virtual lists the catalog's files alone, though the public index has a higher version of the same project."""
    curated = catalog.publish("curated-thing", "1.0")
    public_index.publish("curated-thing", "9.0")
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    virtual = lab.virtual_repository(remote, local)
    user = lab.user(remote, local, READ, DEPLOY_CACHE)

    assert_lists_only("curated-thing", user.get_page(virtual, "curated-thing"), curated.filename)
    assert_serves(user, virtual, curated)
    assert_never_asked(public_index)


@clause("VIRTUAL-03")
def test_pip_ignores_higher_versions_on_the_public_index(
    lab: Lab, catalog: Organization, public_index: Organization, pip: Installer
) -> None:
    """pip installs the catalog's and the internal version, though the public index has higher ones of both."""
    curated = catalog.publish("curated-thing", "1.0")
    public_index.publish("curated-thing", "9.0")
    public_index.publish("internal-thing", "9.0")
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    internal = lab.upload(local, "internal-thing", "1.0")
    virtual = lab.virtual_repository(remote, local)
    user = lab.user(remote, local, READ, DEPLOY_CACHE)

    run = pip.install("curated-thing", "internal-thing", index_url=user.index_url_with_password(virtual))

    assert_installed(run, curated, internal)
    assert_came_through(run, user.index_url(virtual))
    assert_never_asked(public_index)


@clause("VIRTUAL-03")
def test_a_file_of_the_public_index_is_not_fetched_by_a_link(
    lab: Lab, catalog: Organization, public_index: Organization
) -> None:
    """A catalog's page with a link to a file of the public index gives no access to it: its bytes do not come."""
    foreign = public_index.publish(unheard_of("canary"))
    copied = public_index.ask(f"simple/{foreign.project}/").text
    public_index.journal.clear()
    catalog.set_faults(Fault(f"/simple/{foreign.project}/", status=200, body=copied, content_type="text/html"))
    curated = catalog.publish("curated-thing")
    remote = lab.remote_repository(catalog)
    virtual = lab.virtual_repository(remote)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    links = user.links(virtual, foreign.project)
    with control("the catalog served that page"):
        assert catalog.journal.pages(foreign.project)

    fetched = [user.fetch(link) for link in links]
    assert foreign.sha256 not in {sha256(answer.body).hexdigest() for answer in fetched}
    assert not remote.cache.holds_file(foreign.filename)
    assert_never_asked(public_index)
    with control("a file of the catalog's own is served"):
        assert_serves(user, virtual, curated)


@clause("REMOTE-04", observes=True)
def test_what_a_registry_url_of_the_public_index_brings_in(
    lab: Lab, catalog: Organization, public_index: Organization, observe: Callable[[str, Any], None]
) -> None:
    """What a remote serves whose Registry URL alone is the public index's is recorded (R-08, R-10)."""
    canary = public_index.publish(unheard_of("canary"))
    catalog.publish("curated-thing", "1.0")
    public_index.publish("curated-thing", "9.0")
    remote = lab.remote_repository(catalog, pyPIRegistryUrl=public_index.url)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    answer = user.get_page(remote, canary.project)
    shared = user.links(remote, "curated-thing")

    observe("page of a package that only the public index has", answer.status)
    observe("the page of a catalog package lists", sorted(link.filename for link in shared))
    observe("files of that page are answered with", sorted({user.fetch(link).status for link in shared}))
    observe("the public index was asked", [str(request) for request in public_index.journal.requests()])
