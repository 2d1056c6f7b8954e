"""Project names in other spellings than the normalized one (PEP 503); clients ask in the normalized one."""

from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory.errors import PageUnavailable
from artifactory_conformance.artifactory.pages import read_page
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import (
    assert_accepted,
    assert_becomes_listed,
    assert_lists,
    assert_redirect_stays,
    assert_serves,
    control,
    relied_on,
)
from artifactory_conformance.distributions import DistributionSpec, build_wheel
from artifactory_conformance.evidence import Answer
from artifactory_conformance.labs import Lab

SPELLINGS = ("Odd-Thing.Two", "odd_thing_two", "odd.thing.two", "ODD-THING-TWO", "odd--thing__two")
"""All of them are `odd-thing-two`; `oddthingtwo` is another project."""


@relied_on("N-01", "T28")
def test_a_project_is_found_by_its_normalized_name_however_it_is_published(lab: Lab, catalog: Organization) -> None:
    """A project whose own name has capitals, dots and underscores is served under its normalized name."""
    curated = catalog.publish("Curated_Thing.Two")
    remote, local, virtual, user = lab.set_up(catalog)
    internal = build_wheel(DistributionSpec("Internal_Thing.Two"))

    assert_accepted(lab.administrator.upload(local, internal))

    assert_becomes_listed(user, local, internal)
    assert_serves(user, remote, curated)
    assert_serves(user, local, internal)
    assert_serves(user, virtual, curated)
    assert_serves(user, virtual, internal)


@relied_on("N-03", "T28", "open 10", "release 2")
def test_another_spelling_never_answers_with_another_project(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Another spelling of a name brings files of the same project, or none; a redirect keeps the host."""
    curated, confusable = catalog.publish("odd-thing-two"), catalog.publish("oddthingtwo")
    remote, local, virtual, user = lab.set_up(catalog)
    internal, other = (lab.upload(local, name, "2.0") for name in ("odd-thing-two", "oddthingtwo"))
    own = {remote: {curated.filename}, local: {internal.filename}, virtual: {curated.filename, internal.filename}}
    with control("the normalized names are two projects"):
        for repository, wanted in ((remote, confusable.filename), (local, other.filename)):
            page = assert_lists("oddthingtwo", user.get_page(repository, "oddthingtwo"), wanted)
            assert not page.filenames() & own[repository]

    for repository, filenames in own.items():
        for spelling in SPELLINGS:
            answer = user.get(f"{user.index_url(repository)}/{spelling}/")

            observe(f"{type(repository).__name__}: {spelling}", answer.status)
            assert answer.status < 500, str(answer)
            assert_redirect_stays(answer)
            led_to = user.follow(answer)
            assert led_to.status < 500, str(led_to)
            strays = sorted(files_of(led_to) - filenames)
            assert not strays, f"{strays} for {spelling}, which are not of odd-thing-two: {led_to}"
    asked = {request.path.rpartition("/simple")[2] for request in catalog.journal.requests()}
    observe("the catalog was asked for", sorted(asked))


@relied_on("N-02", "U-13")
def test_cached_pages_have_lower_case_names_whatever_was_asked_for(lab: Lab, catalog: Organization) -> None:
    """Whatever the spelling in a request, cached pages have lower-case names: patterns are written for those."""
    catalog.publish("odd-thing-two")
    remote, _, _, user = lab.set_up(catalog)

    for spelling in SPELLINGS:
        user.get(f"{user.index_url(remote)}/{spelling}/")
    user.page(remote, "odd-thing-two")

    pages = [path for path in remote.cache.paths() if path.startswith(".pypi/")]
    assert pages
    assert pages == [path.lower() for path in pages]


def files_of(answer: Answer) -> frozenset[str]:
    """Give the files that an answer lists; none if it is no page."""
    try:
        return read_page("odd-thing-two", answer).filenames()
    except PageUnavailable:
        return frozenset()
