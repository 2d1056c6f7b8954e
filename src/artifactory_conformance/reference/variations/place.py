"""The same instance at another place and in another time."""

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from artifactory_conformance.reference.defects.calls import is_rest
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold

AHEAD = 240.0
"""Seconds that a clock is ahead."""
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_INDIA = timezone(timedelta(hours=5, minutes=30))


@fault("RFC 9110 6.6.1")
def clock_is_minutes_ahead(hold: Hold) -> None:
    """The instance's clock is some minutes ahead of the client's and of the catalog's."""
    hold.model.clock.advance(AHEAD)


@fault("RFC 3339 4")
def times_of_another_zone(hold: Hold) -> None:
    """Times in answers of REST are those of another time zone, with its offset."""

    def moved(found: re.Match[bytes]) -> bytes:
        moment = datetime.fromisoformat(found[0].decode().replace("Z", "+00:00"))
        return moment.astimezone(_INDIA).isoformat(timespec="milliseconds").encode()

    def changed(_: Call, answer: Answer) -> Answer:
        return replace(answer, body=_MOMENT.sub(moved, answer.body))

    hold.after(is_rest, changed)


@fault("RFC 4291 2.5.3")
def reached_by_ipv6(hold: Hold) -> None:
    """The instance is reached by its IPv6 address."""
    hold.move(bind="::1")


@fault("RFC 3986 3.3")
def behind_another_path(hold: Hold) -> None:
    """A reverse proxy serves the instance below a path of its own."""
    hold.move(below="/tools/packages")
