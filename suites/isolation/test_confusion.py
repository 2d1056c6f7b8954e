"""Dependency confusion: one name in several indexes. Public PyPI has anything; an internal name can be the catalog's.

The poison comes in the shapes that resolvers fall for, each under a name of its own.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.catalog import Organization, Published
from artifactory_conformance.checks import (
    assert_came_through,
    assert_installed,
    assert_lists,
    assert_lists_only,
    assert_never_asked,
    assert_serves,
    clause,
    control,
    relied_on,
)
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.labs import Lab

OWN = "1.0"
"""The version that is ours, as a wheel."""

POISON: Mapping[str, Mapping[str, Any]] = {
    "higher-version": {"version": "9.0"},
    "pre-release": {"version": "9.0rc1"},
    "yanked": {"version": "9.0", "yanked": "withdrawn"},
    "sdist-of-the-same-version": {"version": OWN, "kind": "sdist"},
    "wheel-of-the-same-version": {"version": OWN, "variant": "not ours"},
}
"""What somebody else publishes under our name, which is that of the shape."""

EXCLUDED = ",".join(f".pypi/{name}.*" for name in POISON)
"""The pattern that keeps a remote off all these names (V-03)."""


def poison(index: Organization) -> dict[str, Published]:
    """Publish each shape at an index, under its name."""
    return {name: index.publish(name, **shape) for name, shape in POISON.items()}


@clause("VIRTUAL-03", facts=("T02", "T18", "V-03"))
def test_nothing_that_public_pypi_has_under_our_names_is_offered(
    lab: Lab, catalog: Organization, public_index: Organization, pip: Installer
) -> None:
    """Whatever public PyPI has under the catalog's and internal names, the virtual offers ours, and pip installs it."""
    curated = catalog.publish("curated-thing", "1.0rc1")
    _, local, virtual, user = lab.set_up(catalog)
    internal = lab.upload_each(local, POISON, OWN)
    poison(public_index)
    for shape in POISON.values():
        public_index.publish("curated-thing", **shape)
    public_index.journal.clear()

    run = pip.install(
        *("curated-thing", *POISON), index_url=user.index_url_with_password(virtual), options=["--pre", "--no-deps"]
    )

    assert_installed(run, curated, *internal.values())
    assert_came_through(run, user.index_url(virtual))
    assert_lists_only("curated-thing", user.get_page(virtual, "curated-thing"), curated.filename)
    for name, wheel in internal.items():
        assert_lists_only(name, user.get_page(virtual, name), wheel.filename)
    assert_never_asked(public_index)


@clause("VIRTUAL-08", facts=("row 50", "V-03", "V-05", "T18"))
def test_excluded_names_are_the_locals_alone(lab: Lab, catalog: Organization, pip: Installer) -> None:
    """With internal names excluded on the remote, pages list and pip installs the local's, whatever the catalog has."""
    poison(catalog)
    other = catalog.publish("curated-thing")
    _, local, virtual, user = lab.set_up(catalog, excludesPattern=EXCLUDED)
    internal = lab.upload_each(local, POISON, OWN)

    for name, wheel in internal.items():
        assert_lists_only(name, user.get_page(virtual, name), wheel.filename)
    run = pip.install(*POISON, index_url=user.index_url_with_password(virtual), options=["--pre", "--no-deps"])
    assert_installed(run, *internal.values())

    with control("the virtual serves another package of the catalog, which has not heard the excluded names"):
        assert_serves(user, virtual, other)
        assert not [name for name in POISON if catalog.journal.asked_for_page(name)]


@relied_on("row 48", "V-01", "V-03", "T18")
def test_merged_page_hides_nothing_of_any_member(
    lab: Lab, catalog: Organization, pip: Installer, observe: Callable[[str, Any], None]
) -> None:
    """Without a pattern the page of a name in two members lists both members' files; whose pip takes is recorded."""
    theirs = poison(catalog)
    _, local, virtual, user = lab.set_up(catalog)
    ours = lab.upload_each(local, POISON, OWN)

    for name in POISON:
        page = assert_lists(name, user.get_page(virtual, name), ours[name].filename, theirs[name].filename)
        observe(f"{name}: listed", [link.filename for link in page.links])
        if theirs[name].filename != ours[name].filename:
            assert_serves(user, virtual, ours[name])
            assert_serves(user, virtual, theirs[name])
    run = pip.install(*POISON, index_url=user.index_url_with_password(virtual), options=["--no-deps"])
    takes = {theirs[name].sha256: "the catalog's" for name in POISON} | {ours[name].sha256: "ours" for name in POISON}
    for found in run.distributions:
        observe(f"{found.name}: pip takes", takes.get(found.sha256 or "", "nobody's"))


@relied_on("V-05", "V-06", "row 51", observes=True)
def test_what_becomes_of_a_file_that_a_pattern_excludes(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Whether a file whose path is excluded on the remote is listed, served, and fetched is recorded."""
    wanted, unwanted = catalog.publish("curated-thing", "1.0"), catalog.publish("curated-thing", "9.0")
    remote, _, virtual, user = lab.set_up(catalog)
    links = {one: user.page(one, "curated-thing").link_to(unwanted.filename) for one in (remote, virtual)}
    remote.change(excludesPattern=f"**/{unwanted.filename}")

    for repository, link in links.items():
        listed = user.page(repository, "curated-thing").filenames()
        answer = user.fetch(link)
        still = "still lists it" if unwanted.filename in listed else "lists it no more"
        observe(type(repository).__name__, f"{still}, {answer.status}")
        with control("the other file of the page comes"):
            assert_serves(user, repository, wanted)
    observe("the catalog was asked for it", len(catalog.journal.downloads(unwanted.filename)))


@relied_on("V-05", "B1", observes=True)
def test_what_patterns_of_a_virtual_do(lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]) -> None:
    """Whether exclude patterns of a virtual, outer or nested, keep names from what is below it is recorded."""
    catalog.publish("internal-thing")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    pattern = {"excludesPattern": ".pypi/internal-thing.*"}
    plain, excluding = lab.virtual_repository(remote), lab.virtual_repository(remote, **pattern)

    for name, virtual in {
        "without a pattern": plain,
        "with one": excluding,
        "with one in a nested virtual": lab.virtual_repository(excluding),
        "around a plain one": lab.virtual_repository(plain, **pattern),
    }.items():
        observe(name, sorted(link.filename for link in user.links(virtual, "internal-thing")))


@relied_on("V-04", "release 25", "T18", observes=True)
@pytest.mark.parametrize("flagged", ["local", "remote"])
def test_what_priority_resolution_does_to_pages(
    flagged: str, lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """What pages list when one member has priority is recorded: names of both, of one, and pre-releases."""
    for version in ("9.0", "10.0rc1"):
        catalog.publish("both-have-it", version)
    catalog.publish("catalog-has-it")
    remote = lab.remote_repository(catalog, priorityResolution=flagged == "remote")
    local = lab.local_repository(priorityResolution=flagged == "local")
    lab.upload_each(local, ["both-have-it", "local-has-it"], OWN)
    virtual = lab.virtual_repository(remote, local)
    user = lab.user(remote, local, READ, DEPLOY_CACHE)

    for name in ("both-have-it", "catalog-has-it", "local-has-it"):
        observe(name, sorted(link.filename for link in user.links(virtual, name)))
