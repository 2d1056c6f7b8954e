"""Every variation: other forms of sound answers, which no check may mind."""

from collections.abc import Mapping

from artifactory_conformance.reference.fault import Fault, in_package

VARIATIONS: Mapping[str, Fault] = in_package(__name__, __path__)
