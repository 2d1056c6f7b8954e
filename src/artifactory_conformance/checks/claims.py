"""Claims in the domain's words; each is an assertion of the check that makes it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any, Protocol
from urllib.parse import urljoin

from packaging.utils import canonicalize_name

from artifactory_conformance.artifactory import Identity, NotSettled, PageUnavailable, Repository, until
from artifactory_conformance.artifactory.errors import NotListed
from artifactory_conformance.artifactory.identity import Keyed
from artifactory_conformance.artifactory.pages import Link, ProjectPage, read_either_page, read_page
from artifactory_conformance.catalog import Organization
from artifactory_conformance.clients.client_run import ClientRun
from artifactory_conformance.clients.pip_run import PipRun
from artifactory_conformance.evidence import Answer, AnswerBrokeOff, BrokenOff
from artifactory_conformance.evidence.answers import origin
from artifactory_conformance.limits import LIMITS

REFUSED = (403, 404)
"""The guide says 403/404; which of the two is unknown (P-03), so both are accepted; the evidence has the answer."""


def assert_refused(answer: Answer) -> None:
    """Claim that an authenticated user was refused: 403 or 404, never anything else."""
    assert answer.status in REFUSED, f"expected a refusal (403 or 404), seen: {answer}"


def assert_shown(identity: Identity, key: str) -> dict[str, Any]:
    """Claim that the list of repositories shows one to an account; give what it tells of it."""
    problem, shown = "", {}
    try:
        shown = identity.listed(key)
    except NotListed as error:
        problem = str(error)
    assert not problem, problem
    return shown


NOT_SERVED = (401, 403, 404)
"""How somebody without Read is turned away: 403, hidden as 404, without credentials 401 (P-05, P-06, P-10)."""


def assert_not_served(answer: Answer) -> None:
    """Claim that somebody, authenticated or not, was turned away: 401, 403 or 404, never anything else."""
    assert answer.status in NOT_SERVED, f"expected to be turned away (401, 403 or 404), seen: {answer}"


def assert_challenged(answer: Answer) -> None:
    """Claim that an answer is 401 and asks for Basic credentials: without the challenge clients send none (E-02)."""
    challenge = answer.headers.get("WWW-Authenticate", "")
    assert answer.status == 401, f"expected 401, seen: {answer}"
    assert challenge.lower().startswith("basic realm="), f"expected a Basic challenge, seen {challenge!r}: {answer}"


def assert_served(answer: Answer) -> None:
    """Claim that the answer is a success with content."""
    assert answer.status == 200, f"expected 200, seen: {answer}"
    assert answer.body, f"expected content, seen none: {answer}"


def assert_arrives(ask: Callable[[], Answer]) -> Answer:
    """Claim that an answer comes to its end; give it. Who breaks off is asked once more: it may have been the way.

    ask: sends the request. A body that is shorter than its Content-Length is none (RFC 9112 8); what does not come for
    another reason, such as that nobody listens any more, raises TargetUnreachable.
    """
    problem = ""
    for _ in range(2):
        try:
            return ask()
        except AnswerBrokeOff as error:
            problem = str(error)
    raise AssertionError(f"expected a whole answer, seen one that breaks off, twice: {problem}")


def assert_becomes_served(ask: Callable[[], Answer]) -> None:
    """Claim that a request succeeds before the time is over that written grants take to settle (admin 2.9).

    ask: sends the request, and is called again until it succeeds; a path that was refused once may stay refused (P-07).
    """
    seen: list[Answer] = []

    def look() -> Answer:
        seen.append(ask())
        return seen[-1]

    with suppress(NotSettled):
        until("the request is served", look, holds=lambda answer: answer.status == 200)
    assert_served(seen[-1])


def assert_becomes_turned_away(ask: Callable[[], Answer]) -> None:
    """Claim that a request is turned away before the time is over that written grants take to settle.

    ask: sends the request, and is called again until it is turned away.
    """
    seen: list[Answer] = []

    def look() -> Answer:
        seen.append(ask())
        return seen[-1]

    with suppress(NotSettled):
        until("the request is turned away", look, holds=lambda answer: answer.status in NOT_SERVED)
    assert_not_served(seen[-1])


def assert_becomes(what: str, look: Callable[[], Any], *, holds: Callable[[Any], bool] = bool) -> None:
    """Claim that a condition comes true before the time is over that an instance takes to settle.

    what: the condition in words. look: what is seen of it, until it `holds`.
    """
    problem = ""
    try:
        until(what, look, holds=holds)
    except NotSettled as error:
        problem = str(error)
    assert not problem, problem


def assert_change_reads_back(repository: Repository, **fields: Any) -> None:
    """Claim that changed fields of a configuration are saved: they read back in the time that writes take to settle.

    No password: it never reads back (admin 3.2).
    """
    problem = ""
    try:
        repository.change(**fields)
    except NotSettled as error:
        problem = str(error)
    assert not problem, problem


def assert_lists(project: str, answer: Answer, *filenames: str) -> ProjectPage:
    """Claim that an answer is a project's page on which these files are, whatever else; give the page."""
    problem = ""
    page = None
    try:
        page = read_page(project, answer)
    except PageUnavailable as error:
        problem = str(error)
    assert page is not None, problem
    missing = sorted(set(filenames) - page.filenames())
    assert not missing, f"{', '.join(missing)} is not listed, seen: {answer}"
    return page


def assert_of_its_project(project: str, page: ProjectPage) -> None:
    """Claim that a page lists distributions of its own project alone: a client would take any other for one of it."""
    own = f"{canonicalize_name(project)}-"
    foreign = [link.filename for link in page.links if not canonicalize_name(link.filename.strip()).startswith(own)]
    assert not foreign, f"{page.url} lists what is not of {project}: {', '.join(foreign[:3])}"


def assert_not_an_index(project: str, answer: Answer | BrokenOff) -> None:
    """Claim that an answer holds nothing that a client would take for files of a project, in HTML or in JSON."""
    try:
        links = () if isinstance(answer, BrokenOff) else read_either_page(project, answer).links
    except PageUnavailable:
        links = ()
    files = [link.filename for link in links if link.filename.endswith((".whl", ".tar.gz", ".zip"))]
    assert not files, f"expected nothing that a client takes for an index, seen files {files} in {answer}"


class Offered(Protocol):
    """A distribution that somebody offers: published at a catalog, or uploaded."""

    @property
    def project(self) -> str:
        """Project name."""

    @property
    def version(self) -> str:
        """Version."""

    @property
    def filename(self) -> str:
        """File name."""

    @property
    def sha256(self) -> str:
        """Of the file, in hexadecimal."""


def assert_lists_only(project: str, answer: Answer, *filenames: str) -> ProjectPage:
    """Claim that an answer is a project's page on which exactly these files are; give the page."""
    page = assert_lists(project, answer, *filenames)
    listed = sorted(page.filenames())
    assert listed == sorted(filenames), f"expected only {sorted(filenames)}, listed are {listed}"
    return page


def assert_serves(identity: Identity, repository: Keyed, offered: Offered) -> None:
    """Claim that a repository's page lists a distribution, and that the page's link gives these very bytes."""
    page = assert_lists(offered.project, identity.get_page(repository, offered.project), offered.filename)
    assert_has_bytes(assert_arrives(lambda: identity.fetch(page.link_to(offered.filename))), offered)


def assert_has_bytes(file: Answer, offered: Offered) -> None:
    """Claim that an answer is a success with exactly the bytes of a distribution."""
    assert_served(file)
    seen = hashlib.sha256(file.body).hexdigest()
    assert seen == offered.sha256, f"expected the bytes {offered.sha256}, seen {seen}: {file}"


def assert_is_what_its_page_says(file: Answer, link: Link) -> None:
    """Claim that an answer is a success with the bytes whose hash the project page gives; without one, with any."""
    assert_served(file)
    seen = hashlib.sha256(file.body).hexdigest()
    assert link.sha256 in {None, seen}, f"the page says sha256 {link.sha256}, seen {seen}: {file}"


def assert_never_asked(organization: Organization) -> None:
    """Claim that nobody has asked an index for anything, by its own journal."""
    asked = [str(request) for request in organization.journal.requests()]
    assert not asked, f"expected no request there, seen {asked}"


def assert_redirect_stays(answer: Answer) -> None:
    """Claim that an answer, if it redirects, keeps scheme, host and port: elsewhere credentials are lost (U-03)."""
    location = urljoin(answer.url, answer.headers.get("Location", ""))
    assert origin(location) == origin(answer.url), f"expected to stay at {answer.url}, sent to {location}"


def assert_installed(run: ClientRun, *expected: Offered) -> None:
    """Claim that a client has installed or locked exactly these distributions, byte for byte as they are offered."""
    assert run.ok, f"{run.client} ended with {run.exit_code}: {run.said}"
    seen = {(canonicalize_name(found.name), found.version, found.sha256) for found in run.distributions}
    wanted = {(canonicalize_name(one.project), one.version, one.sha256) for one in expected}
    assert seen == wanted, f"expected {sorted(wanted)}, {run.client} chose {sorted(seen, key=str)}"


def assert_given_what_was_promised(run: PipRun) -> None:
    """Claim that pip, whether it succeeded or not, was given no other bytes than a page promises, and not too few."""
    assert not run.given_wrong, f"pip was given something else than was promised: {run.given_wrong}"


def assert_came_through(run: ClientRun, index_url: str) -> None:
    """Claim that a client succeeded and took every distribution, dependencies included, from below one repository.

    index_url: the repository's index without credentials; files lie beside `/simple`, not below it (U-06).
    """
    assert run.ok, f"{run.client} ended with {run.exit_code}: {run.said}"
    repository = index_url.removesuffix("simple")
    elsewhere = [found.url for found in run.distributions if not found.url.startswith(repository)]
    assert run.distributions, f"{run.client} has recorded nothing that it chose"
    assert not elsewhere, f"expected everything from below {repository}, seen {elsewhere}"


def assert_accepted(answer: Answer) -> None:
    """Claim that an upload was taken: twine is content with these (T-01)."""
    assert answer.status in {200, 201}, f"expected the upload to be accepted, seen: {answer}"


def assert_declined(answer: Answer) -> None:
    """Claim that an upload was turned away, whatever the status: which one is unknown (pypi 2.5, V-08)."""
    assert 400 <= answer.status < 500, f"expected the upload to be refused, seen: {answer}"
    assert answer.status not in {401, 429}, f"expected a refusal of the upload itself, seen: {answer}"


def assert_becomes_listed(identity: Identity, repository: Keyed, offered: Offered) -> None:
    """Claim that a page comes to list a distribution with the hash of its bytes: pages lag behind uploads (T-04)."""
    seen: list[Answer] = []

    def look() -> str | None:
        seen.append(identity.get_page(repository, offered.project))
        try:
            return read_page(offered.project, seen[-1]).link_to(offered.filename).sha256
        except PageUnavailable:
            return None

    listed = None
    with suppress(NotSettled):
        limits = replace(LIMITS, settle=LIMITS.listed)
        listed = until("the page lists it", look, holds=lambda found: found == offered.sha256, limits=limits)
    assert listed == offered.sha256, f"{offered.filename} is not listed with sha256 {offered.sha256}, seen: {seen[-1]}"
