"""The model's own interface, `/_control/`: its clock, its state, its switches and its logs. No part of Artifactory."""

import json
from typing import Any

from artifactory_conformance.reference.errors import MalformedRequest, RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.logs import NAMES
from artifactory_conformance.reference.repositories import Repository, RepositoryClass
from artifactory_conformance.reference.switches import SWITCHES


class Control:
    """Answers without authentication: the service listens on this machine alone."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def handle(self, call: Call, path: str) -> Answer:
        """One of health, clock, state, switches, store, touched, log/<file>. Raises RequestRefused: 404 else."""
        if path == "health":
            profile = self._instance.profile
            return _json({"status": "ok", "model": True, "profile": profile.name, "version": profile.version})
        if path == "clock":
            return self._clock(call)
        if path == "state":
            return _json(self._state())
        if path == "switches":
            return _json(self._switches())
        if path == "store":
            return self._store(call)
        if path == "touched":
            return _json(self._instance.seams.take_touched())
        if path.startswith("log/"):
            return self._log(path.removeprefix("log/"))
        raise RequestRefused(404, "Not Found")

    def _store(self, call: Call) -> Answer:
        """Whether the store takes anything: `{"full": true}` fills it."""
        quota = self._instance.quota
        if call.method == "POST":
            try:
                quota.full = bool(json.loads(call.body)["full"])
            except (ValueError, TypeError, KeyError) as error:
                raise MalformedRequest('the body has to be {"full": true or false}') from error
        return _json({"full": quota.full})

    def _log(self, name: str) -> Answer:
        """A log file as it is now, so that a reader needs no access to the file system."""
        folder = self._instance.logs.folder
        if folder is None or name not in NAMES:
            raise RequestRefused(404, "Not Found")
        return Answer(200, (folder / name).read_bytes(), {"Content-Type": "text/plain; charset=utf-8"})

    def _clock(self, call: Call) -> Answer:
        clock = self._instance.clock
        if call.method == "POST":
            try:
                seconds = float(json.loads(call.body)["advance"])
            except (ValueError, TypeError, KeyError) as error:
                raise MalformedRequest('the body has to be {"advance": seconds}') from error
            if not 0 <= seconds < 10**9:
                raise MalformedRequest("the clock only goes forward")
            clock.advance(seconds)
        return _json({"now": clock.now()})

    def _switches(self) -> list[dict[str, Any]]:
        values = self._instance.switches.values()
        return [
            {
                "name": switch.name,
                "value": values[switch.name],
                "values": list(switch.values),
                "fact": switch.fact,
                "meaning": switch.meaning,
            }
            for switch in SWITCHES.values()
        ]

    def _state(self) -> dict[str, Any]:
        """A snapshot without secrets."""
        instance, security = self._instance, self._instance.security
        return {
            "profile": instance.profile.name,
            "now": instance.clock.now(),
            "anonymous_access": security.anonymous_access,
            "hide_unauthorized": security.hide_unauthorized,
            "repositories": {one.key: self._repository(one) for one in instance.repositories},
            "users": {
                user.name: {"admin": user.admin, "groups": sorted(user.groups)}
                for user in list(security.users.values())
            },
            "groups": sorted(security.groups),
            "permissions": {
                target.name: {
                    "repositories": list(target.repositories),
                    "users": {name: sorted(actions) for name, actions in target.users.items()},
                    "groups": {name: sorted(actions) for name, actions in target.groups.items()},
                }
                for target in list(security.targets.values())
            },
        }

    def _repository(self, repository: Repository) -> dict[str, Any]:
        shown: dict[str, Any] = {"class": repository.kind.value, "package_type": repository.package_type}
        if repository.kind is RepositoryClass.VIRTUAL:
            return {**shown, "members": list(repository.members)}
        stored = self._instance.store.below(repository.store_key, "")
        shown["stored"] = [item.path for item in stored]
        if repository.kind is RepositoryClass.REMOTE:
            shown["missed"] = self._instance.missed.paths(repository.key)
            shown["assumed_offline"] = self._instance.monitor.assumed_offline(repository.key)
        return shown


def _json(value: Any) -> Answer:
    return Answer(200, json.dumps(value).encode(), {"Content-Type": "application/json"})
