"""The same content, carried otherwise."""

import gzip
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import count

from starlette.responses import Response, StreamingResponse

from artifactory_conformance.reference.defects.calls import is_file, is_page, is_rest, is_root
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold

PIECE = 7
"""Bytes of a chunk."""
PAUSE = 0.4
"""Seconds that a slow answer takes longer: far below every deadline."""
SLOW_EVERY = 5
"""How many answers there are to each slow one."""


@fault("RFC 9110 8.4")
def compressed_when_that_is_accepted(hold: Hold) -> None:
    """Pages and answers of REST are compressed for clients that accept it, however small."""

    def packed(call: Call, answer: Answer) -> Answer:
        fits = answer.status == 200 and answer.body and "Content-Encoding" not in answer.headers
        if call.method != "GET" or not fits or "gzip" not in call.header("accept-encoding"):
            return answer
        headers = {**answer.headers, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return replace(answer, body=gzip.compress(answer.body), headers=headers)

    hold.after(lambda call: is_page(call) or is_root(call) or is_rest(call), packed)


@fault("RFC 9112 7.1")
def pages_in_small_chunks(hold: Hold) -> None:
    """Pages and answers of REST come in chunks of a few bytes."""

    def chunked(call: Call, response: Response) -> Response:
        if call.method == "HEAD" or "content-length" in response.headers or not response.body:
            return response

        async def pieces(body: bytes) -> AsyncIterator[bytes]:
            for start in range(0, len(body), PIECE):
                yield body[start : start + PIECE]

        made = StreamingResponse(pieces(bytes(response.body)), response.status_code)
        made.raw_headers = response.raw_headers
        return made

    hold.on_wire(lambda call: is_page(call) or is_root(call) or is_rest(call), chunked)


@fault("RFC 9112 6.2")
def pages_with_a_length(hold: Hold) -> None:
    """Pages and answers of REST come in one piece with their length instead of chunked."""
    hold.after(
        lambda call: is_page(call) or is_root(call) or is_rest(call), lambda _, answer: replace(answer, chunked=False)
    )


@fault("TROUBLE-11")
def slow_now_and_then(hold: Hold) -> None:
    """Now and then an answer takes a while, within all limits."""
    numbers = count()

    def waited(_: Call, answer: Answer) -> Answer:
        if next(numbers) % SLOW_EVERY == 0:
            time.sleep(PAUSE)
        return answer

    hold.after(lambda call: is_page(call) or is_file(call), waited)
