"""The storage summary (admin 6): how much the stores hold, in words with units."""

from typing import Any

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call, as_json, as_text
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.quota import TOTAL_SPACE

_UNITS = ("bytes", "KB", "MB", "GB")


class UsageRest:
    """`/api/storageinfo`, for administrators. The model's summary is never out of date."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def handle(self, call: Call, path: str) -> Answer:
        """The summary, or the order to make it anew, which is taken and not waited for. Raises RequestRefused."""
        self._instance.access.require_admin(call.caller)
        if (call.method, path) == ("POST", "calculate"):
            return as_text("", 202)
        if (call.method, path) == ("GET", ""):
            return as_json(self._summary())
        raise RequestRefused(404, "Not Found")

    def _summary(self) -> dict[str, Any]:
        store = self._instance.store
        sizes = {
            one.store_key: [len(item.content) for item in store.below(one.store_key, "")]
            for one in self._instance.repositories
            if one.store_key
        }
        used = sum(map(sum, sizes.values()))
        listed = [
            {
                "repoKey": one.store_key,
                "repoType": "CACHE" if one.store_key != one.key else one.kind.name,
                "filesCount": len(sizes.get(one.store_key, ())),
                "usedSpace": _in_units(sum(sizes.get(one.store_key, ()))),
                "packageType": one.package_type.capitalize(),
                "percentage": f"{100 * sum(sizes.get(one.store_key, ())) / (used or 1):.2f}%",
            }
            for one in self._instance.repositories
        ]
        disk = self._instance.quota.used_space
        total = {"repoKey": "TOTAL", "repoType": "NA", "filesCount": sum(map(len, sizes.values()))}
        return {
            "binariesSummary": {"artifactsSize": _in_units(used), "artifactsCount": str(total["filesCount"])},
            "fileStoreSummary": {
                "storageType": "file-system",
                "totalSpace": _in_units(TOTAL_SPACE),
                "usedSpace": f"{_in_units(disk)} ({100 * disk / TOTAL_SPACE:.2f}%)",
                "freeSpace": _in_units(TOTAL_SPACE - disk),
            },
            "repositoriesSummaryList": [*listed, {**total, "usedSpace": _in_units(used)}],
        }


def _in_units(size: float) -> str:
    for unit in _UNITS[:-1]:
        if size < 1024:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.2f} {unit}"
        size /= 1024
    return f"{size:.2f} {_UNITS[-1]}"
