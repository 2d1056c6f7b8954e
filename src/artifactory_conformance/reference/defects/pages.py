"""Broken project pages."""

import re
from dataclasses import replace

from artifactory_conformance.reference.defects.answers import with_text
from artifactory_conformance.reference.defects.calls import is_page, key_of, kind_asked
from artifactory_conformance.reference.defects.installing import PIP
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold
from artifactory_conformance.reference.repositories import RepositoryClass

_ANCHOR = re.compile(r"<a [^>]*>[^<]*</a>\n")


@fault(
    *("ACCESS-06", "row 20", "row 10", "CLIENT-10", "N-01", "T25", "T-02", "TROUBLE-09", "row 6", "H-12", "B-26"),
    *("ladder E2", "ACCESS-01"),
)
def pages_without_hashes(hold: Hold) -> None:
    """Links of project pages have lost their hash fragments."""
    hold.after(is_page, lambda _, answer: with_text(answer, lambda text: re.sub(r"#sha256=[0-9a-f]+", "", text)))


@fault("B-04", "row 2", "H-02")
def pages_without_doctype(hold: Hold) -> None:
    """Project pages begin without a doctype, as before 2022."""
    hold.after(is_page, lambda _, answer: with_text(answer, lambda text: text.removeprefix("<!DOCTYPE html>\n")))


@fault("row 1", "I-01", "open 29", *PIP)
def pages_in_another_character_set_than_they_name(hold: Hold) -> None:
    """Project pages are written in Latin-1, with a word that is not ASCII, and name no character set."""

    def in_latin_1(_: Call, answer: Answer) -> Answer:
        body = answer.body.replace(b"Simple Index", "R\xe9pertoire".encode("latin-1"))
        return replace(answer, body=body)

    hold.after(is_page, in_latin_1)


@fault("H-03")
def pages_of_version_2(hold: Hold) -> None:
    """Project pages call themselves version 2.0 of the simple index, written as their other meta elements are."""
    meta = '<meta name="pypi:repository-version" value="2.0" /></head>'
    hold.after(is_page, lambda _, answer: with_text(answer, lambda text: text.replace("</head>", meta)))


@fault("H-04", "B-14")
def texts_of_links_cut_short(hold: Hold) -> None:
    """Texts of links end in dots after 15 characters, as directory listings show long names."""

    def cut(text: str) -> str:
        return re.sub(r'rel="internal">([^<]{15})[^<]+</a>', r'rel="internal">\1..&gt;</a>', text)

    hold.after(is_page, lambda _, answer: with_text(answer, cut))


@fault("B-25", "row 6", "H-12", "B-26", "client C20", "ACCESS-06", "ladder E2", "CLIENT-10", "T25", "row 10")
def md5_in_links_of_wheels(hold: Hold) -> None:
    """Links of a remote's wheels state the MD5 in place of the sha256, and none before the wheel is cached."""

    def as_md5(call: Call, answer: Answer) -> Answer:
        if kind_asked(hold, call) is not RepositoryClass.REMOTE:
            return answer
        sums = {item.name: f"#md5={item.md5}" for item in hold.model.store.below(f"{key_of(call)}-cache", "")}
        wheel = r"([^/\"]+\.whl)#sha256=[0-9a-f]+"
        return with_text(answer, lambda text: re.sub(wheel, lambda told: told[1] + sums.get(told[1], ""), text))

    hold.after(is_page, as_md5)


@fault("row 6", "H-12", "client C20", "ACCESS-06", "TROUBLE-11", "ladder E2", "row 10", *PIP)
def hashes_cut_where_a_python_is_wanted(hold: Hold) -> None:
    """On pages of remotes the sha256 of a file that wants a Python lacks its last digits."""

    def cut(call: Call, answer: Answer) -> Answer:
        if kind_asked(hold, call) is not RepositoryClass.REMOTE:
            return answer
        told = r'(#sha256=[0-9a-f]{56})[0-9a-f]+(" data-requires-python)'
        return with_text(answer, lambda text: re.sub(told, r"\1\2", text))

    hold.after(is_page, cut)


@fault("H-07", "row 61")
def files_of_pages_newest_first(hold: Hold) -> None:
    """Project pages list files in the opposite order."""

    def turned(text: str) -> str:
        anchors = iter(reversed(_ANCHOR.findall(text)))
        return _ANCHOR.sub(lambda _: next(anchors), text)

    hold.after(is_page, lambda _, answer: with_text(answer, turned))


@fault("H-08", "row 62", "H-04")
def requires_python_not_escaped(hold: Hold) -> None:
    """`<` and `>` stand in data-requires-python as they are."""

    def bare(text: str) -> str:
        return re.sub(
            r'data-requires-python="[^"]*"', lambda told: told[0].replace("&lt;", "<").replace("&gt;", ">"), text
        )

    hold.after(is_page, lambda _, answer: with_text(answer, bare))


@fault("ACCESS-01", "H-08")
def requires_python_of_the_newest_file_for_all(hold: Hold) -> None:
    """All files of a page have the data-requires-python of its last one."""

    def last_for_all(text: str) -> str:
        told = re.findall(r' data-requires-python="[^"]*"', text)
        return re.sub(r' data-requires-python="[^"]*"', lambda _: told[-1], text)

    hold.after(is_page, lambda _, answer: with_text(answer, last_for_all))


@fault("B-38", "U-06")
def links_from_the_base_url(hold: Hold) -> None:
    """Once a base URL is configured, links of project pages begin with it."""

    def from_base(call: Call, answer: Answer) -> Answer:
        base = hold.model.base_url.removesuffix("/artifactory")
        beginning = f'href="{base}/artifactory/api/pypi/{key_of(call)}/'
        return with_text(answer, lambda text: text.replace('href="../../', beginning) if base else text)

    hold.after(is_page, from_base)


@fault("ACCESS-08", "T05", "ACCESS-01", "TROUBLE-11", "VIRTUAL-03", "V-01", "R-12")
def prereleases_left_out(hold: Hold) -> None:
    """Project pages of remotes list no pre-releases."""

    def finals(text: str) -> str:
        return re.sub(r"<a [^>]*>[^<]*-\d[\d.]*(a|b|rc)\d[^<]*</a>\n", "", text)

    hold.after(is_page, lambda _, answer: with_text(answer, finals))


@fault(
    *("CLIENT-01", "U-01", "N-03", "ACCESS-01", "ACCESS-02", "ACCESS-08", "TROUBLE-11", "VIRTUAL-03"),
    *("T05", "ladder E2", "C-02", "V-01", "M-08", "TROUBLE-09"),
)
def pages_list_a_file_of_another_project(hold: Hold) -> None:
    """Project pages of remotes that have a file for certain Pythons end with a file of another project."""
    more = (
        '<a href="../../packages/other_thing-9.0-py3-none-any.whl">other_thing-9.0-py3-none-any.whl</a><br/>\n</body>'
    )

    def longer(text: str) -> str:
        return text.replace("</body>", more) if "data-requires-python" in text else text

    hold.after(is_page, lambda _, answer: with_text(answer, longer))
