"""Claims about the form in which Artifactory tells errors (E-01)."""

from __future__ import annotations

import json
from typing import Any

from artifactory_conformance.evidence import Answer


def assert_enveloped(answer: Answer) -> None:
    """Claim that an error is told as Artifactory tells errors: the status once more, and a message (E-01)."""
    assert answer.media_type == "application/json", str(answer)
    errors = errors_in(answer)
    assert errors, f"not a list of errors: {answer}"
    for error in errors:
        assert error.get("status") == answer.status, str(answer)
        assert isinstance(error.get("message"), str), str(answer)


def errors_in(answer: Answer) -> list[dict[str, Any]]:
    """Give the errors that an answer lists; none if it is no envelope."""
    try:
        errors = json.loads(answer.body)["errors"]
    except (ValueError, RecursionError, TypeError, LookupError):
        return []
    return errors if isinstance(errors, list) and all(isinstance(error, dict) for error in errors) else []
