"""The Test button and its public alternative (admin 4.1, admin 4.2)."""

from collections.abc import Mapping
from typing import Any

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call, as_json, as_text
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.outbound import UpstreamAnswer, UpstreamUnreachable
from artifactory_conformance.reference.repositories import Repository, RepositoryClass
from artifactory_conformance.reference.rest_repositories import json_object

_GREEN = frozenset({200, 201, 204, 302})  # G3
_VERIFY_TIMEOUT = 15_000


class ConnectionRest:
    """`/api/admin/repositories` as far as the button needs it, and `/api/system/verifyconnection`."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance

    def form(self, call: Call, key: str) -> Answer:
        """The UI's form of a remote, to be sent back unchanged or edited (G1). Raises RequestRefused."""
        self._instance.access.require_admin(call.caller)
        remote = self._instance.repositories.get(key)
        if remote is None or remote.kind is not RepositoryClass.REMOTE:
            raise RequestRefused(404, f"Repository '{key}' does not exist")
        return as_json(
            {
                "type": "remoteRepoConfig",
                "general": {"repoKey": key},
                "basic": {"url": remote.text("url"), "publicDescription": remote.text("description")},
                "advanced": {
                    "network": {
                        "username": remote.text("username"),
                        "password": remote.sealed_password,
                        "proxy": remote.text("proxy"),
                        "localAddress": remote.text("localAddress"),
                        "socketTimeout": remote.number("socketTimeoutMillis"),
                        "lenientHostAuth": remote.flag("allowAnyHostAuth"),
                        "cookieManagement": remote.flag("enableCookieManagement"),
                    },
                    "queryParams": remote.text("queryParams"),
                },
                "typeSpecific": {
                    "repoType": remote.package_type.capitalize(),
                    "registryUrl": remote.text("pyPIRegistryUrl"),
                    "repositorySuffix": remote.text("pyPIRepositorySuffix"),
                },
            }
        )

    def test(self, call: Call) -> Answer:
        """HEAD of the form's URL with a slash; neither Registry URL nor suffix matter (admin 4.1, G2 to G5, G3, G4).

        Whether 7.x still does so is open (admin 11.2): the switch makes it the index.
        """
        self._instance.access.require_admin(call.caller)
        form = json_object(call)
        network = _part(_part(form, "advanced"), "network")
        url = str(_part(form, "basic").get("url") or "")
        if not network:
            return _red("Network details was not sent.")
        if not url:
            return _red("Remote Url was not sent.")
        if not _part(form, "typeSpecific").get("repoType"):
            return _red("Package type was not sent.")
        method = self._instance.switches.value("connection_test_method")
        try:
            answer = self._ask(self._described(form, url, network), method, self._tested(form, url))
        except UpstreamUnreachable as failure:
            return _red(f"Connection to remote repository failed: {failure}")
        if answer.status not in _GREEN:
            return _red(f"Connection failed: Error {answer.status}: {answer.reason}")
        if "X-Artifactory-Id" in answer.headers:
            return as_json({"info": "Successfully connected to an Artifactory server", "artifactory": True})
        return as_json({"info": "Successfully connected to server"})

    def _tested(self, form: Mapping[str, Any], url: str) -> str:
        if self._instance.switches.on("connection_test", "url"):
            return url.rstrip("/") + "/"
        index = _part(form, "typeSpecific")
        return "/".join(str(index.get(name) or "").strip("/") for name in ("registryUrl", "repositorySuffix")) + "/"

    def _described(self, form: Mapping[str, Any], url: str, network: Mapping[str, Any]) -> Repository:
        key = str(_part(form, "general").get("repoKey") or "")
        stored = self._instance.repositories.get(key)
        password = str(network.get("password") or "")
        if stored is not None and password and password == stored.sealed_password:
            password = stored.password
        return _remote(
            url,
            str(network.get("username") or ""),
            password,
            network.get("socketTimeout"),
            network.get("lenientHostAuth"),
        )

    def verify(self, call: Call) -> Answer:
        """GET of an endpoint with credentials of the request; only 200 counts (admin 4.2). Raises RequestRefused."""
        self._instance.access.require_admin(call.caller)
        wanted = json_object(call)
        url = str(wanted.get("endpoint") or "")
        if not url:
            raise RequestRefused(400, "Endpoint was not sent.")
        username, password = (str(wanted.get(name) or "") for name in ("username", "password"))
        try:
            answer = self._ask(_remote(url, username, password, _VERIFY_TIMEOUT, False), "GET", url)
        except UpstreamUnreachable as failure:
            raise RequestRefused(400, str(failure)) from failure
        if answer.status != 200:
            raise RequestRefused(400, f"Error from {answer.url}: {answer.status}: {answer.reason}")
        return as_text("Successfully connected to endpoint")

    def _ask(self, remote: Repository, method: str, url: str) -> UpstreamAnswer:
        return self._instance.outbound.ask(remote, method, url)


def _remote(url: str, username: str, password: str, timeout: Any, lenient: Any) -> Repository:
    """A remote that is not saved anywhere."""
    milliseconds = timeout if isinstance(timeout, int) and timeout > 0 else _VERIFY_TIMEOUT
    settings = {
        "url": url,
        "username": username,
        "socketTimeoutMillis": milliseconds,
        "allowAnyHostAuth": bool(lenient),
    }
    return Repository("", RepositoryClass.REMOTE, "pypi", settings, password)


def _part(form: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = form.get(name)
    return part if isinstance(part, dict) else {}


def _red(text: str) -> Answer:
    return as_json({"error": text}, 400)
