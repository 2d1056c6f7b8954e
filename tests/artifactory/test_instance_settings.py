"""A setting of the whole instance is put back, whatever happens in between."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from requests.structures import CaseInsensitiveDict

from artifactory_conformance.artifactory import ANONYMOUS_ACCESS, HIDE_EXISTENCE, ArtifactoryRefused, InstanceSettings
from artifactory_conformance.artifactory.user_locks import UserLocks
from artifactory_conformance.evidence import Answer
from artifactory_conformance.ledger import Ledger


@dataclass
class Instance:
    """Answers as an instance does that keeps its descriptor and its lock policy."""

    security: dict[str, bool] = field(default_factory=lambda: {ANONYMOUS_ACCESS: False, HIDE_EXISTENCE: True})
    quota: dict[str, Any] = field(default_factory=lambda: {"enabled": False, "diskSpaceLimitPercentage": 95})
    policy: dict[str, Any] = field(default_factory=lambda: {"enabled": False, "loginAttempts": 5})
    refuses: bool = False

    def request(self, method: str, path: str, data: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
        if self.refuses:
            return self._answer(path, method, 403, b"")
        if path.endswith("userLockPolicy"):
            self.policy = json.loads(data) if method == "PUT" else self.policy
            return self._answer(path, method, 200, json.dumps(self.policy).encode())
        if method == "PATCH":
            assert (headers or {})["Content-Type"] == "application/yaml"
            self.security.update(json.loads(data).get("security", {}))
            self.quota.update(json.loads(data).get("quotaConfig", {}))
        sections = {"security": self.security, "backup": {"enabled": True}, "quotaConfig": self.quota}
        return self._answer(
            path, method, 200, f"<config>{''.join(map(_xml, sections, sections.values()))}</config>".encode()
        )

    @staticmethod
    def _answer(path: str, method: str, status: int, body: bytes) -> Answer:
        return Answer(status, CaseInsensitiveDict(), body, f"http://a/{path}", method, "admin")


def _xml(section: str, values: dict[str, Any]) -> str:
    lines = "".join(f"  <{name}>{str(value).lower()}</{name}>\n" for name, value in values.items())
    return f"<{section}>\n{lines}</{section}>\n"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger.jsonl", "r1", target="http://a")


def settings_of(instance: Instance, ledger: Ledger | None = None) -> InstanceSettings:
    return InstanceSettings(instance, ledger)  # type: ignore[arg-type]


def states(ledger: Ledger) -> list[tuple[str, str]]:
    return [(e["name"], e["state"]) for e in map(json.loads, ledger.file.read_text("utf-8").splitlines())]


@pytest.mark.parametrize("name", [ANONYMOUS_ACCESS, HIDE_EXISTENCE])
def test_setting_is_what_it_was_also_after_a_failure(name: str, ledger: Ledger) -> None:
    instance = Instance()
    before = dict(instance.security)
    with suppress(ZeroDivisionError), settings_of(instance, ledger).with_security(name, not before[name]):
        assert instance.security[name] is not before[name]
        assert states(ledger) == [(f"security.{name}", "intended")]
        raise ZeroDivisionError
    assert instance.security == before
    assert states(ledger)[1:] == [(f"security.{name}", "removed")]


def test_setting_that_cannot_be_put_back_stays_in_the_ledger(ledger: Ledger) -> None:
    instance = Instance()
    with pytest.raises(ArtifactoryRefused), settings_of(instance, ledger).with_security(ANONYMOUS_ACCESS, True):
        instance.refuses = True
    assert states(ledger) == [(f"security.{ANONYMOUS_ACCESS}", "intended")]
    written = json.loads(ledger.file.read_text("utf-8"))
    assert (written["before"], written["during"]) == (False, True)


def test_no_setting_is_changed_for_a_while_without_a_ledger() -> None:
    instance = Instance()
    with pytest.raises(AssertionError), settings_of(instance).with_security(ANONYMOUS_ACCESS, True):
        pass
    assert instance.security[ANONYMOUS_ACCESS] is False


@pytest.mark.parametrize("enabled", [False, True])
def test_quota_is_what_it_was_also_after_a_failure(enabled: bool, ledger: Ledger) -> None:
    instance = Instance()
    instance.quota["enabled"] = enabled
    with suppress(ZeroDivisionError), settings_of(instance, ledger).with_quota_exceeded():
        assert instance.quota["enabled"] is True
        assert instance.quota["diskSpaceLimitPercentage"] == 2
        raise ZeroDivisionError
    assert instance.quota["enabled"] is enabled
    assert instance.quota["diskSpaceLimitPercentage"] == 95


def test_section_is_read_apart_from_others_with_the_same_elements() -> None:
    assert settings_of(Instance()).section("quotaConfig") == {"enabled": "false", "diskSpaceLimitPercentage": "95"}
    assert settings_of(Instance()).section("absent") == {}


def test_value_is_read_by_its_whole_name() -> None:
    assert settings_of(Instance()).value(HIDE_EXISTENCE) == "true"
    assert settings_of(Instance()).value("hideUnauthorized") is None


def test_refusal_is_no_setting() -> None:
    with pytest.raises(ArtifactoryRefused):
        settings_of(Instance(refuses=True)).value(ANONYMOUS_ACCESS)


def test_lock_policy_is_put_back(ledger: Ledger) -> None:
    instance = Instance()
    with suppress(ZeroDivisionError), UserLocks(instance, ledger).after(2):  # type: ignore[arg-type]
        assert instance.policy == {"enabled": True, "loginAttempts": 2}
        raise ZeroDivisionError
    assert instance.policy == {"enabled": False, "loginAttempts": 5}
