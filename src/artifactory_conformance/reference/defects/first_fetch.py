"""Broken first requests: what is to be fetched from the catalog, cached and shown."""

import json
from dataclasses import replace

from artifactory_conformance.reference.defects.calls import is_page, is_rest, key_of, kind_asked, project_asked
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.repositories import RepositoryClass
from artifactory_conformance.reference.store import Item, Store


@fault("ACCESS-04", "ACCESS-05", "row 23", "row 24", "T20", "TROUBLE-07", "row 25", "C-01", "U-11", "D3", "ACCESS-07")
def files_passed_on_and_not_kept(hold: Hold) -> None:
    """Files of remotes are passed on to the client, and none is ever stored."""

    def made(original: Method) -> Method:
        def put(store: Store, item: Item) -> Item:
            return item if item.origin and not item.is_index else original(store, item)

        return put

    hold.replace(Store, "put", made)


@fault("ACCESS-03", "U-13", "row 23", "C-02", "C-03", "BEST-05", "REMOTE-10")
def pages_passed_on_and_not_kept(hold: Hold) -> None:
    """Pages of remotes are passed on to the client, and none is ever stored."""

    def made(original: Method) -> Method:
        def put(store: Store, item: Item) -> Item:
            return item if item.is_index else original(store, item)

        return put

    hold.replace(Store, "put", made)


@fault("ACCESS-02", "R-03")
def page_of_the_remote_that_was_asked_before(hold: Hold) -> None:
    """Who asks two remotes for the same project, one right after the other, gets the first one's page from both."""
    before: dict[str, tuple[str, str, Answer]] = {}

    def mixed_up(call: Call, answer: Answer) -> Answer:
        who, project, key = call.header("authorization"), project_asked(call), key_of(call)
        known, where, page = before.pop(who, ("", "", answer))
        if answer.status != 200 or not is_page(call) or kind_asked(hold, call) is not RepositoryClass.REMOTE:
            return answer
        if known == project and where != key:
            return page
        before[who] = project, key, answer
        return answer

    hold.after(lambda _: True, mixed_up)


@fault("U-13", "ACCESS-03", "row 23", "ACCESS-05", "N-02")
def pages_hidden_in_the_tree(hold: Hold) -> None:
    """What the tree shows of a cache leaves out its folder of pages, whose name begins with a dot."""

    def without_dots(_: Call, answer: Answer) -> Answer:
        if answer.status != 200 or not answer.body.startswith(b"{"):
            return answer
        told = json.loads(answer.body)
        for kind in ("files", "children"):
            if kind in told:
                told[kind] = [one for one in told[kind] if not one["uri"].startswith("/.")]
        return replace(answer, body=json.dumps(told).encode())

    hold.after(lambda call: is_rest(call, "storage/"), without_dots)
