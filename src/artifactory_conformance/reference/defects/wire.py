"""What goes wrong on the way out: on the wire, on connections that are kept, and on the way to the catalog."""

from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from artifactory_conformance.reference.defects.calls import is_file
from artifactory_conformance.reference.exchange import Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.outbound import Outbound
from artifactory_conformance.serving import answer_by_hand


class _By(Response):
    """A response that is sent in another way than its kind is."""

    def __init__(self, response: Response) -> None:
        self.__dict__.update(response.__dict__)
        self.response = response

    def head(self, **changed: str) -> bytes:
        """Status and headers as they stand on the wire, some of them changed."""
        headers = {name.decode(): value.decode() for name, value in self.raw_headers} | changed
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"HTTP/1.1 {self.status_code} OK\r\n{lines}connection: close\r\n\r\n".encode()


class _CutShort(_By):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = bytes(self.response.body)
        await answer_by_hand(scope, receive, self.head() + body[: len(body) // 2])


_LONG = 256 * 1024


class _Miscounted(_By):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = bytes(self.response.body)
        await answer_by_hand(scope, receive, self.head(**{"content-length": str(_LONG)}) + body)


@fault("ACCESS-07", "T35", "client C19")
def sdists_break_off(hold: Hold) -> None:
    """An sdist that is asked for as it is, as pip does, breaks off in the middle."""

    def is_sdist(call: Call) -> bool:
        as_it_is = call.header("accept-encoding") == "identity"
        return is_file(call) and as_it_is and call.method == "GET" and call.path.endswith(".tar.gz")

    hold.on_wire(is_sdist, lambda _, response: _CutShort(response))


@fault("ACCESS-06", "T06")
def long_files_announced_too_short(hold: Hold) -> None:
    """Content-Length of a file of more than 256 KiB is 262144, and clients take no more."""

    def miscounted(call: Call, response: Response) -> Response:
        if response.status_code != 200 or call.method != "GET" or len(response.body) <= _LONG:
            return response
        return _Miscounted(response)

    hold.on_wire(is_file, miscounted)


@fault("T31", "A62", "B-11")
def answers_left_on_a_connection(hold: Hold) -> None:
    """After a range beyond the end of a file, the next download on that connection gets the beginning of its error."""
    left: set[Any] = set()

    class Kept(_By):
        def __init__(self, call: Call, response: Response) -> None:
            super().__init__(response)
            self.call = call

        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            client, body = tuple(scope["client"]), bytes(self.response.body)
            beyond = self.call.header("range") == f"bytes={len(body)}-"
            if client in left and self.call.method == "GET":
                left.discard(client)
                self.response.body = b"{"
                self.response.headers["content-length"] = "1"
            if beyond:
                left.add(client)
            await self.response(scope, receive, send)

    hold.on_wire(is_file, Kept)


@fault("M-04")
def certificates_not_verified(hold: Hold) -> None:
    """Catalogs are asked whatever certificate they show."""

    def made(original: Method) -> Method:
        def trusting(outbound: Outbound, *arguments: Any) -> Any:
            outbound._trusted = False
            return original(outbound, *arguments)

        return trusting

    hold.replace(Outbound, "_send", made)
