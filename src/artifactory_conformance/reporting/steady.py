"""Values of one run made comparable with those of another: what every run has of its own is taken out."""

from __future__ import annotations

import re
from typing import Any

_OWN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[^\s'\"]*/\.scratch/[^\s'\"]*"), "(scratch)"),
    (re.compile(r"(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "(uuid)"),
    (re.compile(r"acs-[0-9a-f]{6}-[0-9]*(?:w[0-9]+)?"), "acs-(own)"),
    # How a service of ours is reached: on loop-back, or by its name on a network of containers.
    (
        re.compile(
            r"(?<![\w.-])(?:127\.0\.0\.1|localhost|\[::1\]|first-site|second-site|catalog-files|catalog|public-index|"
            r"untrusted):[0-9]{1,5}(?![0-9])"
        ),
        "(here)",
    ),
    (re.compile(r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-9:.]{8,15}(?:Z|[+-][0-9:]{4,5})?"), "(time)"),
    (re.compile(r"[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT"), "(time)"),
    # With a sign, where it is the number that pages have for an ETag (I-01).
    (re.compile(r"(?<![0-9A-Za-z])-?[0-9a-f]{8,}(?![0-9A-Za-z])"), "(hex)"),
    (re.compile(r"\(hex\)(?::(?:\(hex\)|[0-9a-f]+))+:-[0-9]+"), "(node)"),
)


def steady(value: Any) -> Any:
    """Give a value of a report without addresses, names, digests, times and measures that are its run's own.

    value: builtins, as results.json has them. A number with a fraction is a measure.
    """
    if isinstance(value, str):
        for pattern, instead in _OWN:
            value = pattern.sub(instead, value)
        return value
    if isinstance(value, float):
        return "(measure)"
    if isinstance(value, list):
        return [steady(item) for item in value]
    if isinstance(value, dict):
        return {str(steady(key)): steady(item) for key, item in value.items()}
    return value
