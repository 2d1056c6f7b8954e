"""Who is asking: Basic, Bearer, nobody; and the suspension of names that guess (E-02, P-11, C20 to C35)."""

import base64
import binascii
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from artifactory_conformance.reference.clock import Clock
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Principal
from artifactory_conformance.reference.logs import Logs
from artifactory_conformance.reference.security import ANONYMOUS, Security
from artifactory_conformance.reference.switches import SwitchSet

CHALLENGE = {"WWW-Authenticate": 'Basic realm="Artifactory Realm"'}


KNOWN_FOR = 300.0
"""Seconds that a log-in is remembered, if it is (C31)."""


class AuthenticationFailed(RequestRefused):
    """Nobody, or somebody with the wrong secret."""

    def __init__(self, message: str, status: int = 401) -> None:
        super().__init__(status, message, CHALLENGE)


@dataclass(frozen=True)
class Token:
    """An access token. `expires` is a moment of the model's clock, None for never."""

    token_id: str
    subject: str
    scope: str
    expires: float | None
    secret: str = field(repr=False)
    description: str = ""


class Suspension:
    """Failed log-ins in a row by user name, how long they suspend it (P-11) and when they lock it (P-13)."""

    def __init__(self, security: Security, clock: Clock, switches: SwitchSet) -> None:
        self._security = security
        self._clock = clock
        self._switches = switches
        self._failures: dict[str, tuple[int, float]] = {}
        self._locked: set[str] = set()
        self._lock = threading.Lock()

    def check(self, name: str) -> None:
        """Raises AuthenticationFailed with status 403 while `name` is locked or suspended, right credentials or not."""
        if name in self._locked and self._security.lock_policy.enabled:  # C30: the lock comes first
            raise AuthenticationFailed("User is Locked. Contact the administrator to unlock the account.", 403)
        count, last = self._failures.get(name, (0, 0.0))
        left = last + self._length(count) - self._clock.now()
        if left <= 0:
            return
        if self._switches.on("login_suspension", "request_failures"):
            raise AuthenticationFailed(
                f"This request is blocked due to recurrent request failures, please try again in {int(left)} second(s)",
                403,
            )
        raise AuthenticationFailed(
            f"'{name}' is blocked due to recurrent login failures, please try again in {max(1, round(left))} seconds",
            403,
        )

    def _length(self, count: int) -> float:
        if count < 2:
            return 0.0
        if self._switches.on("login_suspension", "request_failures"):
            return min(60.0, 10.0 * (count - 1))  # 7.161.20: the third try is told 9 s; it grows to 60 s
        return min(5.0, 0.5 * (count - 1))  # 6.20: base 500 ms, at most 5 s

    def failed(self, name: str) -> None:
        """Count one failure of a name."""
        with self._lock:
            count, _ = self._failures.get(name, (0, 0.0))
            self._failures[name] = (count + 1, self._clock.now())
            policy = self._security.lock_policy
            if policy.enabled and count + 1 >= policy.attempts and name != ANONYMOUS:  # C34
                self._locked.add(name)

    def succeeded(self, name: str) -> None:
        """A success ends the row."""
        with self._lock:
            self._failures.pop(name, None)

    def locked(self) -> list[str]:
        """All names that are locked."""
        return sorted(self._locked)

    def unlock(self, name: str | None) -> None:
        """Let a name log in again; None for all."""
        with self._lock:
            freed = self._locked & {name} if name else set(self._locked)
            self._locked -= freed
            for one in freed:
                self._failures.pop(one, None)


class Authentication:
    """Credentials to principals, and the tokens that were given out."""

    def __init__(self, security: Security, clock: Clock, switches: SwitchSet, logs: Logs) -> None:
        self._security = security
        self._clock = clock
        self._logs = logs
        self._switches = switches
        self._succeeded: dict[tuple[str, str], float] = {}
        self.suspension = Suspension(security, clock, switches)
        self._tokens: dict[str, Token] = {}
        self.api_keys: dict[str, str] = {}

    def authenticate(self, headers: Mapping[str, str]) -> Principal:
        """The principal of a request. Raises AuthenticationFailed (401, or 403 while suspended).

        Wrong credentials never fall back to anonymous (C20).
        """
        try:
            key = headers.get("x-jfrog-art-api")
            return self._by_key(key) if key else self._authenticate(headers.get("authorization", ""))
        except AuthenticationFailed as failure:
            if "x-jfrog-art-api" in headers or "x-api-key" in headers:  # C21
                raise AuthenticationFailed(failure.message, 403) from failure
            raise

    def _authenticate(self, given: str) -> Principal:
        scheme, _, value = given.partition(" ")
        if scheme.lower() == "bearer":
            return self._by_token(value.strip())
        if scheme.lower() == "basic":
            name, password = _basic(value.strip())
            if name or password:
                return self._by_name(name, password)
        anonymous = self._security.users.get(ANONYMOUS)
        if self._security.anonymous_access and anonymous is not None:
            return self._security.principal(anonymous)
        raise AuthenticationFailed("Authentication is required")

    def _by_name(self, name: str, password: str) -> Principal:
        user = self._security.users.get(name)
        token = self._valid(password)
        if not self._is_known(name, password):
            self.suspension.check(name)
        if user is not None and self._security.password_is_right(user, password):
            self.suspension.succeeded(name)
            if not self._is_known(name, password):
                self._succeeded[name, user.password_hash] = self._clock.now()
            return self._security.principal(user)
        if user is not None and self.api_keys.get(password) == name:  # C22
            self.suspension.succeeded(name)
            return self._security.principal(user)
        if token is not None and token.subject == name:  # admin 5.6: the name has to be the token's subject
            self.suspension.succeeded(name)
            return self._principal_of(token)
        self.suspension.failed(name)
        self._logs.denied_login(name)
        raise AuthenticationFailed(self._switches.value("bad_credentials_text"))

    def _is_known(self, name: str, password: str) -> bool:
        """C31: a log-in that succeeded a moment ago is not asked about suspension again."""
        user, now = self._security.users.get(name), self._clock.now()
        if (
            self._switches.on("login_cache", "no")
            or user is None
            or not self._security.password_is_right(user, password)
        ):
            return False
        return now - self._succeeded.get((name, user.password_hash), -KNOWN_FOR) < KNOWN_FOR

    def _by_key(self, key: str) -> Principal:
        user = self._security.users.get(self.api_keys.get(key, ""))
        if user is None:
            raise AuthenticationFailed(self._switches.value("bad_credentials_text"))
        return self._security.principal(user)

    def _by_token(self, secret: str) -> Principal:
        token = self._valid(secret)
        if token is None:
            raise AuthenticationFailed("Props Authentication Token not found")
        return self._principal_of(token)

    def _valid(self, secret: str) -> Token | None:
        token = self._tokens.get(secret)
        if token is None or (token.expires is not None and token.expires <= self._clock.now()):
            return None
        return token

    def _principal_of(self, token: Token) -> Principal:
        user = self._security.users.get(token.subject)
        _, _, kind = token.scope.partition("/")
        if kind == "admin":
            return Principal(token.subject, admin=True)
        if kind.startswith("groups:"):
            groups = frozenset(group.strip() for group in kind.removeprefix("groups:").split(",") if group.strip())
            return Principal(token.subject, groups=groups)
        if user is None:
            raise AuthenticationFailed("Props Authentication Token not found")
        return self._security.principal(user)

    def issue(self, subject: str, scope: str, lifetime: float, description: str = "") -> Token:
        """A new token for `subject`, living `lifetime` seconds; 0 means for ever (admin 5.6)."""
        expires = self._clock.now() + lifetime if lifetime else None
        token = Token(secrets.token_hex(16), subject, scope, expires, secrets.token_urlsafe(48), description)
        self._tokens[token.secret] = token
        return token

    def tokens(self) -> list[Token]:
        """All tokens, also expired ones."""
        return list(self._tokens.values())

    def revoke(self, token_id: str) -> bool:
        """Forget a token; gives whether there was one."""
        found = [token.secret for token in self.tokens() if token.token_id == token_id]
        for secret in found:
            del self._tokens[secret]
        return bool(found)


def _basic(value: str) -> tuple[str, str]:
    try:
        text = base64.b64decode(value, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise AuthenticationFailed("Bad Credentials") from error
    name, _, password = text.partition(":")
    return name, password
