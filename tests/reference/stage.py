"""One server, behind which any model can be put."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

START_DEADLINE = 10.0


class Stage:
    def __init__(self) -> None:
        self.app: ASGIApp | None = None
        self.origin = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app is not None
        await self.app(scope, receive, send)


@contextmanager
def standing() -> Iterator[Stage]:
    """Serve whatever is put on the stage, on a free port of this machine."""
    stage = Stage()
    # With the protocol named, asyncio switches Nagle's algorithm off; otherwise every answer takes 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(stage, lifespan="off", log_config=None, server_header=False, ws="none", proxy_headers=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + START_DEADLINE
    while not server.started:
        assert time.monotonic() < deadline
        threading.Event().wait(0.01)
    stage.origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
    yield stage
    server.should_exit = True
    thread.join(START_DEADLINE)
    listener.close()
