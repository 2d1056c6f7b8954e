"""Refusals in the wrong form, or that say too little."""

from dataclasses import replace

from artifactory_conformance.reference.access import Access
from artifactory_conformance.reference.defects.calls import is_page, key_of
from artifactory_conformance.reference.errors import RequestRefused, envelope
from artifactory_conformance.reference.exchange import Answer, Call, Principal
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.logs import Logs
from artifactory_conformance.reference.repositories import RepositoryClass


@fault("PERM-10", "P-04", "row 44")
def a_file_that_may_not_be_stored_is_404(hold: Hold) -> None:
    """Without Deploy/Cache a file that nobody has cached is said not to be there."""

    def made(original: Method) -> Method:
        def store_refusal(access: Access, key: str, path: str, who: Principal, status: int) -> RequestRefused:
            refusal: RequestRefused = original(access, key, path, who, status)
            return RequestRefused(404, "Not Found") if status == 403 else refusal

        return store_refusal

    hold.replace(Access, "store_refusal", made)


@fault("row 44", "PERM-10", "P-04")
def the_403_names_another_cause(hold: Hold) -> None:
    """Refusals for want of Deploy/Cache speak as those for want of Read do."""

    def made(original: Method) -> Method:
        def store_refusal(access: Access, key: str, path: str, who: Principal, status: int) -> RequestRefused:
            original(access, key, path, who, status)
            return RequestRefused(status, f"Request for '{key}:{path}' is forbidden for user: '{who.name}'.")

        return store_refusal

    hold.replace(Access, "store_refusal", made)


@fault("B-55", "P-15", "B-42", "row 4", "M-01", "M-06", "TROUBLE-08")
def unknown_packages_are_forbidden(hold: Hold) -> None:
    """A remote answers 403 for a package that the catalog lacks."""

    def is_a_remotes_page(call: Call) -> bool:
        repository = hold.model.repositories.get(key_of(call))
        return is_page(call) and repository is not None and repository.kind is RepositoryClass.REMOTE

    def forbidden(_: Call, answer: Answer) -> Answer:
        if answer.status != 404 or hold.model.security.hide_unauthorized or b"permitted" in answer.body:
            return answer
        return replace(answer, status=403, body=envelope(403, "Forbidden"))

    hold.after(is_a_remotes_page, forbidden)


@fault("P-02")
def the_log_names_no_page(hold: Hold) -> None:
    """The service log says that somebody may not deploy, and not what."""

    def made(original: Method) -> Method:
        def complain(logs: Logs, source: str, message: str) -> None:
            before, deploys, _ = message.partition("is not permitted to deploy")
            original(logs, source, before + deploys)

        return complain

    hold.replace(Logs, "complain", made)


@fault("P-06", "A15", "A17")
def hidden_existence_breaks_refusals(hold: Hold) -> None:
    """With hidden existence on, who lacks Deploy/Cache meets a server error."""

    def made(original: Method) -> Method:
        def store_refusal(access: Access, key: str, path: str, who: Principal, status: int) -> RequestRefused:
            refusal: RequestRefused = original(access, key, path, who, status)
            return RequestRefused(500, "Internal Server Error") if hold.model.security.hide_unauthorized else refusal

        return store_refusal

    hold.replace(Access, "store_refusal", made)


@fault("P-06", "C23")
def hidden_existence_is_passed_over(hold: Hold) -> None:
    """With hidden existence on, who may not read is told 403 all the same."""

    def made(original: Method) -> Method:
        def require_read(access: Access, key: str, path: str, who: Principal) -> None:
            try:
                original(access, key, path, who)
            except RequestRefused as refusal:
                if refusal.status == 404 and not who.anonymous:
                    message = f"Download request for repo:path '{key}:{path}' is forbidden for user: '{who.name}'."
                    raise RequestRefused(403, message) from refusal
                raise

        return require_read

    hold.replace(Access, "require_read", made)


@fault("P-05", "PERM-06", "T11")
def who_may_not_read_meets_a_server_error(hold: Hold) -> None:
    """Without Read the answer is 500."""

    def made(original: Method) -> Method:
        def require_read(access: Access, key: str, path: str, who: Principal) -> None:
            try:
                original(access, key, path, who)
            except RequestRefused as refusal:
                raise RequestRefused(500, "Internal Server Error") from refusal

        return require_read

    hold.replace(Access, "require_read", made)
