"""Forms that a catalog's project pages can take, by name (R-10, users 1.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FORMS: Mapping[str, Mapping[str, Any]] = {
    "absolute": {"links": "absolute"},
    "root-relative": {"links": "root_relative"},
    "with-query": {"query": "X-Amz-Expires=59&X-Amz-Signature=0123456789abcdef"},
    "without-hash": {"hash": "none"},
    "with-md5": {"hash": "md5"},
    "multi-line": {"anchors": "multi_line"},
    "upper-case": {"anchors": "upper_case"},
    "literal-plus": {"literal_plus": True},
    "11-megabytes": {"padding": 11_000_000},
}
"""Pages that are valid by PEP 503, each another than the catalog's usual one in one way."""
