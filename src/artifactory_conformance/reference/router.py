"""Which part of the model answers which path."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from artifactory_conformance.reference import tracing
from artifactory_conformance.reference.control import Control
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.free_edition import refuse_pro_only
from artifactory_conformance.reference.health import PATH as HEALTH
from artifactory_conformance.reference.health import health
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.pypi import PackageFront
from artifactory_conformance.reference.rest_api_keys import ApiKeysRest
from artifactory_conformance.reference.rest_connection import ConnectionRest
from artifactory_conformance.reference.rest_locks import LocksRest
from artifactory_conformance.reference.rest_permissions import PermissionsRest
from artifactory_conformance.reference.rest_permissions_v1 import PermissionsRestV1
from artifactory_conformance.reference.rest_replications import ReplicationsRest
from artifactory_conformance.reference.rest_repositories import RepositoriesRest
from artifactory_conformance.reference.rest_security import UsersRest
from artifactory_conformance.reference.rest_storage import StorageRest
from artifactory_conformance.reference.rest_system import SystemRest, ping
from artifactory_conformance.reference.rest_tokens import TokensRest
from artifactory_conformance.reference.rest_usage import UsageRest
from artifactory_conformance.reference.storage_paths import StoragePaths

_CONTEXT = "/artifactory"


class Router:
    """Authenticates a call and hands it on."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._control = Control(instance)
        self._packages = PackageFront(instance)
        self._storage_paths = StoragePaths(instance, self._packages)
        self._repositories = RepositoriesRest(instance)
        self._users = UsersRest(instance)
        self._permissions = PermissionsRest(instance)
        self._permissions_v1 = PermissionsRestV1(instance)
        self._storage = StorageRest(instance)
        self._system = SystemRest(instance)
        self._connection = ConnectionRest(instance)
        self._tokens = TokensRest(instance)
        self._locks = LocksRest(instance)
        self._usage = UsageRest(instance)
        self._replications = ReplicationsRest(instance)
        self._api_keys = ApiKeysRest(instance)
        self._by_head: Mapping[str, Callable[[Call, str, str], Answer]] = {
            "system": lambda call, rest, _: self._system.handle(call, rest),
            "repositories": self._listing_or_one,
            "storage": self._item_info,
            "storageinfo": lambda call, rest, _: self._usage.handle(call, rest),
            "replications": lambda call, rest, _: self._replications.handle(call, rest),
            "replication": lambda call, rest, _: self._replications.status(call, rest),
            "zap": lambda call, rest, _: self._storage.zap(call, rest),
        }

    def handle(self, call: Call, base_url: str) -> Answer:
        """The answer to a call; `base_url` is the address without the context. Raises RequestRefused."""
        if call.path.startswith("/_control/"):
            return self._control.handle(call, call.path.removeprefix("/_control/").strip("/"))
        if call.path.startswith(_CONTEXT + "/"):
            path = call.path.removeprefix(_CONTEXT + "/")
            base = base_url if base_url.endswith(_CONTEXT) else base_url + _CONTEXT
            return self._artifactory(call, path, base)
        if call.path.rstrip("/").startswith("/access/api/v1/tokens"):
            authenticated = self._authenticated(call)
            return self._tokens.handle(authenticated, call.path.removeprefix("/access/api/v1/tokens").strip("/"))
        if call.path == HEALTH and call.method == "GET":
            return health(self._instance.node)
        raise RequestRefused(404, "Not Found")

    def _authenticated(self, call: Call) -> Call:
        caller = self._instance.authentication.authenticate(call.headers)
        tracing.current().user = caller.name
        return replace(call, caller=caller)

    def _artifactory(self, call: Call, path: str, base: str) -> Answer:
        if path == "api/system/ping":
            return ping()
        self._instance.cleanup.sweep()
        call = self._authenticated(call)
        if len(call.originators) > 1 and self._instance.identity in call.originators:  # A12
            raise RequestRefused(404, f"Recursive call detected for '{path}'. Returning nothing.")
        if path.startswith("api/pypi/"):
            return self._pypi(call, path.removeprefix("api/pypi/"), base)
        if path.startswith("api/"):
            return self._rest(call, path.removeprefix("api/"), base)
        return self._storage_paths.handle(call, path, base)

    def _pypi(self, call: Call, path: str, base: str) -> Answer:
        if self._instance.is_free:  # admin 1.1: the endpoints are absent
            raise RequestRefused(404, "Not Found")
        key, slash, rest = path.partition("/")
        return self._packages.handle(call, key, rest if slash else None, base)

    def _rest(self, call: Call, path: str, base: str) -> Answer:
        if self._instance.is_free:
            refuse_pro_only(call, path, self._instance.access)
        head, _, rest = path.partition("/")
        if path.startswith("admin/repositories/") or path == "system/verifyconnection":
            return self._test_connection(call, path)
        if path == "system/replications":
            return self._replications.block(call)
        route = self._by_head.get(head)
        if route is not None:
            return route(call, rest, base)
        if path.startswith("v2/repositories/") and call.method in ("GET", "HEAD"):
            return self._repositories.get_v2(call, path.removeprefix("v2/repositories/"), base)
        if head == "security" or path.startswith("v2/security/"):
            return self._security(call, path.removeprefix("v2/").removeprefix("security/"), path, base)
        raise RequestRefused(404, "Not Found")

    def _listing_or_one(self, call: Call, rest: str, base: str) -> Answer:
        return self._repositories.handle(call, rest, base) if rest else self._repositories.listing(call, base)

    def _item_info(self, call: Call, rest: str, base: str) -> Answer:
        if not rest or call.method not in ("GET", "HEAD"):
            raise RequestRefused(404, "Not Found")
        return self._storage.info(call, rest, base)

    def _test_connection(self, call: Call, path: str) -> Answer:
        name = path.removeprefix("admin/repositories/")
        if call.method == "POST" and path == "system/verifyconnection":
            return self._connection.verify(call)
        if call.method == "POST" and name == "testremote":
            return self._connection.test(call)
        if call.method == "GET" and name.startswith("remote/"):
            return self._connection.form(call, name.removeprefix("remote/"))
        raise RequestRefused(404, "Not Found")

    def _security(self, call: Call, rest: str, path: str, base: str) -> Answer:
        if head_is(path, "security") and (answer := self._locks.handle(call, rest)):
            return answer
        if path == "security/apiKey":
            return self._api_keys.handle(call)
        kind, _, name = rest.partition("/")
        if kind == "users" and head_is(path, "security"):
            return self._users.user(call, name) if name else self._users.users(call, base)
        if kind == "groups" and head_is(path, "security"):
            return self._users.group(call, name) if name else self._users.groups(call, base)
        if kind == "permissions" and head_is(path, "security"):
            return self._permissions_v1.handle(call, name) if name else self._permissions_v1.listing(call, base)
        if kind == "permissions" and head_is(path, "v2"):
            if not name:
                return self._permissions.listing(call, base)
            if name.startswith("users/"):
                return self._permissions.of_user(call, name.removeprefix("users/"))
            return self._permissions.handle(call, name)
        raise RequestRefused(404, "Not Found")


def head_is(path: str, head: str) -> bool:
    """Whether `head` is the first element of a path."""
    return path.partition("/")[0] == head
