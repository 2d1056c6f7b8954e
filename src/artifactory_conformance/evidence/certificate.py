"""The certificate that a server shows, verified as the recorded sessions verify it."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import certifi

from artifactory_conformance.evidence.answers import TargetUnreachable
from artifactory_conformance.evidence.failures import in_words
from artifactory_conformance.limits import Limits


@dataclass(frozen=True)
class Certificate:
    """What was shown: the names and addresses that it is for, who vouches for it, until when it is good."""

    names: tuple[str, ...]
    issuer: str
    not_after: datetime
    protocol: str

    @property
    def days_left(self) -> int:
        """How many whole days it is still good for."""
        return (self.not_after - datetime.now(timezone.utc)).days


def certificate_of(url: str, ca_bundle: Path | None, limits: Limits) -> Certificate:
    """Shake hands with the server of an https URL and give its certificate.

    ca_bundle: authorities to trust instead of the usual ones. Raises TargetUnreachable, also when the certificate is
    not of them, not for this name or not good any more.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 443
    context = ssl.create_default_context(cafile=str(ca_bundle or certifi.where()))
    try:
        with (
            socket.create_connection((host, port), timeout=limits.connect) as connection,
            context.wrap_socket(connection, server_hostname=host) as shaken,
        ):
            shown: dict[str, Any] = shaken.getpeercert() or {}
            protocol = shaken.version() or ""
    except (OSError, ValueError) as error:
        raise TargetUnreachable(f"{host} port {port}: {in_words(error)}") from error
    return Certificate(
        names=tuple(str(name) for _, name in shown.get("subjectAltName", ())),
        issuer=", ".join(f"{name}={value}" for part in shown.get("issuer", ()) for name, value in part),
        not_after=datetime.fromtimestamp(ssl.cert_time_to_seconds(shown["notAfter"]), timezone.utc),
        protocol=protocol,
    )
