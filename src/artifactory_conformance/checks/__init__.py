"""What a check imports: the clause marker, the control, and claims in the domain's words.

Checks and fixtures may import it. Asserts in `claims` count as the check's own: pytest rewrites them like a check's.
"""

import pytest

pytest.register_assert_rewrite(f"{__name__}.claims")

from .claims import assert_not_an_index, assert_refused, assert_served  # noqa: E402
from .control import ControlFailed, control  # noqa: E402
from .marker import clause  # noqa: E402

__all__ = ["ControlFailed", "assert_not_an_index", "assert_refused", "assert_served", "clause", "control"]
