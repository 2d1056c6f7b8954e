from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory.health import WELL, states
from artifactory_conformance.checks import relied_on
from artifactory_conformance.evidence import Answer


@relied_on("admin 2.5", "admin 2.2")
def test_the_router_says_that_every_service_is_well(
    router: Callable[[], Answer], observe: Callable[[str, Any], None]
) -> None:
    """The router, where it can be asked, says of itself and of every service behind it that they are well."""
    answer = router()
    found = states(answer.body)
    observe("services", ", ".join(name for name, _ in found))

    assert answer.status == 200, answer
    assert [f"{name} is {state}" for name, state in found if state != WELL] == [], answer
