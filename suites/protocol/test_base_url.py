"""Redirects behind a custom base URL: made from it, they lead where the administrator says that clients are."""

from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import Identity, InstanceSettings, RemoteRepository
from artifactory_conformance.artifactory.pages import ProjectPage
from artifactory_conformance.checks import assert_lists, assert_redirect_stays, control, relied_on
from artifactory_conformance.evidence import Answer
from artifactory_conformance.targets import Target

ELSEWHERE = "https://packages.example:8443/artifactory"


def without_slash(identity: Identity, page: ProjectPage, **headers: str) -> Answer:
    """Ask for a page without its final slash."""
    return identity.get(page.url.rstrip("/"), **headers)


@relied_on("U-02", "U-03", "B-38", "T28", "release 27", "open 28")
def test_redirect_keeps_the_host_behind_the_right_base_url(
    downloads: Identity,
    remote_index: RemoteRepository,
    known_project: str,
    instance_settings: InstanceSettings,
    target: Target,
) -> None:
    """With the base URL that clients use, a page without its slash leads to that page at the same host, or nowhere."""
    with control("the page is served"):
        page = downloads.page(remote_index, known_project)

    with instance_settings.with_base_url(target.base):
        answer = without_slash(downloads, page)
        assert_redirect_stays(answer)
        led_to = downloads.follow(answer)

    if "Location" in answer.headers:
        assert_lists(known_project, led_to, page.links[0].filename)
    assert answer.status < 500, str(answer)


@relied_on("U-02", "U-03", "B-38", "open 28")
def test_page_needs_no_base_url(
    downloads: Identity,
    remote_index: RemoteRepository,
    known_project: str,
    instance_settings: InstanceSettings,
    observe: Callable[[str, Any], None],
) -> None:
    """Whatever the base URL, a page's own links stay relative; where redirects lead then is recorded."""
    with control("the page is served"):
        page = downloads.page(remote_index, known_project)

    with instance_settings.with_base_url(ELSEWHERE):
        other = assert_lists(known_project, downloads.get_page(remote_index, known_project))
        observe("redirect", without_slash(downloads, page).headers.get("Location", "").replace(page.url, "<page>"))

    assert other.links == page.links


@relied_on("U-02", "open 28", observes=True)
def test_what_a_proxys_headers_do_to_redirects(
    downloads: Identity, remote_index: RemoteRepository, known_project: str, observe: Callable[[str, Any], None]
) -> None:
    """Whether the headers that a reverse proxy adds change where redirects lead is recorded."""
    page = downloads.page(remote_index, known_project)

    for headers in (
        {"X_Forwarded_Proto": "https"},
        {"X_Forwarded_Host": "packages.example", "X_Forwarded_Proto": "https", "X_Forwarded_Port": "443"},
        {"X_JFrog_Override_Base_Url": "https://packages.example"},
    ):
        answer = without_slash(downloads, page, **headers)
        observe(", ".join(headers).replace("_", "-"), answer.headers.get("Location", "").replace(page.url, "<page>"))
