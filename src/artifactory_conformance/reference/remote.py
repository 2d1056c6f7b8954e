"""What pages and files of a remote have in common: the checks before the cache, and the ways to say no."""

from collections.abc import Mapping

from artifactory_conformance.reference.access import for_caller
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Call
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.monitor import GATEWAY_FAILURES
from artifactory_conformance.reference.outbound import UpstreamAnswer, UpstreamUnreachable
from artifactory_conformance.reference.repositories import Repository


class RemoteGate:
    """Steps 4 to 6 and 8 of the decision procedure, for any storage path of a remote."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def check_before_cache(self, remote: Repository, path: str, call: Call) -> None:
        """Blackout, patterns, then Read on the cache (A20, A21, A22, P-05, V-06). Raises RequestRefused."""
        if remote.flag("blackedOut"):
            status = self._instance.switches.status("blacked_out")
            raise RequestRefused(status, f"The repository '{remote.key}' is blacked out and cannot serve '{path}'.")
        if not remote.accepts(path):
            status = self._instance.switches.status("pattern_rejected_download")
            raise RequestRefused(status, f"The repository '{remote.key}' rejected the resolution of '{path}'.")
        self._instance.access.require_read(remote.cache_key, path, call.caller)

    def check_missed(self, remote: Repository, path: str, call: Call) -> None:
        """The missed cache comes before the cache and all else: a remembered refusal is given again (C-04, A42)."""
        refusal = self._instance.missed.recall(remote, path)
        if refusal is not None:
            raise for_caller(refusal, call.caller)

    def offline_refusal(self, remote: Repository, path: str) -> RequestRefused | None:
        """The 404 of a remote that is offline by flag or by assumption, for a path that is not cached (M-05, M-06)."""
        place = f"'{remote.key}:{path}' is not found at '{remote.cache_key}:{path}'."
        if remote.flag("offline") or self._instance.offline:  # A45
            return RequestRefused(404, f"{remote.key}: is offline, {place}")
        if self._instance.monitor.is_offline(remote):
            return RequestRefused(404, f"{remote.key}: is assumed offline, {place}")
        return None

    def ask(
        self, remote: Repository, method: str, url: str, call: Call, headers: Mapping[str, str] | None = None
    ) -> UpstreamAnswer:
        """One request to the catalog, watched by the offline monitor (M-04). Raises UpstreamUnreachable."""
        monitor = self._instance.monitor
        sent = dict(headers or {})
        if call.header("accept") and self._instance.switches.on("forward_accept", "yes"):  # M-18
            sent["Accept"] = call.header("accept")
        try:
            answer = self._instance.outbound.ask(remote, method, url, call.originators, sent)
        except UpstreamUnreachable:
            monitor.fault(remote)
            raise
        if answer.status in GATEWAY_FAILURES:
            monitor.fault(remote)
        else:
            monitor.answered(remote)
        return answer

    def unreachable(self, remote: Repository, failure: UpstreamUnreachable) -> RequestRefused:
        """404, or 500 with hard fail; not remembered as missed (M-04, M-12, A36)."""
        status = self._instance.switches.status("hard_fail") if remote.flag("hardFail") else 404
        return RequestRefused(status, str(failure))

    def refuse_store(self, remote: Repository, path: str, call: Call, status: int, *, remember: bool) -> RequestRefused:
        """A store that is not permitted, and whether others will hear of it (P-04, M-14)."""
        refusal = self._instance.access.store_refusal(remote.cache_key, path, call.caller, status)
        if remember:
            self._instance.missed.remember(remote, path, refusal)
        return for_caller(refusal, call.caller)
