"""Run one ASGI application as a service process: a ready line, a lifeline and an orderly stop.

A leaf that the services import (`upstream`, `reference`) and nobody else.
"""

import argparse
import contextlib
import ipaddress
import json
import logging
import os
import signal
import socket
import ssl
import struct
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, cast

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio

    from starlette.types import ASGIApp, Receive, Scope, Send

EXIT_STOPPED = 0
EXIT_UNUSABLE = 4

STOP_DEADLINE = 2.0
"""Seconds after which a process that was told to stop ends, whatever it is still doing."""

DRAIN_DEADLINE = 1
"""Seconds that requests under way get to finish after the stop."""

KEEP_ALIVE = 120
"""Seconds an idle connection stays open: longer than a check pauses, so that no client meets a closing connection."""

_TRANSPORT = "artifactory_conformance.transport"


class UnusableTls(Exception):
    """A certificate or a key that cannot be served with. The message names the options."""


@dataclass(frozen=True)
class Tls:
    """What a service shows to be reached over https: files in PEM, the key without a pass phrase.

    Raises UnusableTls when the two cannot be read or do not belong together.
    """

    certificate: Path
    key: Path

    def __post_init__(self) -> None:
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(self.certificate, self.key, password=b"")
        except (OSError, ValueError) as error:  # an SSLError is an OSError
            raise UnusableTls(f"--tls-certificate and --tls-key cannot be used: {error}") from error


def add_tls_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that `tls_of` reads."""
    parser.add_argument("--tls-certificate", type=Path, metavar="FILE", help="serve over https with this chain (PEM)")
    parser.add_argument("--tls-key", type=Path, metavar="FILE", help="its private key (PEM)")


def tls_of(options: argparse.Namespace) -> Tls | None:
    """What the options say; None for plain http. Raises UnusableTls, also when only one of the two is given."""
    if options.tls_certificate is None and options.tls_key is None:
        return None
    if options.tls_certificate is None or options.tls_key is None:
        raise UnusableTls("--tls-certificate and --tls-key go together")
    return Tls(options.tls_certificate, options.tls_key)


def serve(
    app: "ASGIApp",
    *,
    port: int,
    bind: str,
    until_stdin_closes: bool,
    tls: Tls | None = None,
    below: str = "",
    also: Sequence[int] = (),
) -> int:
    """Serve `app` on `bind`:`port` (0: a free port) until told to stop, and give the exit code. tls: over https.

    below: the path of its address, if not all paths are its own. also: further ports.

    Once requests are answered, one line of JSON with `url` and `pid` goes to stdout. SIGTERM is an orderly stop, and
    so is the end of stdin if `until_stdin_closes`; SIGINT then belongs to the starter and is ignored. The lifespan
    protocol is off. Call it from the main thread.
    """
    _log_one_line_per_error()
    listeners = []
    for number in (port, *also):
        try:
            listeners.append(_listen(bind, number))
        except OSError as error:
            print(f"cannot listen on {bind} port {number}: {error.strerror or error}", file=sys.stderr)
            return EXIT_UNUSABLE
    stop = _Stop()
    signal.signal(signal.SIGTERM, stop.on_signal)
    signal.signal(signal.SIGINT, signal.SIG_IGN if until_stdin_closes else stop.on_signal)
    if until_stdin_closes:
        threading.Thread(target=_await_end_of_stdin, args=(stop,), name="lifeline", daemon=True).start()
    config = uvicorn.Config(
        app,
        http=_Protocol,
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # whether a proxy is believed is the application's to decide
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=DRAIN_DEADLINE,
        ssl_certfile=tls.certificate if tls else None,
        ssl_keyfile=tls.key if tls else None,
    )
    _Server(config, stop, _url_of(listeners[0], "https" if tls else "http") + below).run(sockets=listeners)
    return EXIT_STOPPED


async def reset_connection(scope: "Scope", receive: "Receive") -> None:
    """Drop the connection of this request at once with a TCP reset: what was not sent yet is lost."""
    transport = _transport_of(scope)
    linger_not = struct.pack("ii", 1, 0)
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_not)
    transport.abort()
    await _disconnected(receive)


async def cut_connection(scope: "Scope", receive: "Receive") -> None:
    """Close the connection of this request after the bytes sent so far, even in the middle of an answer."""
    _transport_of(scope).close()
    await _disconnected(receive)


async def answer_by_hand(scope: "Scope", receive: "Receive", answer: bytes) -> None:
    """Send these very bytes as the answer, and close the connection: for answers of another HTTP than ours."""
    _transport_of(scope).write(answer)
    await cut_connection(scope, receive)


async def _disconnected(receive: "Receive") -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _transport_of(scope: "Scope") -> "asyncio.Transport":
    return cast("asyncio.Transport", scope["extensions"][_TRANSPORT])


class _Protocol(H11Protocol):
    """The HTTP/1.1 protocol that tells the application its connection, so that the application can break it."""

    def connection_made(self, transport: "asyncio.Transport") -> None:  # type: ignore[override]
        super().connection_made(transport)
        app: Any = self.app

        async def with_transport(scope: "Scope", receive: "Receive", send: "Send") -> None:
            scope.setdefault("extensions", {})[_TRANSPORT] = transport
            await app(scope, receive, send)

        self.app = cast(Any, with_transport)


class _Stop:
    """The wish to stop, from whichever side it comes first; from then on the deadline runs."""

    def __init__(self) -> None:
        self.requested = False

    def request(self) -> None:
        if self.requested:
            return
        self.requested = True
        deadline = threading.Timer(STOP_DEADLINE, os._exit, args=(EXIT_STOPPED,))
        deadline.daemon = True
        deadline.start()

    def on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.request()


class _Server(uvicorn.Server):
    """uvicorn without signal handlers of its own (they end the process by the signal instead of with a code)."""

    def __init__(self, config: uvicorn.Config, stop: _Stop, url: str) -> None:
        super().__init__(config)
        self._stop = stop
        self._url = url

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        ready = json.dumps({"url": self._url, "pid": os.getpid()}) + "\n"
        try:
            os.write(sys.stdout.fileno(), ready.encode())
        except OSError as error:
            print(f"nobody reads the ready line: {error.strerror}", file=sys.stderr)
            self._stop.request()

    async def on_tick(self, counter: int) -> bool:
        return self._stop.requested or await super().on_tick(counter)


def _await_end_of_stdin(stop: _Stop) -> None:
    # os.read, not sys.stdin: a daemon thread inside a buffered read holds its lock while the interpreter shuts down.
    try:
        while os.read(0, 4096):
            pass
    except OSError as error:
        print(f"stdin cannot be read, taken as closed: {error.strerror}", file=sys.stderr)
    stop.request()


def _listen(bind: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        bind, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(1024)
    except OSError:
        listener.close()
        raise
    return listener


def _url_of(listener: socket.socket, scheme: str) -> str:
    """The address to reach it at from this machine: a wildcard is no address, loop-back stands in for it."""
    address = ipaddress.ip_address(listener.getsockname()[0])
    port = listener.getsockname()[1]
    if address.is_unspecified:
        address = ipaddress.ip_address("127.0.0.1" if address.version == 4 else "::1")
    return f"{scheme}://{address}:{port}" if address.version == 4 else f"{scheme}://[{address}]:{port}"


class _OneLine(logging.Formatter):
    """An exception in one line: its type, its text and the place that raised it."""

    def format(self, record: logging.LogRecord) -> str:
        parts = [f"{record.levelname}: {' '.join(record.getMessage().split())}"]
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            parts.append(" ".join("".join(traceback.format_exception_only(type(error), error)).split()))
            for frame in traceback.extract_tb(error.__traceback__)[-1:]:
                parts.append(f"at {frame.name} in {os.path.basename(frame.filename)}:{frame.lineno}")
        return ", ".join(parts)


def _log_one_line_per_error() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OneLine())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
