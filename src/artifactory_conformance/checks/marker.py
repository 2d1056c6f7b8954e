"""The markers that tie a check to the guide's clauses, or to what clients and operators rely on."""

from __future__ import annotations

from collections.abc import Sequence

import pytest


def clause(
    *ids: str,
    facts: Sequence[str] = (),
    since: str = "",
    before: str = "",
    builds_on: Sequence[str] = (),
    observes: bool = False,
) -> pytest.MarkDecorator:
    """Say which clauses a check holds the target to.

    ids: clause ids, like "PERM-09". facts: ids of the facts that it stands on, like "P-04", "row 44" or "client C16".
    since, before: versions of Artifactory (from the one on, below the other) that it is about; on others it is not
    applicable. For what was seen once, or is documented only. builds_on: ids of checks (`folder.name`) without which
    this one means nothing: if both fail, this one is blocked and only the other is red. observes: the check records
    values instead of asserting.
    """
    return pytest.mark.clause(
        *ids, facts=tuple(facts), since=since, before=before, builds_on=tuple(builds_on), observes=observes
    )


def relied_on(
    *facts: str, since: str = "", before: str = "", builds_on: Sequence[str] = (), observes: bool = False
) -> pytest.MarkDecorator:
    """Say what real clients or operators rely on that is no clause of the guide; everything else as for `clause`.

    facts: ids of the facts, standards or breakages that it stands for, like "row 18", "B-09" or "client C18".
    """
    return clause(facts=facts, since=since, before=before, builds_on=builds_on, observes=observes)
