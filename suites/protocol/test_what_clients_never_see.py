"""What belongs to the catalog's side stays there: user and password everywhere, the host wherever clients go by it."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from artifactory_conformance.artifactory import READ, Identity, Link
from artifactory_conformance.artifactory.identity import Keyed
from artifactory_conformance.artifactory.site_content import SiteFile
from artifactory_conformance.catalog import BadAnswer, Fault, Organization
from artifactory_conformance.checks import assert_redirect_stays, control, relied_on
from artifactory_conformance.evidence import Answer
from artifactory_conformance.evidence.redaction import Redactor
from artifactory_conformance.isolation import unheard_of
from artifactory_conformance.isolation.origins import ORIGIN_HEADER
from artifactory_conformance.labs import Lab
from artifactory_conformance.proxies import Proxy
from artifactory_conformance.sites import Site

JSON = "application/vnd.pypi.simple.v1+json"

FAILURES = (BadAnswer.STATUS_401, BadAnswer.STATUS_403, BadAnswer.STATUS_500, BadAnswer.RESET, BadAnswer.STATUS_504)
"""Of each kind one; the last ones make a remote take the catalog for offline (M-04)."""


def pages(identity: Identity, repository: Keyed, project: str) -> list[Answer]:
    """Ask for what clients read links from: a page in both forms, without its slash, the root page."""
    url = f"{identity.index_url(repository)}/{project}/"
    root = f"{identity.index_url(repository)}/"
    return [identity.get(url), identity.get(url, Accept=JSON), identity.get(url.rstrip("/")), identity.get(root)]


def files(identity: Identity, *links: Link) -> list[Answer]:
    """Ask for files, their headers, checksums and metadata."""
    found = []
    for link in links:
        found += [identity.get(link.url), identity.head(link.url)]
        found += [identity.get(f"{link.url}{ending}") for ending in (".sha256", ".metadata")]
    return found


def stored(identity: Identity, remote: Keyed) -> list[Answer]:
    """Ask what a client may know of repositories and of what is cached."""
    cache = f"{remote.key}-cache"
    found = [identity.get(f"api/repositories{rest}") for rest in ("", "?type=remote", f"/{remote.key}")]
    found += [identity.get(f"api/storage/{cache}/{path}") for path in identity.storage(cache).paths()]
    return [*found, identity.get(f"api/storage/{cache}?list&deep=1")]


def assert_untold(secret: str, answers: Iterable[Answer]) -> None:
    """Claim that no answer holds a secret, in whatever form, in its body or in its headers."""
    redactor = Redactor([secret])
    seen = list(answers)
    assert seen, "nothing was asked"
    told = [
        str(answer)
        for answer in seen
        if any(redactor.found_in(text) for text in (answer.text, *answer.headers.values(), *answer.headers))
    ]
    assert not told, f"told in {len(told)} of {len(seen)} answers, first in {told[:1]}"


@relied_on("row 9", "U-06", "T13")
def test_pages_and_files_of_the_site_never_name_the_catalogs_host(
    downloads: Identity, site_files: tuple[SiteFile, ...], site: Site
) -> None:
    """No page, link or header of the site names the catalog's host; only the header for just that may (F-03)."""
    hosts = [urlsplit(address).netloc for address in site.catalog_addresses]
    for file in site_files:
        listed = pages(downloads, file.index.repository, file.index.project)
        with control(f"{file.index} is served"):
            assert listed[0].status == 200

        for answer in (*listed, *files(downloads, file.link)):
            headers = {name: value for name, value in answer.headers.items() if name.lower() != ORIGIN_HEADER.lower()}
            assert not [host for host in hosts if host in str(headers)], f"{headers} of {answer}"
        for answer in listed:
            assert_redirect_stays(answer)
            assert not [host for host in hosts if host in answer.text], str(answer)


@relied_on("row 9", "E-03", "C-06")
def test_user_and_password_of_the_catalog_are_told_to_no_client(lab: Lab, catalog: Organization) -> None:
    """No page, file, error, header or storage answer that a client gets holds the catalog's user or password."""
    catalog.rename_user(f"customer-{uuid4().hex}")
    wheel = catalog.publish("curated-thing")
    catalog.set_faults(Fault("/pypi/curated-thing/json", body='{"info": {"name": "curated-thing"}}'))
    remote, _, virtual, user = lab.set_up(catalog)
    answers = []

    for repository in (remote, virtual):
        answers += pages(user, repository, "curated-thing") + files(user, *user.links(repository, "curated-thing"))
        answers += [
            user.get_page(repository, unheard_of()),
            user.get(f"api/pypi/{repository.key}/pypi/curated-thing/json"),
        ]
        answers += [user.get(f"{repository.key}/.pypi/{unheard_of()}.html?trace"), user.get(f"{repository.key}/")]
    answers += stored(user, remote)

    with control("the catalog was asked with both, and the file came"):
        assert catalog.journal.downloads(wheel.filename)[0].user == catalog.user
        assert any(answer.body for answer in answers if answer.url.endswith(wheel.filename))
    assert_untold(catalog.password, answers)
    assert_untold(catalog.user, answers)


@relied_on("row 9", "E-03", "M-03", "M-04")
def test_errors_of_the_catalog_tell_no_client_its_user_and_password(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Whatever goes wrong at the catalog, what clients are told of it holds neither its user nor its password."""
    catalog.rename_user(f"customer-{uuid4().hex}")
    remote, _, virtual, user = lab.set_up(catalog)
    reader = lab.user(remote, READ)
    wheels = [catalog.publish_new() for _ in FAILURES]
    links = [user.page(remote, wheel.project).link_to(wheel.filename) for wheel in wheels]
    told = []

    for failure, link in zip(FAILURES, links, strict=True):
        catalog.set_faults(failure.at("*"))
        for repository in (remote, virtual):
            told += [user.get_page(repository, unheard_of()), reader.get_page(repository, unheard_of())]
        told += [user.fetch(link), reader.fetch(link), user.get(f"{remote.key}/.pypi/{unheard_of()}.html?trace")]

    with control("much of it failed"):
        assert sum(answer.status >= 400 for answer in told) > len(told) // 4
    observe("some errors name the catalog's address (M-03, M-04)", any(catalog.url in answer.text for answer in told))
    assert_untold(catalog.password, told)
    assert_untold(catalog.user, told)


@relied_on("E-03", "M-03", "row 9", observes=True)
def test_what_becomes_of_a_password_within_the_url_of_a_remote(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Whether a password that an administrator put into the URL field is shown to clients is recorded."""
    wheel = catalog.publish_new()
    parts = urlsplit(catalog.url)
    url = parts._replace(netloc=f"{catalog.user}:{catalog.password}@{parts.netloc}").geturl()
    remote, _, _, user = lab.set_up(catalog, url=url, pyPIRegistryUrl=url)
    known = Redactor([catalog.password])

    answers = [
        *pages(user, remote, wheel.project),
        *files(user, *user.links(remote, wheel.project)),
        *stored(user, remote),
    ]
    answers.append(user.get_page(remote, unheard_of()))

    observe("page", answers[0].status)
    observe(
        "shown in",
        sorted({urlsplit(one.url).path.partition(remote.key)[0] for one in answers if known.found_in(one.text)}),
    )


@relied_on("row 9", "E-03", "M-03", "M-04")
def test_no_answer_of_a_proxy_holds_what_it_has_for_its_catalog(proxy: Proxy) -> None:
    """No page, file, header, Location or error of a proxy holds its catalog's password, whatever the catalog answers.

    Not in plain text, nor encoded as a header or a URL carries it.
    """
    catalog, wheel, url = proxy.catalog, proxy.publish(), proxy.asker.index_url(proxy.index)
    link = proxy.link_to(wheel)
    answers = [*pages(proxy.asker, proxy.index, wheel.project), *files(proxy.asker, link)]
    answers += [proxy.get_page(unheard_of()), proxy.asker.get(f"{link.url.rpartition('/')[0]}/absent-1.0.tar.gz")]
    broken = [proxy.publish() for _ in FAILURES]
    links = [proxy.link_to(one) for one in broken]

    for failure, cold in zip(FAILURES, links, strict=True):
        catalog.set_faults(failure.at("*"))
        answers += [proxy.asker.get(f"{url}/{unheard_of()}/"), proxy.asker.get(cold.url)]
    catalog.set_faults(Fault("*", unsigned="moved", redirect=f"{catalog.url}{{path}}?moved=1"))
    moved = proxy.publish()
    answers += [proxy.asker.get(f"{url}/{moved.project}/"), proxy.asker.get(links[0].url)]

    with control("the catalog was asked with the password, the file came, and much else failed"):
        assert "right" in {request.credentials for request in catalog.journal.asked_for_file(wheel.filename)}
        assert any(answer.body for answer in answers if answer.url == link.url)
        assert sum(answer.status >= 400 for answer in answers) >= len(FAILURES)
    assert_untold(catalog.password, answers)
