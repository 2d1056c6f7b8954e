"""Every defect: what broken releases would do, each a small unit that names what it stands for."""

from collections.abc import Mapping

from artifactory_conformance.reference.fault import Fault, in_package

DEFECTS: Mapping[str, Fault] = in_package(__name__, __path__)
