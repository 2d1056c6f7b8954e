"""Which of two versions is older, as far as it can be told."""

from __future__ import annotations

import re


def is_before(version: str, bound: str) -> bool | None:
    """Tell whether a version is older than another; None where what is told of it leaves that open.

    version: as an instance tells it, like 7.84.17, 7.111.4-m001 or 7.x-SNAPSHOT: the numbers that it begins with count.
    Whatever follows them may have been made before or after the release of those numbers. bound: numbers alone.
    """
    told = re.match(r"[0-9]+(?:\.[0-9]+)*|", version)
    assert told is not None
    numbers = [int(number) for number in told.group().split(".") if number]
    wanted = [int(number) for number in bound.split(".")]
    common = min(len(numbers), len(wanted))
    if numbers[:common] != wanted[:common]:
        return numbers[:common] < wanted[:common]
    all_told = not version[told.end() :] if len(numbers) == len(wanted) else len(numbers) > len(wanted)
    return False if all_told else None
