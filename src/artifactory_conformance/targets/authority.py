"""A certificate authority that exists for one process of one run. Its own key is never written down."""

from __future__ import annotations

import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

import trustme

VALID = timedelta(days=30)
"""How long the certificate is good for: longer than any run, shorter than anybody could rely on it."""


def bundle_in(scratch: Path) -> Path:
    """Give the file that tells what to trust, of an authority that is made there, now or later."""
    return scratch / "tls" / "authority.pem"


class Authority:
    """An authority and one certificate of it, for services on this machine.

    names: further host names that the certificate is for.
    scratch: gets a folder `tls` that is this user's alone, with the certificate's private key, which nobody else may
    read. Whoever made the scratch folder removes it after the run.
    """

    def __init__(self, scratch: Path, *names: str) -> None:
        self.bundle = bundle_in(scratch)
        folder = self.bundle.parent
        folder.mkdir(mode=0o700, parents=True)
        authority = trustme.CA(organization_name="artifactory-conformance", organization_unit_name="for one run")
        issued = authority.issue_cert("127.0.0.1", "localhost", *names, not_after=datetime.now(timezone.utc) + VALID)
        self._chain, self._key = folder / "service.pem", folder / "service-key.pem"
        _write(self.bundle, authority.cert_pem.bytes())
        _write(self._chain, b"".join(part.bytes() for part in issued.cert_chain_pems))
        _write(self._key, issued.private_key_pem.bytes())

    @property
    def service_options(self) -> tuple[str, ...]:
        """The options that make one of our services serve over https with the certificate."""
        return ("--tls-certificate", str(self._chain), "--tls-key", str(self._key))

    @property
    def files(self) -> tuple[bytes, bytes]:
        """The chain and the private key, for a service that has no part in this machine's files."""
        return self._chain.read_bytes(), self._key.read_bytes()

    @property
    def trust_options(self) -> tuple[str, ...]:
        """The options that make a model trust catalogs of this authority, and of no other."""
        return ("--ca-bundle", str(self.bundle))


def _write(path: Path, content: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(content)
