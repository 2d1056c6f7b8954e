"""Broken log-ins: who is let in, and what those hear who are not."""

from urllib.parse import unquote

from artifactory_conformance.reference.authentication import Authentication, AuthenticationFailed, Suspension
from artifactory_conformance.reference.defects.answers import without_header
from artifactory_conformance.reference.defects.calls import is_pypi
from artifactory_conformance.reference.defects.credentials import as_the_system, basic_of, with_basic
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call, Principal
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.security import Security


@fault("row 43", "E-02", "C20", "P-11")
def wrong_passwords_are_forbidden(hold: Hold) -> None:
    """A wrong password is answered by 403 without a challenge."""

    def made(original: Method) -> Method:
        def by_name(authentication: Authentication, name: str, password: str) -> Principal:
            try:
                principal: Principal = original(authentication, name, password)
            except AuthenticationFailed as failure:
                raise RequestRefused(403, failure.message) from failure
            return principal

        return by_name

    hold.replace(Authentication, "_by_name", made)


@fault("C20", "E-02", "row 43", "P-11")
def every_password_is_right(hold: Hold) -> None:
    """The name of a user is enough to log in."""
    hold.replace(Security, "password_is_right", lambda _: lambda _security, user, _password: bool(user.password_hash))


@fault("B-12", "T11", "E-02", "row 42", "row 43", "P-10")
def the_401_asks_for_nothing(hold: Hold) -> None:
    """Answers of 401 have no WWW-Authenticate."""

    def bare(_: Call, answer: Answer) -> Answer:
        return without_header(answer, "WWW-Authenticate") if answer.status == 401 else answer

    hold.after(lambda _: True, bare)


@fault("T11", "B-12", "row 42", "E-02", "P-10", "PERM-06", "CLIENT-10", "T25")
def who_gives_no_credentials_meets_a_server_error(hold: Hold) -> None:
    """Package addresses answer 500 to who gives no credentials."""

    def broken(call: Call) -> Call:
        if not call.header("authorization"):
            raise RequestRefused(500, "Internal Server Error")
        return call

    hold.before(lambda call: is_pypi(call) and not hold.model.security.anonymous_access, broken)


@fault("C21", "C22", "admin 5.6", "E-02")
def unknown_api_keys_break_the_instance(hold: Hold) -> None:
    """Who shows an API key that nobody has gets 500."""

    def broken(call: Call) -> Call:
        if hold.model.authentication.api_keys.get(call.header("x-jfrog-art-api")) is None:
            raise RequestRefused(500, "Internal Server Error")
        return call

    hold.before(lambda call: bool(call.header("x-jfrog-art-api")), broken)


@fault("P-10", "PERM-06", "row 42", "client C3")
def packages_need_no_credentials(hold: Hold) -> None:
    """Who gives no credentials at a package address is let in, although anonymous access is off."""

    def let_in(call: Call) -> Call:
        return call if call.header("authorization") else as_the_system(hold.model, call)

    hold.before(lambda call: is_pypi(call) and call.method in ("GET", "HEAD"), let_in)


@fault("release 5", "P-10")
def anonymous_access_breaks_the_ping(hold: Hold) -> None:
    """While anonymous access is on, the ping answers 503."""

    def unhealthy(call: Call) -> Call:
        if hold.model.security.anonymous_access:
            raise RequestRefused(503, "Service Unavailable")
        return call

    hold.before(lambda call: call.path == "/artifactory/api/system/ping", unhealthy)


@fault("P-11", "C33", "B-41")
def failed_logins_never_suspend(hold: Hold) -> None:
    """However often a password is wrong, the next try is answered at once."""
    hold.replace(Suspension, "_length", lambda _: lambda _suspension, _count: 0.0)


@fault("P-11", "C33")
def suspension_never_ends(hold: Hold) -> None:
    """A name that is suspended stays so."""
    hold.replace(Suspension, "_length", lambda original: lambda part, count: 1e9 if original(part, count) else 0.0)


@fault("P-13", "C36")
def unlocking_frees_nobody(hold: Hold) -> None:
    """The call that unlocks a user answers well, and the user stays locked."""
    hold.replace(Suspension, "unlock", lambda _: lambda _suspension, _name: None)


@fault("C34", "P-13")
def locked_users_get_in(hold: Hold) -> None:
    """A user that is locked is let in with the right password."""

    def made(original: Method) -> Method:
        def check(suspension: Suspension, name: str) -> None:
            try:
                original(suspension, name)
            except AuthenticationFailed as failure:
                if "Locked" not in failure.message:
                    raise

        return check

    hold.replace(Suspension, "check", made)


@fault("CLIENT-08", "T23")
def passwords_are_decoded_twice(hold: Hold) -> None:
    """Package addresses take %41 in a password for A."""

    def decoded(call: Call) -> Call:
        given = basic_of(call)
        return with_basic(call, given[0], unquote(given[1])) if given and "%" in given[1] else call

    hold.before(is_pypi, decoded)


@fault("client C2", "CLIENT-08")
def user_names_end_at_the_at_sign(hold: Hold) -> None:
    """Package addresses take what follows an @ in a user name for the name of a realm, and leave it out."""

    def shortened(call: Call) -> Call:
        given = basic_of(call)
        return with_basic(call, given[0].partition("@")[0], given[1]) if given and "@" in given[0] else call

    hold.before(is_pypi, shortened)


@fault("admin 5.6", "C22", "release 14")
def tokens_are_no_passwords(hold: Hold) -> None:
    """An access token is taken as Bearer only, never in the place of a password."""

    def made(original: Method) -> Method:
        def by_name(authentication: Authentication, name: str, password: str) -> Principal:
            known = {token.secret for token in authentication.tokens()}
            principal: Principal = original(authentication, name, "" if password in known else password)
            return principal

        return by_name

    hold.replace(Authentication, "_by_name", made)


@fault("release 11", "admin 5.6")
def tokens_of_groups_are_refused_at_repositories(hold: Hold) -> None:
    """The list of repositories answers 400 to a token with the rights of a group."""

    def refused(call: Call) -> Call:
        secret = call.header("authorization").removeprefix("Bearer ")
        if any(token.secret == secret and "groups:" in token.scope for token in hold.model.authentication.tokens()):
            raise RequestRefused(400, "Bad Request")
        return call

    hold.before(lambda call: call.path == "/artifactory/api/repositories", refused)


@fault("admin 5.6", "release 11")
def tokens_of_groups_are_their_issuers(hold: Hold) -> None:
    """An access token for a group has the rights of who issued it."""

    def made(original: Method) -> Method:
        def issue(authentication: Authentication, subject: str, _: str, *more: object) -> object:
            return original(authentication, subject, "applied-permissions/user", *more)

        return issue

    hold.replace(Authentication, "issue", made)
