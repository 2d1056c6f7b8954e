"""Headers in other forms."""

from starlette.responses import Response

from artifactory_conformance.reference.exchange import Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold


@fault("RFC 9110 5.1")
def header_names_in_capitals(hold: Hold) -> None:
    """Names of headers come in capitals; their case says nothing."""

    def shout(_: Call, response: Response) -> Response:
        response.raw_headers = [(name.upper(), value) for name, value in response.raw_headers]
        return response

    hold.on_wire(lambda _: True, shout)
