"""What a check imports: the clause marker, the control, and claims in the domain's words.

Checks and fixtures may import it. Asserts in `claims`, `envelope` and `safety` count as the check's own: pytest
rewrites them like a check's.
"""

import pytest

pytest.register_assert_rewrite(f"{__name__}.claims", f"{__name__}.envelope", f"{__name__}.safety")

from artifactory_conformance.checks.claims import (  # noqa: E402
    assert_accepted,
    assert_arrives,
    assert_becomes,
    assert_becomes_listed,
    assert_becomes_served,
    assert_becomes_turned_away,
    assert_came_through,
    assert_challenged,
    assert_change_reads_back,
    assert_declined,
    assert_given_what_was_promised,
    assert_has_bytes,
    assert_installed,
    assert_is_what_its_page_says,
    assert_lists,
    assert_lists_only,
    assert_never_asked,
    assert_not_an_index,
    assert_not_served,
    assert_of_its_project,
    assert_redirect_stays,
    assert_refused,
    assert_served,
    assert_serves,
    assert_shown,
)
from artifactory_conformance.checks.control import ControlFailed, control  # noqa: E402
from artifactory_conformance.checks.envelope import assert_enveloped, errors_in  # noqa: E402
from artifactory_conformance.checks.marker import clause, relied_on  # noqa: E402
from artifactory_conformance.checks.safety import (  # noqa: E402
    assert_client_refuses,
    assert_keeps_password,
    assert_keeps_password_out,
    assert_never_given_credentials,
    assert_no_file,
    assert_page_stays,
    assert_right_or_no_file,
)

__all__ = [
    "ControlFailed",
    "assert_accepted",
    "assert_arrives",
    "assert_becomes",
    "assert_becomes_listed",
    "assert_becomes_served",
    "assert_becomes_turned_away",
    "assert_came_through",
    "assert_challenged",
    "assert_change_reads_back",
    "assert_client_refuses",
    "assert_declined",
    "assert_enveloped",
    "assert_given_what_was_promised",
    "assert_has_bytes",
    "assert_installed",
    "assert_is_what_its_page_says",
    "assert_keeps_password",
    "assert_keeps_password_out",
    "assert_lists",
    "assert_lists_only",
    "assert_never_asked",
    "assert_never_given_credentials",
    "assert_no_file",
    "assert_not_an_index",
    "assert_not_served",
    "assert_of_its_project",
    "assert_page_stays",
    "assert_redirect_stays",
    "assert_refused",
    "assert_right_or_no_file",
    "assert_served",
    "assert_serves",
    "assert_shown",
    "clause",
    "control",
    "errors_in",
    "relied_on",
]
