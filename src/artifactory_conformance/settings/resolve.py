"""From what was given to Settings: every value checked, one line per mistake."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

from artifactory_conformance.settings.given import Given
from artifactory_conformance.settings.of_container import (
    container_settings,
    contradictions_of_container,
    refuse_container_settings,
)
from artifactory_conformance.settings.of_index import EMBEDDED_ONLY, contradictions_of_index, page_period
from artifactory_conformance.settings.of_others_servers import bounds_of, proxy_of
from artifactory_conformance.settings.table import BY_NAME
from artifactory_conformance.settings.values import (
    MODEL_PROFILES,
    Administrator,
    ContainerSettings,
    Settings,
    Standpoint,
    TargetKind,
)
from artifactory_conformance.settings.waivers_file import read_waivers
from artifactory_conformance.verdicts import Level


def _reports(given: Given) -> Path:
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


def _administrator(given: Given) -> Administrator | None:
    user, password, token = (given.text(name) for name in ("admin_user", "admin_password", "admin_token"))
    if token and (user or password):
        raise given["admin_token"].refuse(
            "contradicts ARTIFACTORY_ADMIN_USER/ARTIFACTORY_ADMIN_PASS; give one of the two"
        )
    _together(given, "admin_user", "admin_password")
    return Administrator(user, password, token) if token or user else None


def _together(given: Given, first: str, second: str) -> None:
    for one, other in ((first, second), (second, first)):
        if given.text(one) and not given.text(other):
            raise given[one].refuse(f"is given without {BY_NAME[other].environment}")


_INDEX_ONLY = ("index_url", "project", "page_period")
_NOT_EMBEDDED = (
    *_INDEX_ONLY,
    *("artifactory_url", "organization", "packages", "sdist", "ca_bundle"),
    *("catalog_control", "catalog_address", "catalog_other_address"),
    *("user", "admin_user", "admin_token", "catalog_user"),
)


def _same_key_twice(given: Given, keys: Mapping[str, str]) -> None:
    """Refuse a key that two repositories are to have; Artifactory does not tell them apart by case."""
    if not keys["repo"]:
        raise given["repo"].refuse("must be the key of the remote repository")
    for (one, key), (other, same) in combinations(keys.items(), 2):
        if key and key.lower() == same.lower():
            # a key that was given is to blame rather than one that is made up for the run
            name = other if given.text(other) else one
            problem = "--repo, --virtual and --local must be three different keys"
            raise given[name].refuse(f"{problem}, and --{one} and --{other} are both {key!r}")


def _contradictions(given: Given, settings: Settings) -> None:
    """Refuse what cannot be meant together."""
    if settings.target is TargetKind.CONTAINER:
        contradictions_of_container(given)
        return
    refuse_container_settings(given)
    if settings.target is TargetKind.EMBEDDED:
        if settings.exclusive:
            raise given["exclusive"].refuse("is for an instance that others may use; the embedded target is ours alone")
        if settings.standpoint is Standpoint.ACCOUNT and settings.level is Level.MUTATE:
            raise given["level"].refuse("needs an administrator, whom --standpoint account does without")
        for name in _NOT_EMBEDDED:
            if given.text(name):
                instead = " or, for a run without this file, --config /dev/null" if given.from_file(name) else ""
                problem = f"contradicts the embedded target, which makes its own; use --target instance{instead}"
                raise given[name].refuse(problem)
    elif settings.target is TargetKind.INDEX:
        contradictions_of_index(given, settings)
    else:
        _contradictions_of_instance(given, settings)
        _contradictions_of_set_up(given, settings)


def _contradictions_of_instance(given: Given, settings: Settings) -> None:
    if not settings.artifactory_url:
        raise given["target"].refuse(
            "needs --artifactory-url (or ARTIFACTORY_URL, or artifactory_url in conformance.toml)"
        )
    for name in EMBEDDED_ONLY:
        if given.text(name):
            raise given[name].refuse("is for the embedded target only")
    for name in _INDEX_ONLY:
        if given.text(name):
            raise given[name].refuse("is for --target index; an instance is named by --artifactory-url")
    if settings.tls:
        raise given["tls"].refuse("is for the embedded target only; an instance says by its URL how it is reached")
    if settings.level is Level.MUTATE and settings.administrator is None:
        raise given["level"].refuse("needs an administrator: set ARTIFACTORY_ADMIN_TOKEN, or _USER and _PASS")


def _contradictions_of_set_up(given: Given, settings: Settings) -> None:
    if not settings.set_up_site:
        return
    if settings.level is not Level.MUTATE:
        raise given["set_up_site"].refuse("needs --level mutate")
    if not settings.catalog_control:
        raise given["set_up_site"].refuse("needs --catalog-control, a fake catalog to set it up with")
    for name in ("user", "organization", "packages"):
        if given.text(name):
            raise given[name].refuse("contradicts --set-up-site, which makes its own")


def _with_defaults_of_target(given: Given, target: TargetKind, set_up: bool) -> tuple[Level, str, str, str]:
    """What depends on the target: the level, and the keys and profile that are made rather than found."""
    made = target in {TargetKind.EMBEDDED, TargetKind.CONTAINER} or set_up
    if given.text("level"):
        level = given.choice("level", Level)
    else:
        ours = target in {TargetKind.EMBEDDED, TargetKind.CONTAINER} and not given.text("standpoint")
        level = Level.MUTATE if ours else Level.PULL
    virtual = given.key("virtual") or ("activestate-virtual" if made else "")
    local = given.key("local") or ("internal-pypi" if made else "")
    profile = given.text("model_profile") or (MODEL_PROFILES[0] if target is TargetKind.EMBEDDED else "")
    if profile and profile not in MODEL_PROFILES:
        raise given["model_profile"].refuse(f"must be one of {', '.join(MODEL_PROFILES)}")
    return level, virtual, local, profile


def _standpoint(given: Given) -> Standpoint:
    """Give whose place the run takes at the embedded target; all of it unless told."""
    return given.choice("standpoint", Standpoint) if given.text("standpoint") else Standpoint.EVERYTHING


def _model_switches(given: Given) -> tuple[str, ...]:
    switches = given.several("model_switch")
    for switch in switches:
        if not all(switch.partition("=")):
            raise given["model_switch"].refuse(f"{switch!r} has not the form NAME=VALUE; docs/model.md lists them")
    return switches


def resolve(
    options: Mapping[str, object],
    environment: Mapping[str, str],
    *,
    clauses: Sequence[str] = (),
    folder: Path | None = None,
) -> Settings:
    """Make the Settings of a run.

    options: values by setting name as the command line gave them, None when absent. clauses: what --require may name.
    folder: where conformance.toml is looked for unless another file is named; None: nowhere.
    Raises MalformedSettings, with one line that names the setting, its value and its origin, before any contact.
    """
    return settings_of(Given(options, environment, folder), clauses)


def settings_of(given: Given, clauses: Sequence[str] = ()) -> Settings:
    """Make the Settings of what was given. clauses, and what it raises: as for `resolve`."""
    target = given.choice("target", TargetKind)
    set_up_site = given.switch("set_up_site")
    level, virtual, local, profile = _with_defaults_of_target(given, target, set_up_site)
    require = given.several("require")
    for name in require:
        if clauses and name not in clauses:
            raise given["require"].refuse(f"{name!r} is no clause of the guide")
    _together(given, "user", "password")
    _together(given, "catalog_user", "catalog_password")
    control, waivers = given.url("catalog_control"), given.file("waivers")
    settings = Settings(
        target=target,
        level=level,
        repo=given.key("repo"),
        virtual=virtual,
        local=local,
        reports=_reports(given),
        config=given.file("config"),
        credentials=given.text("credentials"),
        artifactory_url=given.url("artifactory_url"),
        index_url=given.url("index_url"),
        project=given.project("project"),
        page_period=page_period(given),
        organization=given.organization(),
        packages=given.projects("packages"),
        sdist=given.project("sdist"),
        canary=given.projects("canary"),
        most_versions=given.number("most_versions"),
        model_profile=profile,
        standpoint=_standpoint(given),
        model_switch=_model_switches(given),
        defect=given.several("defect"),
        misconfiguration=given.several("misconfiguration"),
        variation=given.several("variation"),
        catalog_dir=given.folder("catalog_dir"),
        catalog_control=control,
        catalog_address=given.url("catalog_address") or control,
        catalog_other_address=given.url("catalog_other_address"),
        set_up_site=set_up_site,
        ca_bundle=given.certificates("ca_bundle"),
        proxy=proxy_of(given, target),
        proxy_user=given.text("proxy_user"),
        proxy_password=given.text("proxy_password"),
        bounds=bounds_of(given, target, level),
        no_wrong_passwords=given.switch("no_wrong_passwords"),
        tls=given.switch("tls"),
        exclusive=given.switch("exclusive"),
        this_machine=given.switch("this_machine"),
        require=require,
        waivers=waivers,
        waived=read_waivers(waivers, clauses) if waivers else (),
        fail_on_warning=given.switch("fail_on_warning"),
        bundle=given.switch("bundle"),
        user=given.text("user"),
        password=given.text("password"),
        administrator=_administrator(given),
        catalog_user=given.text("catalog_user"),
        catalog_password=given.text("catalog_password"),
        containers=container_settings(given) if target is TargetKind.CONTAINER else ContainerSettings(),
        origins=given.origins(),
    )
    _same_key_twice(given, {"repo": settings.repo, "virtual": settings.virtual, "local": settings.local})
    _contradictions(given, settings)
    return settings
