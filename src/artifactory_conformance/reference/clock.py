"""The model's clock: real time plus what the control interface added."""

import email.utils
import threading
import time
from datetime import datetime, timezone


class Clock:
    """Seconds since the epoch that can be moved forward. Everything that ages in the model reads it."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self._lock = threading.Lock()

    def now(self) -> float:
        """The model's time in seconds since the epoch."""
        return time.time() + self._ahead

    def advance(self, seconds: float) -> float:
        """Move forward by `seconds` and give the new time."""
        with self._lock:
            self._ahead += seconds
        return self.now()


def http_date(moment: float) -> str:
    """`moment` as an HTTP date."""
    return email.utils.formatdate(moment, usegmt=True)


def parse_http_date(text: str) -> float | None:
    """The moment that an HTTP date names, or None if it does not parse."""
    try:
        return email.utils.parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None


def iso(moment: float) -> str:
    """`moment` in ISO 8601 with milliseconds and an offset (D3)."""
    return datetime.fromtimestamp(moment, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
