"""The one thing that is sent, and only when told to: a TLS handshake with the index's host, and no request."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Mapping
from pathlib import Path

import certifi

from artifactory_conformance.clients.index_urls import IndexUrl
from artifactory_conformance.doctor.authorities import FILES, unusable
from artifactory_conformance.doctor.machine import Machine
from artifactory_conformance.doctor.model import Effective, Finding, Section
from artifactory_conformance.settings import on_one_line

SECONDS = 10.0
"""How long a handshake may take."""


def ask(machine: Machine, wanted: IndexUrl) -> Section:
    """Shake hands with the index's host once for every store of authorities, and tell which of them trusts it."""
    scheme, _, place = wanted.address.partition("://")
    host = wanted.host
    if scheme != "https":
        return Section("handshake", note=f"{wanted.address} is not reached over https: there is none")
    port = int(place.rpartition(":")[2]) if place.rpartition(":")[2].isdigit() else 443
    stores = _stores(machine)
    outcomes = {name: _shake(host, port, file) for name, file in stores.items()}
    settings = [Effective(name, outcome or "trusted", str(stores[name] or "")) for name, outcome in outcomes.items()]
    return Section(f"handshake with {host}:{port}", tuple(settings), tuple(_findings(outcomes, f"{host}:{port}")))


def _stores(machine: Machine) -> dict[str, Path | None]:
    named = {
        name: machine.folder / machine.environment[name]
        for name in FILES
        if machine.environment.get(name) and not unusable(machine.folder / machine.environment[name])
    }
    return {"the system's authorities": None, "certifi's authorities": Path(certifi.where()), **named}


def _shake(host: str, port: int, file: Path | None) -> str:
    """Give what went wrong in a handshake, in a line; empty if nothing did."""
    try:
        context = ssl.create_default_context(cafile=str(file) if file else None)
        with socket.create_connection((host, port), SECONDS) as near, context.wrap_socket(near, server_hostname=host):
            return ""
    except ssl.SSLCertVerificationError as error:
        return f"not trusted: {on_one_line(error.verify_message)}"
    except (OSError, ValueError) as error:
        return f"no handshake: {on_one_line(str(getattr(error, 'strerror', None) or type(error).__name__))}"


def _findings(outcomes: Mapping[str, str], where: str) -> Iterator[Finding]:
    unreached = {outcome for outcome in outcomes.values() if outcome.startswith("no handshake")}
    if unreached:
        yield Finding("the index's host does not shake hands", f"{where}: {min(unreached)}", "see to name, port, proxy")
        return
    distrust = [name for name, outcome in outcomes.items() if outcome]
    if distrust:
        trusting = ", ".join(name for name in outcomes if not outcomes[name]) or "none of them"
        yield Finding(
            "some authorities do not vouch for the index's host, so clients that go by them fail",
            f"{where}: {', '.join(distrust)}; trusted by {trusting}",
            "put the authority's certificate into one file with the usual ones, and name it in SSL_CERT_FILE, PIP_CERT "
            "and REQUESTS_CA_BUNDLE",
        )
