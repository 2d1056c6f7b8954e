"""Claims about what a client must never get, whatever goes wrong at the catalog; each is an assertion of the check."""

from __future__ import annotations

import hashlib

from artifactory_conformance.artifactory.pages import links_of
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks.claims import Offered
from artifactory_conformance.clients.pip_run import PipRun
from artifactory_conformance.evidence import Answer, BrokenOff
from artifactory_conformance.evidence.redaction import Redactor


def assert_no_file(answer: Answer | BrokenOff) -> None:
    """Claim that a client is told of a failure and gets no file: by an error, or by an answer that has no end."""
    seen = 0 if isinstance(answer, BrokenOff) else answer.status
    assert seen == 0 or seen >= 400, f"expected an error, seen: {answer}"


def assert_right_or_no_file(answer: Answer, offered: Offered) -> None:
    """Claim that a client gets these very bytes, or is told of a failure, and nothing between."""
    seen = hashlib.sha256(answer.body).hexdigest()
    is_right = answer.status == 200 and seen == offered.sha256
    assert is_right or answer.status >= 400, f"expected the bytes {offered.sha256} or an error, seen {seen}: {answer}"


def assert_keeps_password(organization: Organization, *answers: Answer | BrokenOff) -> None:
    """Claim that no answer holds the password that the remote has for the catalog, in whatever form (E-03).

    Those that redirected to it are looked at as well.
    """
    password = Redactor([organization.password])
    told = [
        str(answer)
        for answer in answers
        if not isinstance(answer, BrokenOff)
        and any(
            password.found_in(text)
            for text in (answer.text, *answer.headers.values(), *(to for _, to in answer.redirects))
        )
    ]
    assert not told, f"expected the catalog's password in no answer, seen in {told}"


def assert_keeps_password_out(organization: Organization, *texts: str) -> None:
    """Claim that none of these texts holds the password that the remote has for the catalog, in whatever form."""
    password = Redactor([organization.password])
    told = [password.text(text) for text in texts if password.found_in(text)]
    assert not told, f"expected the catalog's password nowhere, seen in {told}"


def assert_page_stays(project: str, answer: Answer, index_url: str, organization: Organization) -> None:
    """Claim that a page, if there is one, links to the repository that it came from alone, and names no catalog (U-06).

    index_url: the repository's index; files lie beside `/simple`, not below it.
    """
    repository = index_url.removesuffix("simple")
    elsewhere = [link.href for link in links_of(project, answer) if not link.url.startswith(repository)]
    assert not elsewhere, f"expected links below {repository} only, seen {elsewhere}"
    named = [each for each in (organization.service.address, organization.service.other_address) if each]
    told = [each for each in named if answer.status == 200 and each in answer.text]
    assert not told, f"expected a page that does not name the catalog, seen {told} in {answer}"


def assert_client_refuses(run: PipRun) -> None:
    """Claim that a client has failed and installed nothing."""
    assert not run.ok, "expected the client to refuse, but it says that it succeeded"
    assert not run.distributions, f"expected nothing to be installed, seen {run.distributions}"


def assert_never_given_credentials(organization: Organization) -> None:
    """Claim that nobody ever sent a host credentials, by its own journal; whether it was asked at all is not judged."""
    seen = [str(request) for request in organization.journal.requests() if request.credentials != "none"]
    assert not seen, f"expected no credentials there, seen {seen}"
