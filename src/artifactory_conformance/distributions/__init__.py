"""Wheels and sdists built in memory, the same bytes at every build, and read back.

A leaf above the standard library and `packaging`: everybody may import it.
"""

from artifactory_conformance.distributions.reading import UnreadableDistribution, read_distribution
from artifactory_conformance.distributions.sdist import build_sdist
from artifactory_conformance.distributions.specification import (
    Distribution,
    DistributionKind,
    DistributionSpec,
    InvalidDistributionSpec,
)
from artifactory_conformance.distributions.wheel import build_wheel, wheel_without_metadata

__all__ = [
    "Distribution",
    "DistributionKind",
    "DistributionSpec",
    "InvalidDistributionSpec",
    "UnreadableDistribution",
    "build_sdist",
    "build_wheel",
    "read_distribution",
    "wheel_without_metadata",
]
