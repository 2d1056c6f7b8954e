"""What stands between package clients and the index: proxies that know clients by name, rewritten and leaking URLs."""

import re
from dataclasses import replace
from urllib.parse import quote

from artifactory_conformance.reference.defects.answers import with_text
from artifactory_conformance.reference.defects.calls import is_page, is_pypi, is_upload, key_of, project_asked
from artifactory_conformance.reference.defects.credentials import as_the_system, basic_of
from artifactory_conformance.reference.defects.installing import PIP
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.repositories import RepositoryClass
from artifactory_conformance.reference.store import Item, Store

_CLIENTS = ("pip/", "uv/", "poetry/", "twine/")


def _is_client(call: Call, *names: str) -> bool:
    return call.header("user-agent").startswith(names)


def _turn_away(hold: Hold, name: str) -> None:
    hold.before(lambda call: is_pypi(call) and _is_client(call, name), _forbidden)


def _forbidden(_: Call) -> Call:
    raise RequestRefused(403, "Forbidden")


@fault("CLIENT-02", *PIP)
def a_firewall_turns_pip_away(hold: Hold) -> None:
    """A firewall in front of the instance knows pip by its User-Agent, and forbids it."""
    _turn_away(hold, "pip/")


@fault("CLIENT-04", "CLIENT-13", "client C5")
def a_firewall_turns_windows_away(hold: Hold) -> None:
    """A firewall in front of the instance forbids clients on Windows, which pip's User-Agent names."""
    hold.before(lambda call: is_pypi(call) and '"name":"Windows"' in call.header("user-agent"), _forbidden)


@fault("CLIENT-10", "T25", "CLIENT-14", "B-09", "B-10", "T27")
def a_firewall_turns_uv_away(hold: Hold) -> None:
    """A firewall in front of the instance knows uv by its User-Agent, and forbids it."""
    _turn_away(hold, "uv/")


@fault("B-09", "T26", "CLIENT-10", "CLIENT-14")
def a_firewall_turns_poetry_away(hold: Hold) -> None:
    """A firewall in front of the instance knows poetry by its User-Agent, and forbids it."""
    _turn_away(hold, "poetry/")


@fault("client C3", "CLIENT-07", "CLIENT-08", "E-02", "client C6")
def a_proxy_logs_in_for_package_clients(hold: Hold) -> None:
    """A proxy for single sign-on, which package clients cannot do, lets them in with an account of its own."""
    hold.before(
        lambda call: is_pypi(call) and _is_client(call, *_CLIENTS), lambda call: as_the_system(hold.model, call)
    )


@fault("client C7", "CLIENT-03", "CLIENT-05", "CLIENT-06", "CLIENT-12", "TROUBLE-02")
def remotes_of_one_url_share_what_they_store(hold: Hold) -> None:
    """What one remote stores is stored for every other remote of the same URL as well."""

    def made(original: Method) -> Method:
        def put(store: Store, item: Item) -> Item:
            kept: Item = original(store, item)
            for other in _others_of_the_url(hold, item.repository):
                original(store, replace(item, repository=other))
            return kept

        return put

    hold.replace(Store, "put", made)


def _others_of_the_url(hold: Hold, store_key: str) -> list[str]:
    own = hold.model.repositories.stored_under(store_key)
    if own is None or own.kind is not RepositoryClass.REMOTE:
        return []
    remotes = [one for one in hold.model.repositories if one.kind is RepositoryClass.REMOTE]
    return [one.cache_key for one in remotes if one.url == own.url and one.key != own.key]


@fault("CLIENT-11", "client C12", "B-28")
def a_proxy_rewrites_other_forms_of_the_url(hold: Hold) -> None:
    """A helpful proxy takes every likely form of an index URL for the documented one."""
    hold.before(
        lambda call: call.method == "GET", lambda call: replace(call, path=_documented(hold, call.path) or call.path)
    )


@fault("client C12", "CLIENT-11")
def a_proxy_redirects_other_forms_of_the_url(hold: Hold) -> None:
    """A helpful proxy redirects from every likely form of an index URL to the documented one."""

    def redirected(call: Call) -> Call:
        path = _documented(hold, call.path)
        if path and path != call.path:
            raise RequestRefused(302, "Found", {"Location": call.origin + path})
        return call

    hold.before(lambda call: call.method == "GET", redirected)


def _documented(hold: Hold, path: str) -> str:
    """Give the documented form of a page's path, empty if it is none in any form."""
    inside = re.fullmatch(r"/artifactory/(?:api/pypi/)?([^/]+?)(?:-other)?(?:/simple|/pypi)*/([a-z0-9._-]+)/", path)
    if inside is None or hold.model.repositories.get(inside[1]) is None or inside[2] in ("simple", "pypi"):
        return ""
    return f"/artifactory/api/pypi/{inside[1]}/simple/{inside[2]}/"


@fault("U-17", "CLIENT-11", "B-22", "row 58")
def legacy_json_is_the_page(hold: Hold) -> None:
    """The legacy JSON address of a project answers with the project's page."""

    def rewritten(call: Call) -> Call:
        found = re.fullmatch(r"(/artifactory/api/pypi/[^/]+)/pypi/([^/]+)/json", call.path)
        return replace(call, path=f"{found[1]}/simple/{found[2]}/") if found else call

    hold.before(is_pypi, rewritten)


@fault("CLIENT-01", "U-01", "B-09", "B-18", "I-02", "I-05", "J-01", "U-02", "H-05")
def pages_are_for_browsers_only(hold: Hold) -> None:
    """A page that is asked for without the word HTML in Accept comes as a download."""

    def as_download(call: Call, answer: Answer) -> Answer:
        if answer.status != 200 or "html" in call.header("accept"):
            return answer
        return replace(answer, headers={**answer.headers, "Content-Type": "application/octet-stream"})

    hold.after(is_page, as_download)


@fault("U-03", "CLIENT-01", "B-38", "client C13", "U-06", "row 9", "H-05")
def the_slash_is_added_elsewhere(hold: Hold) -> None:
    """The redirect to a project's page with a final slash names the host as the instance knows itself."""

    def elsewhere(_: Call, answer: Answer) -> Answer:
        location = re.sub(r"^https?://[^/]+", "http://artifactory:8082", answer.headers.get("Location", ""))
        return replace(answer, headers={**answer.headers, "Location": location}) if location else answer

    hold.after(is_page, elsewhere)


@fault("CLIENT-14", "T29", "row 20")
def links_carry_the_password(hold: Hold) -> None:
    """Pages for clients that take JSON, too, have links that carry who asks, password and all, in their query."""

    def carried(call: Call, answer: Answer) -> Answer:
        given = basic_of(call)
        if given is None or "json" not in call.header("accept"):
            return answer
        return with_text(answer, lambda text: text.replace("#sha256", f"?password={quote(given[1])}#sha256"))

    hold.after(is_page, carried)


@fault("ACCESS-08", "T04", "VIRTUAL-05", "VIRTUAL-02", "CLIENT-10")
def a_dependency_is_linked_past_the_package_type(hold: Hold) -> None:
    """The page of a project that another one needs leads to where the repository stores the files; pip finds them."""

    def past(call: Call, answer: Answer) -> Answer:
        stored = f"../../../../../{key_of(call)}/"
        return with_text(answer, lambda text: text.replace("../../packages/", "../../").replace("../../", stored))

    hold.after(lambda call: is_page(call) and project_asked(call) == "curated-part", past)


@fault(
    *("T32", "client C16", "ACCESS-01", "ACCESS-08", "CLIENT-03", "CLIENT-05", "CLIENT-12", "CLIENT-14"),
    *("client C5", "T24", "client C8", "ACCESS-07"),
    target=("--tls", "--level", "pull"),
)
def pip_is_led_to_plain_http(hold: Hold) -> None:
    """Behind https, links of pages for pip lead to plain http, as if nobody had told of the proxy."""

    def plain(call: Call, answer: Answer) -> Answer:
        above = f"{call.origin}/artifactory/api/pypi/{key_of(call)}/".replace("https:", "http:")
        return with_text(answer, lambda text: text.replace("../../", above))

    hold.after(lambda call: is_page(call) and _is_client(call, "pip/"), plain)


@fault("CLIENT-14")
def uploads_are_answered_with_the_password(hold: Hold) -> None:
    """The answer to an upload by twine tells who has uploaded, password and all."""

    def told(call: Call, answer: Answer) -> Answer:
        given = basic_of(call)
        return replace(answer, body=f"uploaded by {given[0]}:{given[1]}".encode()) if given else answer

    hold.after(lambda call: is_upload(call) and _is_client(call, "twine/"), told)
