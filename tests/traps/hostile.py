"""Servers that are well-behaved until a run has recognized them, and then hostile, each in one way."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
import select
import socket
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache

from tests.evidence.raw_server import Asked, RawServer, answer, serving
from tests.traps.indexes import release

Reply = Callable[[Asked, socket.socket], None]

JSON = "Content-Type: application/json"
HTML = "Content-Type: text/html"
MEGABYTES = 0.9
"""Of an answer that is just below the limit of small_limits."""
DRIP_SECONDS = 20.0
WELL = 6
"""Questions that a target is recognized by: they are answered soundly so many times."""
VERSION = "7.84.17"


def of_artifactory(version: str = VERSION, node: str = "1") -> bytes:
    """What an Artifactory says to the question for its version."""
    told = {"version": version, "revision": "78417900", "addons": ["pypi"], "license": "x"}
    headers = (f"X-JFrog-Version: Artifactory/{version} 78417900", f"X-Artifactory-Id: node-{node}")
    return answer(200, json.dumps(told).encode(), JSON, *headers)


@cache
def of_index() -> bytes:
    """The page of the one project of a small index."""
    name, content = release("example", "1.0")
    digest = hashlib.sha256(content).hexdigest()
    page = f'<!DOCTYPE html><html><body><a href="../../files/{name}#sha256={digest}">{name}</a></body></html>'
    return answer(200, page.encode(), HTML)


def _says(body: Callable[[], bytes], *headers: str) -> Reply:
    return lambda _asked, connection: connection.sendall(answer(200, body(), *headers))


@cache
def _megabytes_of_json() -> bytes:
    """Small on the wire, and many times that as objects."""
    return b"[" + b",".join(itertools.repeat(b"{}", int(MEGABYTES * 2**20) // 3)) + b"]"


@cache
def _megabytes_of_page() -> bytes:
    line = b'<a href="../../files/example-1.%d-py3-none-any.whl">example-1.%d-py3-none-any.whl</a>\n'
    lines = [line % (number, number) for number in range(int(MEGABYTES * 2**20) // 90)]
    return b"<!DOCTYPE html><html><body>" + b"".join(lines) + b"</body></html>"


def megabytes(asked: Asked, connection: socket.socket) -> None:
    """As much as is just taken, in the form that is asked for."""
    rest = "/api/pypi/" not in asked.path and "/simple/" not in asked.path
    body, kind = (_megabytes_of_json(), JSON) if rest else (_megabytes_of_page(), HTML)
    connection.sendall(answer(200, body, kind))


def endless(_asked: Asked, connection: socket.socket) -> None:
    """A body without an end, as fast as it is taken."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[")
    while True:
        connection.sendall(b"1," * 32768)


def redirect_loop(asked: Asked, connection: socket.socket) -> None:
    """To itself, under a longer address each time."""
    connection.sendall(answer(302, b"", f"Location: {asked.path}x"))


_counted = itertools.count()


def wrong_lengths(_asked: Asked, connection: socket.socket) -> None:
    """Shorter, longer, negative, no number, two of them, and one beside chunks."""
    forms = (
        answer(200, b"[1, 2, 3]", JSON, length=4),
        answer(200, b"[1, 2, 3]", JSON, length=4000),
        answer(200, b"[]", JSON, length=-1),
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\nConnection: close\r\n\r\n[]",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\nConnection: close\r\n\r\n[]",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nfffffff\r\n[]",
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\nConnection: close\r\n\r\n[]",
    )
    connection.sendall(forms[next(_counted) % len(forms)])


def html_everywhere(_asked: Asked, connection: socket.socket) -> None:
    """A page that somebody between has for everything."""
    page = b"<html><head><title>Sign in</title></head><body><a href='/login'>Sign in</a></body></html>"
    connection.sendall(answer(200, page, HTML))


_NONSENSE = (
    b"\xff\xfe\x00\xd8",
    b'{"version": "\xc3\x28"',
    b"[" * 200_000,
    b'{"a":' * 100_000,
    b"NaN",
    b'"\\ud800"',
    b'{"repositories": 5, "tokens": {}, "key": null, "files": [null, 5, [], {"uri": 5}]}',
    b'[null, 5, [], {}, {"key": 5}, "x"]',
    b"9" * 5000,
    b"1e999999",
    b"",
    b"\0" * 1000,
)


def invalid_texts(_asked: Asked, connection: socket.socket) -> None:
    """What is no UTF-8, no JSON, or JSON of another form than anybody expects."""
    body = _NONSENSE[next(_counted) % len(_NONSENSE)]
    kind = JSON if next(_counted) % 2 else "Content-Type: text/html; charset=utf-7"
    connection.sendall(answer(200, body, kind))


def slow_drip(_asked: Asked, connection: socket.socket) -> None:
    """A byte now and then."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n")
    end = time.monotonic() + DRIP_SECONDS
    while time.monotonic() < end and not select.select([connection], [], [], 0.1)[0]:
        connection.sendall(b" ")


def header_bomb(_asked: Asked, connection: socket.socket) -> None:
    """Many headers, long ones, and a line that does not end."""
    forms = (
        b"".join(b"X-Bomb-%d: %s\r\n" % (number, b"x" * 60_000) for number in range(90)),
        b"".join(b"X-Bomb-%d: x\r\n" % number for number in range(100_000)),
        b"X-Bomb: " + b"x" * 20_000_000,
        b"Set-Cookie: a=b; Domain=.com\r\n" * 90,
        b'WWW-Authenticate: Basic realm="' + b'\\"' * 30_000 + b'"\r\n',
    )
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n"
    connection.sendall(head + forms[next(_counted) % len(forms)] + b"\r\n[]")


@cache
def _bombs() -> tuple[tuple[bytes, str], ...]:
    """Bodies that are small on the wire and a thousand or a million times that."""
    once = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b" " * 2**20
    flat = b"".join([*(once.compress(block) for _ in range(2048)), once.flush()])  # 2 GiB
    return (flat, "gzip"), (gzip.compress(flat), "gzip, gzip"), (zlib.compress(flat, 9), "gzip, deflate")


def compressed_bomb(_asked: Asked, connection: socket.socket) -> None:
    """Two gigabytes in two megabytes, and in some kilobytes."""
    body, encoding = _bombs()[next(_counted) % 3]
    connection.sendall(answer(200, body, JSON, f"Content-Encoding: {encoding}"))


def changing_identity(_asked: Asked, connection: socket.socket) -> None:
    """Somebody else each time."""
    number = next(_counted)
    connection.sendall(of_artifactory(f"7.{number % 150}.{number % 9}", str(number)))


KINDS: Mapping[str, Reply] = {
    reply.__name__: reply
    for reply in (
        megabytes,
        endless,
        redirect_loop,
        wrong_lengths,
        html_everywhere,
        invalid_texts,
        slow_drip,
        header_bomb,
        compressed_bomb,
        changing_identity,
    )
}


@contextmanager
def hostile(kind: str, *, well: int = WELL) -> Iterator[RawServer]:
    """Serve so. well: how many times whatever a target is recognized by is answered soundly; -1: always."""
    asked_for = itertools.count()

    def reply(asked: Asked, connection: socket.socket) -> None:
        sound = b""
        if asked.path.endswith("/api/system/version"):
            sound = of_artifactory()
        elif asked.path.rstrip("/").endswith("/simple/example"):
            sound = of_index()
        if sound and (well < 0 or next(asked_for) < well):
            connection.sendall(sound)
        else:
            KINDS[kind](asked, connection)

    if kind == "compressed_bomb":
        _bombs()  # made before anybody waits for them
    with serving(reply) as server:
        yield server
