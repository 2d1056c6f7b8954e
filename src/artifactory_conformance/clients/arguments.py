"""What a client's command line, environment and files must not say: secrets in the first, insecurity in all."""

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote, quote_plus, unquote, urlsplit

_URL_WITH_PASSWORD = re.compile(r"://[^/\s:@]*:[^/\s@]+@")
_TRUSTED_HOST = "--trusted-host"
# pip accepts every unambiguous beginning of an option; this is the shortest one.
_TRUSTED_HOST_BEGINNING = "--tr"
_INSECURE_LINE = re.compile(r"(?im)(?:^|\s)(?:--tr[a-z-]*|trusted[-_]host)(?=[\s=:]|$)")


class SecretInArguments(Exception):
    """A command line was about to show a secret to everybody on the machine; the secret is not repeated here."""


class InsecureOption(Exception):
    """Something was about to switch off the verification of certificates."""


def refuse_secrets(argv: Sequence[str], secrets: Iterable[str]) -> None:
    """Refuse a command line with a secret in it, in plain, percent-encoded or base64 form, or with a URL's password.

    Raises:
        SecretInArguments: the message gives the position of the argument, never its text.
    """
    forms = {form for secret in secrets if secret for form in spellings(secret)}
    for position, argument in enumerate(argv):
        if _URL_WITH_PASSWORD.search(argument) or any(form in argument for form in forms):
            raise SecretInArguments(f"argument {position} holds a secret; give it by environment, file or index_url")


def refuse_insecurity(options: Sequence[str], environment: Mapping[str, str]) -> None:
    """Refuse ``--trusted-host`` as an option, shortened or not, and as a variable.

    Raises:
        InsecureOption: it is there.
    """
    for option in options:
        name = option.partition("=")[0]
        if name.startswith(_TRUSTED_HOST_BEGINNING) and _TRUSTED_HOST.startswith(name):
            raise InsecureOption(f"{_TRUSTED_HOST} is never used")
    if any(name.upper() == "PIP_TRUSTED_HOST" for name in environment):
        raise InsecureOption("PIP_TRUSTED_HOST is never used")


def refuse_insecure_text(text: str) -> None:
    """Refuse a configuration or requirements file that trusts a host without verification.

    Raises:
        InsecureOption: it does.
    """
    if _INSECURE_LINE.search(text):
        raise InsecureOption("a file with trusted-host is never written")


def spellings(secret: str) -> set[str]:
    """The forms in which a secret travels: as it is, percent-encoded, and in base64."""
    encoded = base64.b64encode(secret.encode()).decode().rstrip("=")
    return {secret, quote(secret, safe=""), quote(secret), quote_plus(secret), encoded}


def passwords_of(url: str | None) -> set[str]:
    """The password within a URL, encoded and decoded; nothing where there is none."""
    if not url or "@" not in url:
        return set()
    try:
        password = urlsplit(url).password
    except ValueError:  # a check may well try a URL that cannot be parsed
        return set()
    return {password, unquote(password)} if password else set()
