"""Broken core metadata beside files (PEP 658)."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from artifactory_conformance.reference import links
from artifactory_conformance.reference.defects.answers import with_text
from artifactory_conformance.reference.defects.calls import is_file, is_page, kind_asked
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.links import FileLink
from artifactory_conformance.reference.metadata import metadata_of
from artifactory_conformance.reference.pypi import PackageFront
from artifactory_conformance.reference.repositories import Repository, RepositoryClass
from artifactory_conformance.reference.switches import SwitchSet


def _is_metadata(call: Call) -> bool:
    return is_file(call) and call.path.endswith(".metadata")


@fault("H-10", "client C18", "row 21", "T30")
def metadata_passed_on_but_not_served(hold: Hold) -> None:
    """Pages advertise the metadata that the catalog advertises, and there are none behind it."""

    def made(original: Method) -> Method:
        def link(path: str, entry: Mapping[str, Any], switches: SwitchSet) -> FileLink:
            found: FileLink = original(path, entry, switches)
            told = entry.get("core-metadata", entry.get("dist-info-metadata"))
            return replace(found, metadata="true") if told else found

        return link

    def not_there(_: Call) -> Call:
        raise RequestRefused(404, "Not Found")

    hold.replace(links, "_link", made)
    hold.before(_is_metadata, not_there)


@fault("T30", "H-10", "row 21", "client C18", "release 29")
def metadata_with_the_hash_of_the_wheel(hold: Hold) -> None:
    """Locals advertise metadata of their wheels with the hash of the wheel itself."""

    def advertised(call: Call, answer: Answer) -> Answer:
        if kind_asked(hold, call) is not RepositoryClass.LOCAL:
            return answer
        told = r'\1 data-core-metadata="\2"'
        return with_text(answer, lambda text: re.sub(r'(<a href="[^"]*\.whl#(sha256=[0-9a-f]+)")', told, text))

    hold.after(is_page, advertised)
    _serve(hold, lambda metadata: metadata)


@fault(
    *("ACCESS-08", "H-10", "T04", "ACCESS-01", "VIRTUAL-05", "CLIENT-02", "CLIENT-03", "CLIENT-05", "CLIENT-07"),
    *("CLIENT-10", "CLIENT-12", "CLIENT-14"),
)
def metadata_without_requirements(hold: Hold) -> None:
    """Metadata are made for all wheels, advertised and served, but without what the wheels require."""

    def advertised(text: str) -> str:
        return re.sub(r'(<a href="[^"]*\.whl(#[^"]*)?")', r'\1 data-core-metadata="true"', text)

    hold.after(is_page, lambda _, answer: with_text(answer, advertised))
    _serve(hold, lambda metadata: re.sub(rb"(?m)^Requires-Dist:.*\n", b"", metadata))


def _serve(hold: Hold, change: Method) -> None:
    def made(original: Method) -> Method:
        def file(front: PackageFront, repository: Repository, call: Call, rest: str) -> Answer:
            if not rest.endswith(".metadata"):
                return original(front, repository, call, rest)  # type: ignore[no-any-return]
            wheel = front.item(repository, rest.removesuffix(".metadata").removeprefix("packages/"), call)
            return Answer(200, change(metadata_of(wheel.name, wheel.content)), {"Content-Type": "text/plain"})

        return file

    hold.replace(PackageFront, "_file", made)
