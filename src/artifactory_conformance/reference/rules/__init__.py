"""What the model does, rule by rule, with the facts each rule stands on and the switches that vary it.

Data for docs/model.md, whose generator lies outside the service. A test holds the tables to the code: a fact that is
cited in the model is in a table, and a fact of a table is cited where the model does what it says.
"""

from artifactory_conformance.reference.rules import administration, limits, serving
from artifactory_conformance.reference.rules.rule import Absence, Area, Rule

AREAS: tuple[Area, ...] = (*serving.AREAS, *administration.AREAS)
NOT_PLAYED: tuple[Absence, ...] = limits.NOT_PLAYED
LEFT_TO_DEFECTS: tuple[Absence, ...] = limits.LEFT_TO_DEFECTS

__all__ = ["AREAS", "LEFT_TO_DEFECTS", "NOT_PLAYED", "Absence", "Area", "Rule"]
