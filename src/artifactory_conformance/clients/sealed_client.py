"""A client in a sealed home of its own, whose runs are recorded as evidence of the check."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import ClassVar, TypeVar
from urllib.parse import urlsplit

from artifactory_conformance.clients.limits import ClientLimits
from artifactory_conformance.clients.sealed_home import DIRECT, Network, SealedHome
from artifactory_conformance.evidence import Recorder, Redactor
from artifactory_conformance.evidence.pace import Pace
from artifactory_conformance.limits import LIMITS, Limits

AnyClient = TypeVar("AnyClient", bound="SealedClient")


class SealedClient:
    """One client in one sealed home, which is gone when the `with` block ends.

    scratch: a folder that the home is made in. base: the target's address. network: what is trusted, and proxies; where
    `reaches_target_alone`, the client can reach no other host. pace: how somebody's server is asked; each run of the
    client has a turn, and what it asks for and downloads itself is not counted.
    """

    reaches_target_alone: ClassVar[bool] = True

    def __init__(
        self,
        scratch: Path,
        recorder: Recorder,
        redactor: Redactor,
        base: str,
        limits: Limits = LIMITS,
        network: Network = DIRECT,
        pace: Pace | None = None,
    ) -> None:
        self._recorder, self._redactor, self._base = recorder, redactor, base.rstrip("/")
        self._pace = pace
        self._limits = ClientLimits(run_seconds=limits.client_run)
        self.home = SealedHome(scratch, network=network.only(base) if self.reaches_target_alone else network)

    def __enter__(self: AnyClient) -> AnyClient:
        self.home.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.home.__exit__(kind, error, trace)

    def _turn(self) -> AbstractContextManager[None]:
        """Have a turn at the target, for one run of the client. Raises BudgetUsedUp and NoTurn."""
        return self._pace.turn() if self._pace else nullcontext()

    def _is_of_target(self, url: str) -> bool:
        """Tell whether an address lies at or below the target's; credentials in it do not matter."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        plain = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        return plain == self._base or plain.startswith(f"{self._base}/")
