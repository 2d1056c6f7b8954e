"""The log files of 7.x below `<state-dir>/log/` (admin 6; F1 to F6, H.2), each line written and flushed at once.

Without a state directory nothing is written. No line holds a secret: addresses come without credentials and queries.
"""

import logging
import logging.handlers
import threading
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from artifactory_conformance.reference.clock import Clock
from artifactory_conformance.reference.switches import SwitchSet
from artifactory_conformance.reference.tracing import Trace, current

NAMES = tuple(f"artifactory-{name}.log" for name in ("request", "request-out", "access", "service"))
REQUEST, OUTBOUND, ACCESS, SERVICE = NAMES
LARGEST = 10 * 1024 * 1024
"""Bytes after which a file is put aside as `<name>.1`."""

KEPT = 2
"""Files that are kept aside; older ones go."""

_INFO, _ERROR = "INFO ", "ERROR"
_CONTROL = {code: f"\\x{code:02x}" for code in (*range(32), 127)}


@dataclass(frozen=True)
class Served:
    """One request and its answer, of a client or to a catalog. Lengths are bytes of bodies, 0 if not told (F1)."""

    method: str
    url: str
    status: int
    request_length: int
    response_length: int
    seconds: float

    @property
    def columns(self) -> tuple[object, ...]:
        """The columns that both request logs share."""
        lengths = self.request_length, self.response_length
        return (self.method, self.url, self.status, *lengths, round(self.seconds * 1000))


class Logs:
    """Writes what the instance does. Anybody may read the files meanwhile."""

    def __init__(self, state_dir: Path | None, clock: Clock, switches: SwitchSet) -> None:
        self._clock = clock
        self._switches = switches
        self._handlers: dict[str, logging.Handler] = {}
        self.folder = state_dir / "log" if state_dir else None
        if self.folder:
            self.folder.mkdir(parents=True, exist_ok=True)
            for name in NAMES:
                self._handlers[name] = logging.handlers.RotatingFileHandler(
                    self.folder / name, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", errors="backslashreplace"
                )

    def request(self, trace: Trace, done: Served, agent: str) -> None:
        """One request of a client, after its end: `ts|trace|ip|user|METHOD|path|status|in|out|ms|agent` (admin 6)."""
        self._columns(REQUEST, trace, trace.address, trace.user, *done.columns, agent)

    def outbound(self, repository: str, done: Served) -> None:
        """One request to a catalog: `ts|trace|repository|user|METHOD|URL|status|out|in|ms` (admin 6)."""
        trace = current()
        more = () if self._switches.on("request_out_columns", "10") else ("",)
        self._columns(OUTBOUND, trace, repository, trace.user, *done.columns, *more)

    def _columns(self, name: str, trace: Trace, *columns: object) -> None:
        cells = (str(column).translate(_CONTROL).replace("|", "%7C") for column in columns)
        self._write(name, "|".join((self._now(), trace.identity, *cells)))

    def accepted(self, action: str, repository: str, path: str, user: str) -> None:
        """Somebody did something to an item (F3)."""
        self._access(f"ACCEPTED {action}", f"{repository}:{path}", user)

    def denied(self, action: str, repository: str, path: str, user: str, *, anonymous: bool = False) -> None:
        """Somebody was not let (F5), each time (B11); of the anonymous user older versions give no name (F4)."""
        nameless = anonymous and self._switches.on("access_log_denied_anonymous", "NA")
        self._access(f"DENIED {action}", f"{repository}:{path}", "NA" if nameless else user)

    def denied_login(self, user: str) -> None:
        """Wrong credentials: two blanks where other lines name the item (F5)."""
        self._access("DENIED LOGIN", "", user)

    def _access(self, what: str, where: str, user: str) -> None:
        trace = current()
        end = "." if self._switches.on("access_log_end", "dot") else ""
        text = f"{self._now()} [{trace.identity}] [{what}] {where} for {user}/{trace.address}{end}"
        self._write(ACCESS, text.translate(_CONTROL))

    def tell(self, source: str, message: str) -> None:
        """What the instance tells by the way; `source` is the class that a real one names."""
        self._service(_INFO, source, message)

    def complain(self, source: str, message: str) -> None:
        """What went wrong."""
        self._service(_ERROR, source, message)

    def _service(self, level: str, source: str, message: str) -> None:
        thread = threading.current_thread().name.replace(" ", "-")
        text = f"{self._now()} [jfrt ] [{level}] [{current().identity}] [{source}:1] [{thread}] - {message}"
        self._write(SERVICE, text.translate(_CONTROL))

    def _now(self) -> str:
        moment = datetime.fromtimestamp(self._clock.now(), timezone.utc)
        return moment.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"

    def _write(self, name: str, line: str) -> None:
        handler = self._handlers.get(name)
        if handler is not None:
            handler.handle(logging.makeLogRecord({"msg": "%s", "args": (line,)}))

    def close(self) -> None:
        """Close the files."""
        while self._handlers:
            self._handlers.popitem()[1].close()


def bare_url(url: str) -> str:
    """A URL without what may be secret: credentials, query (signatures) and fragment."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
