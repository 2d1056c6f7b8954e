"""Errors as clients get them: a status that says what it is, in Artifactory's envelope, without what is not theirs."""

from collections.abc import Callable
from typing import Any

import pytest

from artifactory_conformance.artifactory import READ, Identity
from artifactory_conformance.artifactory.site_content import SiteFile, SiteIndex
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import (
    assert_enveloped,
    assert_redirect_stays,
    assert_served,
    control,
    relied_on,
)
from artifactory_conformance.checks.causes import PAGE_IS_CACHED, READ_SERVES_A_PAGE
from artifactory_conformance.distributions import DistributionSpec, build_wheel
from artifactory_conformance.isolation import unheard_of
from artifactory_conformance.labs import Lab


@relied_on("row 4", "U-05", "B-55", "T12", "E-01")
def test_project_that_nobody_has_is_missing(
    downloads: Identity, site_indexes: tuple[SiteIndex, ...], observe: Callable[[str, Any], None]
) -> None:
    """A project that nobody has is 404 to somebody with all rights, never 403: uv takes that for the end."""
    for index in site_indexes:
        answer = downloads.get(f"{downloads.index_url(index.repository)}/{unheard_of()}/")

        observe(str(index.repository), answer.status)
        assert answer.status == 404, str(answer)
        assert_redirect_stays(answer)
        with control(f"{index} is served"):
            downloads.page(index.repository, index.project)


@pytest.mark.usefixtures("artifactory")
@relied_on("row 60", "E-01", "E-03", "U-04")
def test_error_is_told_in_the_envelope(downloads: Identity, site_indexes: tuple[SiteIndex, ...]) -> None:
    """A missing project, file or repository is told in the error envelope, whose status is that of the answer."""
    for index in site_indexes:
        with control(f"{index} has a file"):
            link = downloads.page(index.repository, index.project).links[0]
        base = downloads.index_url(index.repository)

        missing = {
            "project": downloads.get(f"{base}/{unheard_of()}/"),
            "file": downloads.get(f"{link.url.rpartition('/')[0]}/{unheard_of()}-1.0.tar.gz"),
            "repository": downloads.get(base.replace(index.repository.key, unheard_of()) + "/"),
        }

        for answer in missing.values():
            assert 400 <= answer.status < 500, str(answer)
            assert_enveloped(answer)


@relied_on("E-03", "row 60")
def test_file_that_nobody_has_is_missing(downloads: Identity, site_files: tuple[SiteFile, ...]) -> None:
    """A file that nobody has is 404 beside one that is there."""
    for file in site_files:
        answer = downloads.get(f"{file.link.url.rpartition('/')[0]}/{unheard_of()}-1.0-py3-none-any.whl")

        assert answer.status == 404, str(answer)
        assert_served(downloads.fetch(file.link))


@relied_on("U-02", "U-04", "U-17", "B-23")
def test_address_below_a_project_is_no_page(
    downloads: Identity, site_indexes: tuple[SiteIndex, ...], observe: Callable[[str, Any], None]
) -> None:
    """What tools ask for below a project's page, a version or `json`, ends in a client error, never in a page."""
    for index in site_indexes:
        with control(f"{index} is served"):
            url = downloads.page(index.repository, index.project).url

        for rest in ("1.0", "1.0/", "json", "1.0/json"):
            answer = downloads.get(f"{url}{rest}")
            observe(f"{index.repository}: {rest}", answer.status)
            assert_redirect_stays(answer)  # at first to the address with its final slash, as any page's (U-02)
            end = downloads.follow(answer)
            assert 400 <= end.status < 500, str(end)


@pytest.mark.usefixtures("artifactory")
@relied_on("U-04", since="7.161")
def test_version_below_a_project_is_missing(downloads: Identity, site_indexes: tuple[SiteIndex, ...]) -> None:
    """A version below a project's page is 404."""
    for index in site_indexes:
        with control(f"{index} is served"):
            url = downloads.page(index.repository, index.project).url

        assert downloads.get(f"{url}1.0/").status == 404


@pytest.mark.usefixtures("artifactory")
@relied_on("U-16", "B-16", "client C12")
def test_repository_without_simple_is_a_client_error(
    downloads: Identity, site_indexes: tuple[SiteIndex, ...], observe: Callable[[str, Any], None]
) -> None:
    """The repository's address without /simple, which interfaces offer for copying, is a client error to uv and pip."""
    for index in site_indexes:
        bare = downloads.index_url(index.repository).removesuffix("simple")
        for accept in ("application/vnd.pypi.simple.v1+json, text/html;q=0.01", "*/*"):
            answer = downloads.get(bare, Accept=accept)
            observe(f"{index.repository}: {accept}", answer.status)
            assert 400 <= answer.status < 500, str(answer)


@relied_on("E-03", "B-42", builds_on=[READ_SERVES_A_PAGE, PAGE_IS_CACHED])
def test_missing_project_is_refused_to_a_reader(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """To somebody who may only read, a project that nobody has is missing or forbidden, and told in the envelope."""
    wheel = catalog.publish("curated-thing")
    remote, _, virtual, user = lab.set_up(catalog)
    reader = lab.user(remote, READ)
    with control("the reader sees what others have cached"):
        user.page(remote, "curated-thing").link_to(wheel.filename)
        reader.page(remote, "curated-thing")

    for repository in (remote, virtual):
        answer = reader.get_page(repository, unheard_of())
        observe(type(repository).__name__, answer.status)
        assert answer.status in {403, 404}, str(answer)
        assert_enveloped(answer)


@relied_on("pypi 2.5", "B-29", "B-30", "U-15")
def test_upload_to_another_address_is_refused_and_stored_nowhere(lab: Lab, observe: Callable[[str, Any], None]) -> None:
    """An upload to /simple, or without /api/pypi, is a client error, and nothing is stored."""
    local = lab.local_repository()
    wheel = build_wheel(DistributionSpec("internal-thing"))

    for path in (f"api/pypi/{local.key}/simple", f"api/pypi/{local.key}/simple/", f"{local.key}/", local.key):
        answer = lab.administrator.upload_to(path, wheel)
        observe(path.replace(local.key, "<key>"), answer.status)
        assert 400 <= answer.status < 500, str(answer)
    assert local.stored.paths() == []

    with control("the right address takes it"):
        assert lab.administrator.upload(local, wheel).status in {200, 201}
        assert local.stored.holds_file(wheel.filename)
