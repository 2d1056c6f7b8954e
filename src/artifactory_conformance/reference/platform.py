"""What surrounds an Artifactory in its container and the model knows nothing of: licence, first password.

Only a stand-in has it. Calls and answers are those of admin 1.3, admin 1.4, admin 2.2 and admin 2.6.
"""

import enum
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call, as_json, as_text
from artifactory_conformance.reference.free_edition import refuse_pro_only
from artifactory_conformance.reference.instance import Instance

ROUTER_PORT, TOMCAT_PORT = 8082, 8081
"""Everything, and `/artifactory` alone (admin 2.2)."""

_VERSION = "/artifactory/api/system/version"
_LICENCES = ("/artifactory/api/system/licenses", "/artifactory/api/system/license")
_EULA = "/artifactory/ui/jcr/eula/accept"
_PASSWORD = "/artifactory/api/security/users/authorization/changePassword"


class Licence(enum.Enum):
    """What a Pro stand-in was given. Its licence texts are its own: nobody else's are known here."""

    NONE = ""
    GOOD = "stand-in licence"
    EXPIRED = "stand-in expired licence"


@dataclass
class Platform:
    """The surroundings of one model. licence: of a Pro one; the open-source edition takes none.

    eula: whether one has to be accepted before anything is served, as at JCR (admin 2.6).
    """

    instance: Instance
    licence: Licence = Licence.GOOD
    eula: bool = False
    _installed: set[str] = field(default_factory=set, repr=False)

    def surround(self) -> None:
        """Take the calls that are its own, and those that need a licence which is not there."""
        seams = self.instance.seams
        seams.instead(lambda call: call.path in _LICENCES and call.method == "POST", self._install)
        seams.instead(lambda call: call.path == _PASSWORD and call.method == "POST", self._change_password)
        seams.instead(lambda call: call.path == _EULA and call.method == "POST", self._accept)
        seams.before(lambda call: self.eula and call.path.startswith("/artifactory/") and call.path != _EULA, _refuse)
        seams.before(self._lacks_licence, self._refuse_unlicensed)
        seams.after(lambda call: call.path == _VERSION and self._unlicensed, _without_addons)

    @property
    def _unlicensed(self) -> bool:
        return not self.instance.is_free and self.licence is not Licence.GOOD

    def _administrator(self, call: Call) -> Call:
        caller = self.instance.authentication.authenticate(call.headers)
        self.instance.access.require_admin(caller)
        return replace(call, caller=caller)

    def _install(self, call: Call) -> Answer:
        """One licence, or several of a list; an installed one is told to be so (admin 1.4)."""
        self._administrator(call)
        if self.instance.is_free:
            raise RequestRefused(400, "Cannot install license on this edition")
        messages: dict[str, str] = {}
        status = 200
        for key in _keys(call.body):
            try:
                licence = Licence(" ".join(key.split()))
            except ValueError:
                status, messages[key] = 400, "The stand-in takes no such license."
                continue
            if key in self._installed:
                status, messages[key] = 400, "License already exists."
                continue
            self._installed.add(key)
            self.licence = licence
            messages[key] = "OK"
        answer = as_json({"status": status, "messages": messages})
        return replace(answer, status=status)

    def _accept(self, call: Call) -> Answer:
        self._administrator(call)
        self.eula = False
        return as_text("")

    def _change_password(self, call: Call) -> Answer:
        """Everybody's own (admin 2.6)."""
        caller = self.instance.authentication.authenticate(call.headers)
        body = _object(call.body)
        user = self.instance.security.users.get(caller.name)
        old, new = str(body.get("oldPassword", "")), str(body.get("newPassword1", ""))
        security = self.instance.security
        if user is None or body.get("userName") != caller.name or not security.password_is_right(user, old):
            raise RequestRefused(400, "The password was not changed: the old one is wrong")
        if not new or new != body.get("newPassword2"):
            raise RequestRefused(400, "The password was not changed: the new ones differ")
        security.save_user(replace(user, password_hash=security.hashed(new)))
        return as_text("Password has been successfully changed")

    def _lacks_licence(self, call: Call) -> bool:
        path = call.path.removeprefix("/artifactory/")
        return self._unlicensed and path != call.path and not path.startswith("api/system/") and call.path != _PASSWORD

    def _refuse_unlicensed(self, call: Call) -> Call:
        """REST answers as the free editions do, everything else with 503 (admin 1.4)."""
        path = call.path.removeprefix("/artifactory/")
        if path.startswith("api/") and not path.startswith("api/pypi/"):
            caller = self.instance.authentication.authenticate(call.headers)
            refuse_pro_only(replace(call, caller=caller), path.removeprefix("api/"), self.instance.access)
            return call
        expired = self.licence is Licence.EXPIRED
        raise RequestRefused(503, "Trial license expired!" if expired else "No license installed!")


def on_both_ports(app: ASGIApp) -> ASGIApp:
    """The application as a container serves it: on the port of Tomcat there is `/artifactory` alone."""

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["server"][1] == TOMCAT_PORT and not str(scope["path"]).startswith("/artifactory"):
            await Response(b"", 404)(scope, receive, send)
        else:
            await app(scope, receive, send)

    return served


def _refuse(_call: Call) -> Call:
    raise RequestRefused(503, "In order to use Artifactory you must accept the EULA first")


def _without_addons(_call: Call, answer: Answer) -> Answer:
    told = json.loads(answer.body)
    return replace(answer, body=as_json({**told, "addons": [], "license": None}).body)


def _keys(body: bytes) -> Iterable[str]:
    found = _parsed(body)
    keys = [str(one.get("licenseKey", "")) for one in (found if isinstance(found, list) else [found])]
    if not all(keys):
        raise RequestRefused(400, "No license key supplied.")
    return keys


def _object(body: bytes) -> dict[str, Any]:
    found = _parsed(body)
    if not isinstance(found, dict):
        raise RequestRefused(400, "The body has to be an object")
    return found


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RequestRefused(400, "The body has to be JSON") from error
