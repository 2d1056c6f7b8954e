from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import Identity
from artifactory_conformance.artifactory.latency import median_seconds
from artifactory_conformance.checks import clause
from artifactory_conformance.limits import LIMITS


@clause("BEST-04", observes=True)
def test_how_long_the_instance_takes_to_answer(site_user: Identity, observe: Callable[[str, Any], None]) -> None:
    """Records how long a small answer takes from here; whether that is near enough, nobody but its users can say."""
    taken = median_seconds(lambda: site_user.get("api/system/version"), LIMITS.latency_samples)

    observe(f"seconds until the version is told, median of {LIMITS.latency_samples}", taken)
