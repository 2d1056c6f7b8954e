"""What a run can lack, in the order of how easily it is given: data, so that the order is one for all clauses."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml

from artifactory_conformance.verdicts.model import Reason

PREFIX = "needs-"
"""What the reasons begin with that name something a run lacks."""


class MalformedDemands(ValueError):
    """The order of demands leaves one out, names an unknown one, or puts one somewhere without a reason."""


def read_demands(text: str) -> tuple[Reason, ...]:
    """Read an order of demands, the easiest first. Raises MalformedDemands."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise MalformedDemands(f"no YAML: {error}") from None
    if not isinstance(data, dict):
        raise MalformedDemands("not a mapping of demands to the reasons for their places")
    known = {reason.value for reason in Reason if reason.value.startswith(PREFIX)}
    if wrong := known ^ data.keys():
        raise MalformedDemands(f"unknown, or without a place: {', '.join(sorted(map(str, wrong)))}")
    if bare := [name for name, why in data.items() if not (isinstance(why, str) and why.strip())]:
        raise MalformedDemands(f"a place without a reason: {', '.join(bare)}")
    return tuple(map(Reason, data))


@cache
def demands() -> tuple[Reason, ...]:
    """Give everything that a run can lack, the easiest to give first."""
    return read_demands(resources.files(__package__).joinpath("demands.yaml").read_text(encoding="utf-8"))


def effort(reason: Reason) -> int:
    """Rank what a run lacks, the easiest to give 0; what is no demand comes after all of them."""
    order = demands()
    return order.index(reason) if reason in order else len(order)
