"""What a run can give to its checks, as far as its settings tell."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from artifactory_conformance.catalog.service import second_address
from artifactory_conformance.settings import Settings, Standpoint, TargetKind
from artifactory_conformance.verdicts import Level


@dataclass(frozen=True)
class Offer:
    """What a run can give to a check."""

    level: Level
    user: bool
    administrator: bool
    administrator_token: bool
    catalog: bool
    catalog_credentials: bool
    public_index: bool
    public_layout: bool
    virtual: bool
    local: bool
    organization: bool
    server_access: bool
    other_host: bool
    tls: bool
    direct: bool
    untrusted: bool
    second_site: bool
    exclusive: bool
    clock: bool
    disposable: bool
    this_machine: bool
    sdist: bool
    wrong_passwords: bool
    many_wrong_passwords: bool
    many_at_once: bool
    artifactory: bool = True
    page_period: bool = True
    shared: bool = False


def _has_token(settings: Settings, can: Collection[str]) -> bool:
    """Tell whether an administrator can issue tokens."""
    if settings.target is TargetKind.EMBEDDED:
        return settings.standpoint is Standpoint.EVERYTHING
    return "token" in can or bool(settings.administrator and settings.administrator.token)


def offer_of(settings: Settings, can: Collection[str] = ()) -> Offer:
    """Tell from the settings what a run can give. can: what is known of a container only when it runs."""
    embedded = settings.target is TargetKind.EMBEDDED
    container = settings.target is TargetKind.CONTAINER
    index = settings.target is TargetKind.INDEX
    everything = settings.standpoint is Standpoint.EVERYTHING
    ours = (embedded and everything) or container
    made = embedded or container or settings.set_up_site
    control = ours or bool(settings.catalog_control)
    other_host = settings.catalog_other_address or second_address(settings.catalog_address)
    return Offer(
        level=settings.level,
        user=made or index or bool(settings.user),
        administrator=(made and settings.standpoint is not Standpoint.ACCOUNT) or settings.administrator is not None,
        administrator_token=_has_token(settings, can),
        catalog=control,
        catalog_credentials=(made and everything) or bool(settings.catalog_password),
        public_index=control,
        public_layout=ours,
        virtual=made or bool(settings.virtual),
        local=made or bool(settings.local),
        organization=made or bool(settings.organization),
        server_access=ours,
        other_host=control and (ours or bool(other_host)),
        tls=settings.tls or urlsplit(settings.url).scheme == "https",
        direct=not settings.proxy,
        untrusted=ours,
        second_site=ours,
        exclusive=ours or settings.exclusive,
        clock=(embedded and everything) or "clock" in can,
        disposable=(embedded and everything) or "store" in can,
        this_machine=settings.this_machine,
        sdist=control or bool(settings.sdist),
        wrong_passwords=not settings.no_wrong_passwords,
        many_wrong_passwords=ours,
        many_at_once=not (settings.bounds.connections or settings.bounds.requests_per_second),
        artifactory=not index,
        page_period=not index or bool(settings.page_period),
        shared=container,
    )
