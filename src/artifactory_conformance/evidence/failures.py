"""Why no answer came, in one line instead of the libraries' nests of representations."""

from __future__ import annotations

import http.client
import ssl

import requests

_KNOWN: dict[type[BaseException], str] = {
    requests.exceptions.ConnectTimeout: "no connection in time",
    requests.exceptions.ReadTimeout: "no answer in time",
    TimeoutError: "no answer in time",
    requests.exceptions.SSLError: "TLS failed",
    requests.exceptions.ChunkedEncodingError: "the answer broke off",
    ConnectionResetError: "the connection was reset",
    requests.exceptions.ConnectionError: "no connection",
    requests.exceptions.InvalidURL: "not a usable URL",
}

_EXPIRED, _OTHER_NAME, _OTHER_ADDRESS = 10, 62, 64
"""Codes of OpenSSL's verification that are no matter of whom to trust."""


def before_an_answer(error: Exception) -> bool:
    """Tell whether a connection ended before the body of an answer, and not by a time-out."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)):
            return not isinstance(error, requests.exceptions.ChunkedEncodingError)
        cause = cause.__cause__ or cause.__context__
    return False


def broke_off(error: Exception) -> bool:
    """Tell whether a connection ended early, in the middle of an answer or before one, and not by a time-out."""
    return isinstance(error, requests.exceptions.ChunkedEncodingError) or before_an_answer(error)


def in_words(error: Exception) -> str:
    """Say what kind of failure an exception stands for, and what is at the bottom of it."""
    causes: list[BaseException] = [error]
    while (inner := causes[-1].__cause__ or causes[-1].__context__) is not None:
        causes.append(inner)
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"TLS failed: {_of_certificate(cause)}"
    told = (text for kind, text in _KNOWN.items() if any(isinstance(cause, kind) for cause in causes))
    return f"{next(told, type(error).__name__)} ({' '.join(str(causes[-1]).split())})"


def _of_certificate(error: ssl.SSLCertVerificationError) -> str:
    problem = error.verify_message
    if error.verify_code == _EXPIRED:
        return "the certificate has expired"
    if error.verify_code in {_OTHER_NAME, _OTHER_ADDRESS}:
        return f"the certificate is for another name ({problem})"
    return f"the certificate is not of an authority that is trusted here ({problem}); give that one with --ca-bundle"
