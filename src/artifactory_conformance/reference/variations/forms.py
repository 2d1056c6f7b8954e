"""Pages in other forms of HTML and JSON."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from artifactory_conformance.reference.defects.calls import is_page, is_rest, is_root
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold

_ANCHOR = re.compile(r'<a href="([^"]*)"([^>]*)>([^<]*)</a>')


def _is_some_page(call: Call) -> bool:
    return is_page(call) or is_root(call)


def _on_html(hold: Hold, change: Callable[[Call, str], str]) -> None:
    def changed(call: Call, answer: Answer) -> Answer:
        kind = answer.headers.get("Content-Type", "")
        whole = answer.status == 200 and "Content-Encoding" not in answer.headers
        if not whole or not kind.startswith("text/html"):
            return answer
        return replace(answer, body=change(call, answer.body.decode("utf-8")).encode())

    hold.after(_is_some_page, changed)


@fault("PEP 503")
def more_attributes(hold: Hold) -> None:
    """Anchors have further attributes, and the link in another place among them."""
    extra = r'<a class="file" data-size="1" href="\1"\2 title="a file">\3</a>'
    _on_html(hold, lambda _, text: _ANCHOR.sub(extra, text))


@fault("PEP 503")
def single_quotes(hold: Hold) -> None:
    """Attributes stand in single quotes, with their names in capitals."""
    _on_html(hold, lambda _, text: _ANCHOR.sub(r"<A HREF='\1'\2>\3</A>", text))


@fault("PEP 503")
def other_white_space(hold: Hold) -> None:
    """Pages are indented, with blank lines and line ends as on Windows."""

    def spaced(_: Call, text: str) -> str:
        return _ANCHOR.sub(r'    <a   href="\1"\2 >\3</a><br />\n', text).replace("\n", "\r\n")

    _on_html(hold, spaced)


@fault("PEP 503")
def everything_on_one_line(hold: Hold) -> None:
    """Pages have no line breaks at all."""
    _on_html(hold, lambda _, text: text.replace("\n", ""))


@fault("PEP 503")
def more_around_the_links(hold: Hold) -> None:
    """Pages have a heading, a comment, a style sheet and a footer without a link."""

    def framed(_: Call, text: str) -> str:
        head = '<meta charset="utf-8"><link rel="stylesheet" href="style.css"></head>'
        text = text.replace("</head>", head)
        return text.replace("<body>", "<body><h1>Links</h1><!-- made here -->").replace("</body>", "<hr>ends</body>")

    _on_html(hold, framed)


@fault("PEP 503")
def absolute_links(hold: Hold) -> None:
    """Links are absolute, on the same host."""

    def made_absolute(call: Call, text: str) -> str:
        page = f"{call.origin}{call.path}"
        return _ANCHOR.sub(lambda found: f'<a href="{urljoin(page, found[1])}"{found[2]}>{found[3]}</a>', text)

    _on_html(hold, made_absolute)


@fault("PEP 503")
def links_from_the_root_of_the_host(hold: Hold) -> None:
    """Links begin at the root of the host."""

    def rooted(call: Call, text: str) -> str:
        def link(found: re.Match[str]) -> str:
            parts = urlsplit(urljoin(f"{call.origin}{call.path}", found[1]))
            return f'<a href="{parts._replace(scheme="", netloc="").geturl()}"{found[2]}>{found[3]}</a>'

        return _ANCHOR.sub(link, text)

    _on_html(hold, rooted)


@fault("RFC 8259 4")
def json_in_another_order(hold: Hold) -> None:
    """JSON comes on one line with its members in the reverse order."""

    def turned(value: object) -> object:
        if isinstance(value, dict):
            return {name: turned(value[name]) for name in reversed(list(value))}
        return [turned(one) for one in value] if isinstance(value, list) else value

    def changed(_: Call, answer: Answer) -> Answer:
        if "json" not in answer.headers.get("Content-Type", "") or "Content-Encoding" in answer.headers:
            return answer
        return replace(answer, body=json.dumps(turned(json.loads(answer.body or b"null"))).encode())

    hold.after(lambda call: is_rest(call) or _is_some_page(call), changed)
