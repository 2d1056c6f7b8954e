"""Every variation: other forms of sound answers, which no check may mind."""

from collections.abc import Mapping

from artifactory_conformance.reference.fault import Fault, in_module
from artifactory_conformance.reference.variations import forms, headers, place, refusals, transfer

MODULES = (headers, forms, refusals, transfer, place)

VARIATIONS: Mapping[str, Fault] = {name: one for module in MODULES for name, one in in_module(module).items()}
