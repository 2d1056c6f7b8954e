"""From options and environment to Settings: one precedence (option, environment, default), one line per mistake."""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from artifactory_conformance.guide import PRINTED_EXAMPLE
from artifactory_conformance.settings.table import BY_NAME, TABLE, Setting
from artifactory_conformance.settings.values import MODEL_PROFILES, Administrator, Settings, TargetKind
from artifactory_conformance.verdicts import Level


class MalformedSettings(ValueError):
    """A setting has an unusable value, or two contradict each other. The message names it and where it came from."""


@dataclass(frozen=True)
class _Value:
    setting: Setting
    text: str
    origin: str

    def refuse(self, problem: str) -> MalformedSettings:
        shown = (
            "" if self.setting.secret or (self.setting.flag and self.text == str(True)) else f" {self._harmless()!r}"
        )
        return MalformedSettings(
            f"{self.setting.option or self.setting.environment}{shown} (from {self.origin}): {problem}"
        )

    def _harmless(self) -> str:
        """The text without what may be a password: nobody's credentials belong into a message."""
        if "@" in self.text:
            return "…" + self.text.rpartition("@")[2].partition("?")[0].partition("#")[0]
        address = re.split(r"[?#]", self.text, maxsplit=1) if "://" in self.text else [self.text]
        return address[0] + "…" * (len(address) - 1)


_E = TypeVar("_E", bound=Enum)
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9._-]{0,63}")


class _Given:
    """All values as text, with their origins; typed access that refuses with a full sentence."""

    def __init__(self, options: Mapping[str, object], environment: Mapping[str, str]) -> None:
        self._values = {setting.name: self._find(setting, options, environment) for setting in TABLE}

    @staticmethod
    def _find(setting: Setting, options: Mapping[str, object], environment: Mapping[str, str]) -> _Value:
        option = options.get(setting.name)
        if option not in (None, False, [], ()):
            text = ",".join(option) if isinstance(option, (list, tuple)) else str(option)
            return _Value(setting, text, "the command line")
        if environment.get(setting.environment, "") != "":
            return _Value(setting, environment[setting.environment], f"environment variable {setting.environment}")
        return _Value(setting, setting.default, "the default")

    def __getitem__(self, name: str) -> _Value:
        return self._values[name]

    def origins(self) -> dict[str, str]:
        return {name: value.origin for name, value in self._values.items()}

    def text(self, name: str) -> str:
        return self[name].text

    def several(self, name: str) -> tuple[str, ...]:
        return tuple(text.strip() for text in self.text(name).split(",") if text.strip())

    def choice(self, name: str, kind: type[_E]) -> _E:
        value = self[name]
        try:
            return kind(value.text)
        except ValueError:
            raise value.refuse(f"must be one of {', '.join(member.value for member in kind)}") from None

    def switch(self, name: str) -> bool:
        value = self[name]
        text = value.text.lower()
        if text not in _TRUE | _FALSE:
            raise value.refuse(f"must be one of {', '.join(sorted(_TRUE | _FALSE - {''}))}")
        return text in _TRUE

    def url(self, name: str) -> str:
        value = self[name]
        if not value.text:
            return ""
        if "@" in value.text:
            raise value.refuse(
                "credentials do not belong into a URL; set ARTIFACTORY_USER and ARTIFACTORY_PASS instead"
            )
        if not value.text.isprintable() or " " in value.text:
            raise value.refuse("must not have blanks or control characters")
        try:
            parts = urlsplit(value.text)
            _ = parts.port
        except ValueError:
            raise value.refuse("is no URL: its host or port cannot be read") from None
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise value.refuse("must be a http:// or https:// URL with a host")
        if "?" in value.text or "#" in value.text:
            raise value.refuse("must not have a query or a fragment")
        return value.text.rstrip("/")

    def key(self, name: str) -> str:
        value = self[name]
        if value.text and not _KEY.fullmatch(value.text):
            raise value.refuse(
                "is no repository key: letters, digits, '.', '_' and '-', at most 64, not beginning with a digit"
            )
        return value.text

    def organization(self) -> str:
        value = self["organization"]
        if not value.text:
            return ""
        try:
            parsed = str(uuid.UUID(value.text))
        except ValueError:
            raise value.refuse("must be your organization's UUID, like 01234567-89ab-cdef-0123-456789abcdef") from None
        if parsed == PRINTED_EXAMPLE:
            raise value.refuse("is the guide's printed example; give your own organization's UUID")
        return parsed

    def folder(self, name: str) -> Path | None:
        value = self[name]
        if not value.text:
            return None
        path = Path(value.text)
        try:
            if path.is_dir():
                return path.resolve()
        except (OSError, ValueError):  # a name that is too long, a folder that may not be seen
            raise value.refuse("cannot be looked at") from None
        raise value.refuse("is not a folder")


def _reports(given: _Given) -> Path:
    value = given["reports"]
    if not value.text.strip() or "\0" in value.text:
        raise value.refuse("must be the name of a folder")
    path = Path(value.text).absolute()
    try:
        os.fsencode(path)
        nearest = next(parent for parent in (path, *path.parents) if parent.exists())
    except (OSError, ValueError):
        raise value.refuse("cannot be looked at") from None
    if not nearest.is_dir():
        raise value.refuse(f"cannot be made: {nearest} is not a folder")
    return path


def _administrator(given: _Given) -> Administrator | None:
    user, password, token = (given.text(name) for name in ("admin_user", "admin_password", "admin_token"))
    if token and (user or password):
        raise given["admin_token"].refuse(
            "contradicts ARTIFACTORY_ADMIN_USER/ARTIFACTORY_ADMIN_PASS; give one of the two"
        )
    _together(given, "admin_user", "admin_password")
    return Administrator(user, password, token) if token or user else None


def _together(given: _Given, first: str, second: str) -> None:
    for one, other in ((first, second), (second, first)):
        if given.text(one) and not given.text(other):
            raise given[one].refuse(f"is given without {BY_NAME[other].environment}")


_NOT_EMBEDDED = (
    *("artifactory_url", "organization", "catalog_control", "catalog_address", "catalog_other_address"),
    *("user", "admin_user", "admin_token", "catalog_user"),
)


def _same_key_twice(given: _Given, keys: Mapping[str, str]) -> None:
    """Refuse a key that two repositories are to have; Artifactory does not tell them apart by case."""
    if not keys["repo"]:
        raise given["repo"].refuse("must be the key of the remote repository")
    for (one, key), (other, same) in combinations(keys.items(), 2):
        if key and key.lower() == same.lower():
            # a key that was given is to blame rather than one that is made up for the run
            name = other if given.text(other) else one
            problem = "--repo, --virtual and --local must be three different keys"
            raise given[name].refuse(f"{problem}, and --{one} and --{other} are both {key!r}")


def _contradictions(given: _Given, settings: Settings) -> None:
    """Refuse what cannot be meant together."""
    if settings.target in {TargetKind.CONTAINER, TargetKind.INDEX}:
        raise given["target"].refuse("this version knows embedded and instance; the others come later")
    if settings.target is TargetKind.EMBEDDED:
        if settings.exclusive:
            raise given["exclusive"].refuse("is for an instance that others may use; the embedded target is ours alone")
        for name in _NOT_EMBEDDED:
            if given.text(name):
                raise given[name].refuse("contradicts the embedded target, which makes its own; use --target instance")
    else:
        _contradictions_of_instance(given, settings)
        _contradictions_of_set_up(given, settings)


def _contradictions_of_instance(given: _Given, settings: Settings) -> None:
    if not settings.artifactory_url:
        raise given["target"].refuse("needs --artifactory-url (or ARTIFACTORY_URL)")
    for name in ("model_profile", "model_switch", "catalog_dir"):
        if given.text(name):
            raise given[name].refuse("is for the embedded target only")
    if settings.level is Level.MUTATE and settings.administrator is None:
        raise given["level"].refuse("needs an administrator: set ARTIFACTORY_ADMIN_TOKEN, or _USER and _PASS")


def _contradictions_of_set_up(given: _Given, settings: Settings) -> None:
    if not settings.set_up_site:
        return
    if settings.level is not Level.MUTATE:
        raise given["set_up_site"].refuse("needs --level mutate")
    if not settings.catalog_control:
        raise given["set_up_site"].refuse("needs --catalog-control, a fake catalog to set it up with")
    for name in ("user", "organization"):
        if given.text(name):
            raise given[name].refuse("contradicts --set-up-site, which makes its own")


def _with_defaults_of_target(given: _Given, target: TargetKind, set_up: bool) -> tuple[Level, str, str, str]:
    """What depends on the target: the level, and the keys and profile that are made rather than found."""
    made = target is TargetKind.EMBEDDED or set_up
    if given.text("level"):
        level = given.choice("level", Level)
    else:
        level = Level.MUTATE if target in {TargetKind.EMBEDDED, TargetKind.CONTAINER} else Level.PULL
    virtual = given.key("virtual") or ("activestate-virtual" if made else "")
    local = given.key("local") or ("internal-pypi" if made else "")
    profile = given.text("model_profile") or (MODEL_PROFILES[0] if target is TargetKind.EMBEDDED else "")
    if profile and profile not in MODEL_PROFILES:
        raise given["model_profile"].refuse(f"must be one of {', '.join(MODEL_PROFILES)}")
    return level, virtual, local, profile


def _model_switches(given: _Given) -> tuple[str, ...]:
    switches = given.several("model_switch")
    for switch in switches:
        if not all(switch.partition("=")):
            raise given["model_switch"].refuse(f"{switch!r} has not the form NAME=VALUE; docs/model.md lists them")
    return switches


def resolve(options: Mapping[str, object], environment: Mapping[str, str], *, clauses: Sequence[str] = ()) -> Settings:
    """Make the Settings of a run.

    options: values by setting name as the command line gave them, None when absent. clauses: what --require may name.
    Raises MalformedSettings, with one line that names the setting, its value and its origin, before any contact.
    """
    given = _Given(options, environment)
    target = given.choice("target", TargetKind)
    set_up_site = given.switch("set_up_site")
    level, virtual, local, profile = _with_defaults_of_target(given, target, set_up_site)
    require = given.several("require")
    for name in require:
        if clauses and name not in clauses:
            raise given["require"].refuse(f"{name!r} is no clause of the guide")
    _together(given, "user", "password")
    _together(given, "catalog_user", "catalog_password")
    control = given.url("catalog_control")
    settings = Settings(
        target=target,
        level=level,
        repo=given.key("repo"),
        virtual=virtual,
        local=local,
        reports=_reports(given),
        artifactory_url=given.url("artifactory_url"),
        organization=given.organization(),
        model_profile=profile,
        model_switch=_model_switches(given),
        catalog_dir=given.folder("catalog_dir"),
        catalog_control=control,
        catalog_address=given.url("catalog_address") or control,
        catalog_other_address=given.url("catalog_other_address"),
        set_up_site=set_up_site,
        exclusive=given.switch("exclusive"),
        require=require,
        fail_on_warning=given.switch("fail_on_warning"),
        user=given.text("user"),
        password=given.text("password"),
        administrator=_administrator(given),
        catalog_user=given.text("catalog_user"),
        catalog_password=given.text("catalog_password"),
        origins=given.origins(),
    )
    _same_key_twice(given, {"repo": settings.repo, "virtual": settings.virtual, "local": settings.local})
    _contradictions(given, settings)
    return settings
