"""What the tests of settings give, and how they look at a refusal."""

from __future__ import annotations

import pytest

from artifactory_conformance.settings import TABLE, MalformedSettings, resolve

SECRET = "s3cret-value"
INSTANCE = {"target": "instance", "artifactory_url": "https://artifacts.example.org/artifactory"}
SET_UP = {**INSTANCE, "level": "mutate", "set_up_site": True, "catalog_control": "http://127.0.0.1:1"}
ADMIN = {"ARTIFACTORY_ADMIN_TOKEN": SECRET}
BY_NAME = {setting.name: setting for setting in TABLE}


def refusal(options: dict[str, object], environment: dict[str, str] | None = None) -> str:
    """Give the one line with which settings are refused, without a secret."""
    with pytest.raises(MalformedSettings) as refused:
        resolve(options, environment or {}, clauses=("REMOTE-01",))
    text = str(refused.value)
    assert text.isprintable(), "one line, whatever was given"
    assert SECRET not in text
    return text
