"""An instance that outlives runs: a model with things of other people on it, a fake catalog, and its whole state."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

import requests

from artifactory_conformance.distributions import DistributionSpec, build_wheel
from artifactory_conformance.ledger import note_of
from artifactory_conformance.targets.service import Service

OTHER_RUN = "0123456789"
"""The id of a run that is somebody else's; its ledger is not here."""

_PASSING = frozenset({"missed", "assumed_offline"})
"""What a remote knows for a while, and forgets when any configuration is saved (A40)."""


class World:
    """The two services, and what was on the model before any run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._http = requests.Session()
        self._http.trust_env = False
        self._http.auth = ("admin", "password")

    def __enter__(self) -> World:
        with ExitStack() as started:
            model = Service("artifactory_conformance.reference", "--profile", "7.161-pro", cwd=self._folder)
            started.callback(model.stop)
            catalog = Service("artifactory_conformance.upstream", cwd=self._folder)
            started.callback(catalog.stop)
            self.url, self.catalog = model.url, catalog.url
            self.token = self._put_others_things()
            self._end = started.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()
        self._end.close()

    def call(self, method: str, path: str, **sent: Any) -> requests.Response:
        """Ask the model as its administrator; anything but success is a mistake of the harness."""
        answer = self._http.request(method, f"{self.url}{path}", timeout=60, **sent)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:200]}"
        return answer

    def get(self, path: str) -> Any:
        return self.call("GET", path).json()

    def _put_others_things(self) -> str:
        """Make what is not ours and is called as if it were; give a token of the administrator's."""
        made = self._http.post(f"{self.catalog}/_control/organizations", json={}, timeout=60).json()
        upstream = f"{self.catalog}{made['base_path']}".rstrip("/")
        distribution = {"project": "example", "version": "1.0", "kind": "wheel", "requires": []}
        self._http.post(
            f"{self.catalog}/_control/organizations/{made['id']}/distributions", json=distribution, timeout=60
        )
        remote = {"rclass": "remote", "packageType": "pypi", "url": upstream, "pyPIRegistryUrl": upstream}
        remote |= {"username": made["user"], "password": made["password"]}
        local = {"rclass": "local", "packageType": "pypi"}
        other = f"acs-{OTHER_RUN}"
        repositories: dict[str, dict[str, Any]] = {
            "acs-internal": local,
            f"{other}-1-local": {**local, "notes": note_of(OTHER_RUN)},
            f"{other}-2-remote": {**remote, "notes": note_of(OTHER_RUN)},
            "acs-all": {"rclass": "virtual", "packageType": "pypi", "repositories": ["acs-internal"]},
            "internal-pypi-old": {**local, "description": "acs- is not what we are"},
        }
        for key, configuration in repositories.items():
            self.call("PUT", f"/artifactory/api/repositories/{key}", json={"key": key, **configuration})
        for name in ("acs-bot", f"{other}-1-user", f"{other}-user"):
            user = {"name": name, "email": f"{name}@example.com", "password": "Their-own-1"}
            self.call("PUT", f"/artifactory/api/security/users/{name}", json=user)
        for name in ("acs-team", f"{other}-1-group"):
            group = {"name": name, "description": note_of(OTHER_RUN)}
            self.call("PUT", f"/artifactory/api/security/groups/{name}", json=group)
        actions = {"users": {"acs-bot": ["read"]}, "groups": {"acs-team": ["read", "write"]}}
        for name in ("acs-team-read", f"{other}-3-permission"):
            repo = {"repositories": ["acs-internal", f"{other}-2-remote"], "actions": actions}
            self.call("POST", f"/artifactory/api/v2/security/permissions/{name}", json={"name": name, "repo": repo})
        self._fill(f"{other}-2-remote", "acs-internal")
        self._token("acs-bot", "applied-permissions/user", f"{other}-4-token")
        return self._token("admin", "applied-permissions/admin", "acs-token of the administrator")

    def _fill(self, remote: str, local: str) -> None:
        """Have something cached of the one, and something stored in the other."""
        page = self.call("GET", f"/artifactory/api/pypi/{remote}/simple/example/")
        link = page.text.partition('href="')[2].partition('"')[0].partition("#")[0]
        assert requests.compat.urljoin(page.url, link).startswith(self.url)
        self.call("GET", requests.compat.urljoin(page.url, link).removeprefix(self.url))
        wheel = build_wheel(DistributionSpec("kept", "1.0"))
        self.call("PUT", f"/artifactory/{local}/kept/1.0/{wheel.filename}", data=wheel.content)

    def _token(self, user: str, scope: str, description: str) -> str:
        wanted = {"username": user, "scope": scope, "expires_in": 86400, "description": description}
        return str(self.call("POST", "/access/api/v1/tokens", json=wanted).json()["access_token"])

    def state(self) -> dict[str, Any]:
        """Give all that the model has: what its control interface knows, and every definition over REST."""
        known = self.get("/_control/state")
        known.pop("now")
        rest = "/artifactory/api"
        for key, shown in known["repositories"].items():
            shown["configuration"] = self.get(f"{rest}/repositories/{key}")
            for name in _PASSING & set(shown):
                del shown[name]
        for name in known["users"]:
            known["users"][name]["shown"] = self.get(f"{rest}/security/users/{name}")
        known["groups"] = {name: self.get(f"{rest}/security/groups/{name}") for name in known["groups"]}
        for name in known["permissions"]:
            known["permissions"][name]["shown"] = self.get(f"{rest}/v2/security/permissions/{name}")
        known["tokens"] = {token["token_id"]: token for token in self.get("/access/api/v1/tokens")["tokens"]}
        known["locks"] = self.get(f"{rest}/security/userLockPolicy")
        known["settings"] = self.call("GET", f"{rest}/system/configuration").text
        return dict(known)


def differences(before: Any, after: Any, path: str = "") -> list[str]:
    """Name what is not the same in two states, one line each."""
    if isinstance(before, dict) and isinstance(after, dict):
        found = []
        for name in sorted({*before, *after}):
            if name not in after:
                found.append(f"gone: {path}/{name}")
            elif name not in before:
                found.append(f"left: {path}/{name}")
            else:
                found += differences(before[name], after[name], f"{path}/{name}")
        return found
    return [] if before == after else [f"changed: {path}: {before!r} -> {after!r}"]
