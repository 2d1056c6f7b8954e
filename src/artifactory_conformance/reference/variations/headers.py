"""Headers in other forms."""

from dataclasses import replace

from starlette.responses import Response

from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold

_NODE = (b"x-artifactory-id", b"x-artifactory-node-id")
"""What the headers begin with that name the node."""


def _every(_: Call) -> bool:
    return True


@fault("RFC 9110 5.1")
def header_names_in_capitals(hold: Hold) -> None:
    """Names of headers come in capitals; their case says nothing."""

    def shout(_: Call, response: Response) -> Response:
        response.raw_headers = [(name.upper(), value) for name, value in response.raw_headers]
        return response

    hold.on_wire(_every, shout)


@fault("RFC 9110 5.3")
def headers_in_another_order(hold: Hold) -> None:
    """Headers come in the reverse order; between different names it says nothing."""

    def turned(_: Call, response: Response) -> Response:
        response.raw_headers = list(reversed(response.raw_headers))
        return response

    hold.on_wire(_every, turned)


@fault("RFC 9110 5.1")
def more_headers(hold: Hold) -> None:
    """A gateway in front adds headers of its own, cookies among them."""

    def added(_: Call, answer: Answer) -> Answer:
        more = {
            "Via": "1.1 gateway",
            "Strict-Transport-Security": "max-age=31536000",
            "Set-Cookie": "route=a1b2c3; Path=/; HttpOnly",
            "X-Request-Id": "0123456789abcdef",
            "X-Frame-Options": "SAMEORIGIN",
        }
        return replace(answer, headers={**answer.headers, **more})

    hold.after(_every, added)


@fault("RFC 9110 8.3.1")
def media_types_with_another_charset_spelling(hold: Hold) -> None:
    """Media types of text carry a charset parameter, in capitals and with a blank."""

    def spelled(_: Call, answer: Answer) -> Answer:
        kind = answer.headers.get("Content-Type", "")
        if not kind.startswith(("text/", "application/json")) or ";" in kind:
            return answer
        return replace(answer, headers={**answer.headers, "Content-Type": f"{kind}; charset=UTF-8"})

    hold.after(_every, spelled)


@fault("A3")
def answers_name_no_node(hold: Hold) -> None:
    """A gateway in front takes away what says which node answered."""

    def nameless(_: Call, response: Response) -> Response:
        told = response.raw_headers
        response.raw_headers = [(name, value) for name, value in told if not name.lower().startswith(_NODE)]
        return response

    hold.on_wire(_every, nameless)
