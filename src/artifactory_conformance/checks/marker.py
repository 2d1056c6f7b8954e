"""The marker that ties a check to the clauses of the guide."""

from __future__ import annotations

from collections.abc import Sequence

import pytest


def clause(*ids: str, builds_on: Sequence[str] = (), observes: bool = False) -> pytest.MarkDecorator:
    """Say which clauses a check holds the target to.

    ids: clause ids, like "PERM-09". builds_on: ids of checks (`folder.name`) without which this one means nothing: if
    both fail, this one is blocked and only the other is red. observes: the check records values instead of asserting.
    """
    return pytest.mark.clause(*ids, builds_on=tuple(builds_on), observes=observes)
