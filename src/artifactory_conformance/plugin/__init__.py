"""The pytest side: options, gating, what a check's outcome is, and the verdict of a run.

Loaded by name (`-p artifactory_conformance.plugin`); it judges what lies below `suites/` or carries a clause marker,
and leaves every other test alone. Fixtures may import the run's state from it, nothing else does.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator

import pytest

from artifactory_conformance.guide import clauses
from artifactory_conformance.plugin import collection
from artifactory_conformance.plugin.assertions import Assertions
from artifactory_conformance.plugin.execution import Execution
from artifactory_conformance.plugin.judging import Judging
from artifactory_conformance.plugin.plan import Plan
from artifactory_conformance.plugin.run import RunState, begin_run
from artifactory_conformance.plugin.watching import watch_streams
from artifactory_conformance.settings import (
    MalformedSettings,
    Settings,
    given_options,
    options,
    refuse_credentials,
)
from artifactory_conformance.settings.echo import echo
from artifactory_conformance.settings.given import Given
from artifactory_conformance.settings.resolve import settings_of

__all__ = [
    "pytest_addoption",
    "pytest_cmdline_main",
    "pytest_configure",
    "pytest_pycollect_makeitem",
    "pytest_unconfigure",
]

EXECUTION, ASSERTIONS = "conformance-execution", "conformance-assertions"
JUDGING, PLAN = "conformance-judging", "conformance-plan"
"""Names at pytest's plugin manager: of the two halves, and of what is there instead of them where only a plan is."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add one option for every setting that is not a secret."""
    group = parser.getgroup("conformance", "artifactory-conformance")
    for option, keywords in options():
        group.addoption(option, **keywords)
    told = "print what the run would do, request, make and touch, by the settings that are given; contact nothing"
    group.addoption("--plan", action="store_true", help=told)


def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> None:
    """Refuse credentials in a URL before pytest, or anybody, repeats its arguments."""
    if collection.may_hold_checks(early_config):
        try:
            refuse_credentials(args)
        except MalformedSettings as error:
            raise pytest.UsageError(str(error)) from None


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Plan in this process: there is nothing for others to do."""
    if config.option.plan and hasattr(config.option, "numprocesses"):
        config.option.numprocesses, config.option.tx, config.option.dist = None, [], "no"


def pytest_configure(config: pytest.Config) -> None:
    """Read the settings and refuse unusable ones, before any contact; then take the run over."""
    config.addinivalue_line(
        "markers", "clause(*ids, facts=(), since, before, builds_on, observes): what a check is about"
    )
    if config.option.help or config.option.version or not collection.may_hold_checks(config):
        return
    _refuse_switched_off_assertions(config)
    _refuse_what_takes_the_judge_out(config)
    _refuse_unredacted_copies(config)
    # Workers load entry points again unless the environment says no: what is used is named.
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    settings, effective = _settings(config)
    if config.option.plan:
        config.pluginmanager.register(Plan(settings), PLAN)
        return
    state = begin_run(config, settings, effective)
    state.watched += watch_streams(config, state.redactor)
    # Else an assertion that fails in a thread is a line of pytest's, and the check passes.
    config.addinivalue_line("filterwarnings", "error::pytest.PytestUnhandledThreadExceptionWarning")
    # xdist makes a folder for every worker, and pytest puts it into the machine's temporary folder.
    config.option.basetemp = config.option.basetemp or str(state.scratch / "tmp")
    if state.executes:
        assertions = Assertions(state.recorder)
        config.pluginmanager.register(assertions, ASSERTIONS)
        config.pluginmanager.register(Execution(config, state, assertions), EXECUTION)
    if state.controls:
        config.pluginmanager.register(Judging(config, state), JUDGING)


def _settings(config: pytest.Config) -> tuple[Settings, str]:
    """Give the settings, and all of them in effect for people to read, secrets masked."""
    folder = config.invocation_params.dir
    try:
        given = Given(given_options(config.option), os.environ, folder)
        settings = settings_of(given, list(clauses()))
    except MalformedSettings as error:
        raise pytest.UsageError(str(error)) from error
    _refuse_unknown_faults(settings)
    _refuse_unknown_switches(settings)
    return settings, echo(given.values, settings)


def _refuse_unknown_faults(settings: Settings) -> None:
    """Refuse names that nothing has; the tables are looked at only if there are names."""
    if settings.defect or settings.variation or settings.misconfiguration:
        from artifactory_conformance.misconfigurations import MISCONFIGURATIONS
        from artifactory_conformance.reference.defects import DEFECTS
        from artifactory_conformance.reference.variations import VARIATIONS

        tables = (("defect", DEFECTS), ("misconfiguration", MISCONFIGURATIONS), ("variation", VARIATIONS))
        for setting, known in tables:
            for name in getattr(settings, setting):
                if name not in known:
                    command = "`python -m artifactory_conformance list` names them"
                    raise pytest.UsageError(
                        f"--{setting} {name!r} (from {settings.origins[setting]}): unknown; {command}"
                    )


def _refuse_unknown_switches(settings: Settings) -> None:
    """Refuse what the model could not be started with; its own table is asked, and only if a switch was given."""
    if settings.model_switch:
        from artifactory_conformance.reference.profiles import PROFILES
        from artifactory_conformance.reference.switches import UnknownSwitch

        for switch in settings.model_switch:
            name, _, value = switch.partition("=")
            try:
                PROFILES[settings.model_profile].switch_set({name: value})
            except UnknownSwitch as error:
                origin = settings.origins["model_switch"]
                told = f"--model-switch {switch!r} (from {origin}): {error}; docs/model.md lists them"
                raise pytest.UsageError(told) from error


def _refuse_switched_off_assertions(config: pytest.Config) -> None:
    if sys.flags.optimize:
        raise pytest.UsageError(
            "python -O or PYTHONOPTIMIZE switches assertions off: nothing could fail; run without it"
        )
    if config.getoption("assertmode") != "rewrite":
        raise pytest.UsageError("--assert=plain hides which assertions ran; run with --assert=rewrite, the default")


def _refuse_what_takes_the_judge_out(config: pytest.Config) -> None:
    for name in (EXECUTION, ASSERTIONS, JUDGING):
        if config.pluginmanager.is_blocked(name):
            raise pytest.UsageError(f"-p no:{name} leaves nobody to judge; run without it")


def _refuse_unredacted_copies(config: pytest.Config) -> None:
    """Refuse pytest's own ways to copy what it sees to a place where no redactor stands."""
    for option in ("debug", "pastebin", "log_file"):
        given = config.getoption(option, None) or (option == "log_file" and config.getini(option))
        if given:
            name = option.replace("_", "-")
            raise pytest.UsageError(f"--{name} copies what pytest sees before secrets are taken out of it")


@pytest.hookimpl(wrapper=True)
def pytest_pycollect_makeitem() -> Generator[None, object, object]:
    """Refuse checks without a clause, with an unknown one, or without a sentence of their own: a collection error."""
    made = yield
    for item in made if isinstance(made, list) else [made]:
        if isinstance(item, pytest.Function):
            collection.validate(item)
    return made


def pytest_unconfigure(config: pytest.Config) -> None:
    """End what is still running, whatever way the run went."""
    state = config.stash.get(RunState.key, None)
    if state is not None:
        state.close()
