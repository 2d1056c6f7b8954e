"""The stand-in for the store that a catalog may redirect to (U7, U8)."""

from __future__ import annotations

from artifactory_conformance.catalog.faults import Fault
from artifactory_conformance.catalog.organization import Organization
from artifactory_conformance.catalog.service import CatalogService, second_address

SIGNATURE = "X-Amz-Signature"

WANTS_CREDENTIALS = Fault("*", authorized=False, status=401, headers={"WWW-Authenticate": 'Basic realm="store"'})
"""Asks for the credentials that it must never be given."""


class ObjectStore(Organization):
    """Files at another host than the catalog's, for everybody. What was asked there is in its journal."""

    def __init__(self, service: CatalogService) -> None:
        super().__init__(service, answers_everybody=True)

    @property
    def url(self) -> str:
        """Its address under the other host name, as the target reaches it."""
        return self.service.other_address + self._base_path

    @property
    def client_url(self) -> str:
        """The same as clients on this machine reach it, under another host name than its own."""
        return (second_address(self.service.own_address) or self.service.other_address) + self._base_path

    @property
    def same_path(self) -> str:
        """Where a redirect leads that keeps the path."""
        return f"{self.url}{{path}}"

    @property
    def signed_path(self) -> str:
        """The same with a signature, as stores have it that take nothing else."""
        return f"{self.same_path}?X-Amz-Expires=59&{SIGNATURE}=0123456789abcdef"

    def take_signatures_only(self) -> None:
        """Refuse what is not signed, credentials beside a signature, and HEAD, as S3 does (client C21)."""
        self.set_faults(
            Fault("*", authorized=True, status=400, body="Only one auth mechanism allowed", content_type="text/xml"),
            Fault("*", methods=("HEAD",), status=403),
            Fault("*", unsigned=SIGNATURE, status=403),
        )
