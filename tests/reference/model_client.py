"""What the tests say to the model: the client's, the administrator's and the control interface's words."""

from collections.abc import Sequence
from typing import Any

import requests

from tests.reference.stub_catalog import StubCatalog

ADMIN = ("admin", "password")
NOBODY = ("", "")
TIMEOUT = 20.0


class ModelClient:
    """One model under test, spoken to over TCP."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.base = f"{origin}/artifactory"
        self.session = requests.Session()
        self.session.trust_env = False

    def call(self, method: str, path: str, user: tuple[str, str] = ADMIN, **how: Any) -> requests.Response:
        url = path if path.startswith("http") else self.base + path
        auth = None if user == NOBODY else user
        return self.session.request(method, url, auth=auth, allow_redirects=False, timeout=TIMEOUT, **how)

    def get(self, path: str, user: tuple[str, str] = ADMIN, **how: Any) -> requests.Response:
        return self.call("GET", path, user, **how)

    def page(self, repository: str, name: str, user: tuple[str, str] = ADMIN, **how: Any) -> requests.Response:
        return self.get(f"/api/pypi/{repository}/simple/{name}/", user, **how)

    def file(self, repository: str, path: str, user: tuple[str, str] = ADMIN, **how: Any) -> requests.Response:
        return self.get(f"/api/pypi/{repository}/{path}", user, **how)

    def wheel(self, repository: str, wheel: str, user: tuple[str, str] = ADMIN, **how: Any) -> requests.Response:
        """The file that StubCatalog.project publishes, at the path that its page leads to."""
        return self.file(repository, f"packages/packages/ab/cd/{wheel}", user, **how)

    def repository(self, key: str, kind: str, **settings: Any) -> str:
        body = {"key": key, "rclass": kind, "packageType": "pypi", **settings}
        answer = self.call("PUT", f"/api/repositories/{key}", json=body)
        assert answer.status_code == 200, answer.text
        return key

    def remote(self, catalog: StubCatalog | str, key: str = "catalog", **settings: Any) -> str:
        url = catalog if isinstance(catalog, str) else catalog.url
        return self.repository(key, "remote", **{"url": url, "pyPIRegistryUrl": url, **settings})

    def local(self, key: str = "internal", **settings: Any) -> str:
        return self.repository(key, "local", **settings)

    def virtual(self, *members: str, key: str = "all", **settings: Any) -> str:
        return self.repository(key, "virtual", repositories=list(members), **settings)

    def update(self, key: str, **settings: Any) -> None:
        answer = self.call("POST", f"/api/repositories/{key}", json=settings)
        assert answer.status_code == 200, answer.text

    def user(self, name: str, *, groups: Sequence[str] = (), admin: bool = False) -> tuple[str, str]:
        body = {"name": name, "password": f"{name}-secret", "email": "", "groups": list(groups), "admin": admin}
        assert self.call("PUT", f"/api/security/users/{name}", json=body).status_code == 201
        return name, f"{name}-secret"

    def grant(self, user: str, repository: str, *actions: str, **patterns: Any) -> str:
        """A permission target that gives one user some actions on one repository key."""
        name = f"{user}-{repository}-{'-'.join(actions)}"
        repo = {"repositories": [repository], "actions": {"users": {user: list(actions)}}, **patterns}
        answer = self.call("POST", f"/api/v2/security/permissions/{name}", json={"name": name, "repo": repo})
        assert answer.status_code == 201, answer.text
        return name

    def advance(self, seconds: float) -> None:
        body = {"advance": seconds}
        assert self.call("POST", f"{self.origin}/_control/clock", NOBODY, json=body).status_code == 200

    def state(self, key: str | None = None) -> dict[str, Any]:
        state = self.get(f"{self.origin}/_control/state", NOBODY).json()
        return dict(state["repositories"][key]) if key else dict(state)

    def fill_store(self) -> None:
        assert self.call("POST", f"{self.origin}/_control/store", NOBODY, json={"full": True}).status_code == 200

    def log(self, name: str) -> list[str]:
        answer = self.get(f"{self.origin}/_control/log/{name}", NOBODY)
        assert answer.status_code == 200
        return answer.text.splitlines()

    def configure(self, yaml: str) -> None:
        headers = {"Content-Type": "application/yaml"}
        answer = self.call("PATCH", "/api/system/configuration", data=yaml, headers=headers)
        assert answer.status_code == 200, answer.text

    def upload(
        self,
        repository: str,
        file_name: str,
        content: bytes,
        name: str,
        version: str,
        user: tuple[str, str] = ADMIN,
        **fields: str,
    ) -> requests.Response:
        form = {":action": "file_upload", "protocol_version": "1", "name": name, "version": version, **fields}
        files = {"content": (file_name, content, "application/octet-stream")}
        return self.call("POST", f"/api/pypi/{repository}/", user, data=form, files=files)


def message(answer: requests.Response) -> str:
    """The message of an error envelope whose status is the answer's."""
    errors = answer.json()["errors"]
    assert len(errors) == 1
    assert errors[0]["status"] == answer.status_code
    return str(errors[0]["message"])
