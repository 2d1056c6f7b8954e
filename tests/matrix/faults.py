"""All faults that the embedded target can have, as runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from artifactory_conformance.misconfigurations import MISCONFIGURATIONS
from artifactory_conformance.reference.defects import DEFECTS
from artifactory_conformance.reference.variations import VARIATIONS
from tests.matrix.client_faults import CLIENT_FAULTS
from tests.proof.runs import Trial

SITE = "site"
"""The kind of a misconfiguration that is looked for as at a given site, by a run that makes nothing."""

AT_SITE = " at a site"

CLIENT = "client"
"""The kind of a client that misbehaves, at a model that does not."""


@dataclass(frozen=True)
class Given:
    """A fault as the command line names it.

    kind: the option without its dashes, SITE or CLIENT. whole: it may reach every check, so that nothing is left out.
    target: the settings of a run that can see it, where the usual ones do not do.
    """

    kind: str
    name: str
    stands_for: tuple[str, ...]
    meaning: str
    whole: bool = False
    target: tuple[str, ...] = ()

    def trial(self, places: Sequence[str]) -> Trial:
        """Give the run of these checks, all without any, with the fault."""
        option, name = (
            ("misconfiguration", self.name.removesuffix(AT_SITE)) if self.kind == SITE else (self.kind, self.name)
        )
        plugin = ("-p", "tests.matrix.client_faults") if self.kind == CLIENT else ()
        arguments = (*plugin, f"--{option}", name, *self.target, *places)
        return Trial(f"{self.kind} {name}", arguments, like="plain")


def all_faults() -> Mapping[str, list[Given]]:
    """Give all faults by kind."""
    return {
        "defect": [
            Given("defect", one.name, one.stands_for, one.meaning, target=one.target) for one in DEFECTS.values()
        ],
        "misconfiguration": [
            Given("misconfiguration", one.name, one.stands_for, one.meaning, one.everywhere)
            for one in MISCONFIGURATIONS.values()
        ],
        CLIENT: [Given(CLIENT, one.name, one.stands_for, one.meaning) for one in CLIENT_FAULTS.values()],
        SITE: [
            Given(SITE, one.name + AT_SITE, one.stands_for, one.meaning, whole=True, target=("--level", "pull"))
            for one in MISCONFIGURATIONS.values()
        ],
        "variation": [
            Given("variation", one.name, one.stands_for, one.meaning, whole=True) for one in VARIATIONS.values()
        ],
    }


def named(names: Iterable[str]) -> list[Given]:
    """Give the faults of these names. Raises KeyError for a name that nothing has."""
    known = {one.name: one for faults in all_faults().values() for one in faults}
    return [known[name] for name in names]
