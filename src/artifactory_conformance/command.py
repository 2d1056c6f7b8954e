"""The verbs of `python -m artifactory_conformance`, each a thin front for something that stands on its own."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from artifactory_conformance import __version__
from artifactory_conformance.settings import (
    TABLE,
    MalformedSettings,
    given_options,
    on_one_line,
    parser_of_options,
    refuse_credentials,
)
from artifactory_conformance.settings.file import FILE_NAME
from artifactory_conformance.settings.sources import collect
from artifactory_conformance.settings.value import Value

USAGE = """\
usage: python -m artifactory_conformance VERB [ARGUMENTS]

  verify         run the checks: pytest on the suites, wherever it is called; ARGUMENTS are pytest's and the suite's
                 (verify --help lists them; without any, the embedded reference model is the target)
  init           write conformance.toml, a commented template of settings, into this folder (init FILE: elsewhere)
  config         print every setting in effect and where it came from, secrets masked; takes the options of verify
  explain        show the summary of a run from its support bundle or its results.json, by the rules of this version,
                 without a network
  doctor         look at what configures pip, uv and poetry on this machine, and tell what to put right; sends nothing
                 (doctor --help)
  nightly        run the suite over versions of Artifactory in containers that are new since the last time, and tell
                 what changed (nightly --help)
  first-contact  run the suite at a real Artifactory, keep every exchange, and tell where it differs from the model
                 (first-contact --help)
  checks         list all checks and run none: as a table, with --json as data, with --clauses as an account of the
                 guide's clauses, with --facts as one of what clients and operators rely on
  list           list the defects, misconfigurations and variations that verify can be run with, and what they stand for
  serve-model    run the reference model of Artifactory as a service (serve-model --help)
  serve-catalog  run the fake catalog as a service (serve-catalog --help)
  cleanup        remove from an instance what a killed run has left there (cleanup RUN, or cleanup all); takes the
                 address and the administrator as verify does
  sweep          remove containers, networks and volumes that killed runs have left on this machine's engine; with
                 --others also those of before the last boot, and of other machines that use the same engine
"""

PACKAGE = Path(__file__).parent


def layout() -> Path:
    """Give the folder with conftest, fixtures, suites and pytest's configuration: the checkout, or the wheel's copy."""
    bundle = PACKAGE / "bundle"
    return bundle if bundle.is_dir() else PACKAGE.parent.parent


def verify(arguments: Sequence[str]) -> int:
    """Run pytest on the suites as if called in their own folder; reports go below the caller's folder."""
    import pytest

    from artifactory_conformance.containers.versions import run_each, versions_of

    versions, rest = versions_of(arguments, os.environ)
    if len(versions) > 1:
        return run_each(versions, rest, _reports(arguments))
    root = layout()
    others, named = _places(arguments, root)
    places = named or [str(root / "suites")]
    cache = f"cache_dir={_reports(arguments) / '.pytest_cache'}"
    return int(pytest.main(["-c", str(root / "pyproject.toml"), "--rootdir", str(root), "-o", cache, *others, *places]))


TAKE_A_VALUE = frozenset(
    {"-k", "-m", "-n", "-o", "-p", "-r", "-W", "--ignore", "--deselect", "--maxfail", "--dist", "--tb", "--durations"}
    | {setting.option for setting in TABLE if setting.option and not setting.flag}
)
"""Options whose value may look like a place to collect from, and is none."""


def _places(arguments: Sequence[str], root: Path) -> tuple[list[str], list[str]]:
    """Tell options from places to collect from, and give those as they lie below the root."""
    others, places = [], []
    for before, argument in zip(["", *arguments], arguments, strict=False):
        place = not argument.startswith("-") and before not in TAKE_A_VALUE
        if place and (root / argument.partition("::")[0]).exists():
            places.append(str(root / argument))
        else:
            others.append(argument)
    return others, places


def _reports(arguments: Sequence[str]) -> Path:
    """Give the reports folder, where pytest's cache goes as well: nothing is written beside an installed package."""
    parser = parser_of_options(add_help=False, exit_on_error=False)
    try:
        given = given_options(parser.parse_known_args(arguments)[0])
        return Path(collect(given, os.environ, Path.cwd())["reports"].text).absolute()
    except (MalformedSettings, argparse.ArgumentError):  # pytest, which is called with the same, tells it
        return Path("reports").absolute()


def init(arguments: Sequence[str]) -> int:
    """Write the template of a settings file, and never over another file."""
    from artifactory_conformance.settings.template import write_template

    if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
        print(f"init takes the name of a file to write, or nothing for {FILE_NAME}", file=sys.stderr)
        return 4
    path = Path(*arguments or (FILE_NAME,)).absolute()
    try:
        write_template(path)
    except FileExistsError:
        print(f"{on_one_line(str(path))}: is there already, and was left as it is", file=sys.stderr)
        return 4
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or "no name of a file"
        print(f"{on_one_line(str(path))}: cannot be written: {problem}", file=sys.stderr)
        return 4
    print(f"{on_one_line(str(path))}: written, for you alone to read. Give it the address (artifactory_url), then:")
    named = "" if path == Path(FILE_NAME).absolute() else f" --config={on_one_line(str(path))}"
    print(f"  python -m artifactory_conformance config{named}    shows what is in effect")
    print(f"  python -m artifactory_conformance verify{named}    runs the checks")
    return 0


def config(arguments: Sequence[str]) -> int:
    """Print every setting in effect with its origin; nothing is contacted, and no secret is shown."""
    from artifactory_conformance.guide import clauses
    from artifactory_conformance.settings.echo import echo, unknown_variables
    from artifactory_conformance.settings.given import Given
    from artifactory_conformance.settings.resolve import settings_of

    parser = parser_of_options(prog="python -m artifactory_conformance config")
    settings, problem = None, ""
    try:
        refuse_credentials(arguments)
        asked = given_options(parser.parse_args(arguments))
        values: Mapping[str, Value] = collect(asked, os.environ, Path.cwd())
    except MalformedSettings as error:
        print(f"ERROR: {error}", file=sys.stderr)
        return 4
    except SystemExit as error:  # argparse has said why
        return 4 if error.code else 0
    try:
        given = Given(asked, os.environ, Path.cwd())
        values = given.values
        settings = settings_of(given, list(clauses()))
    except MalformedSettings as error:
        problem = str(error)
    print(echo(values, settings), end="")
    for name in unknown_variables(os.environ):
        print(f"note: environment variable {on_one_line(name)} sets nothing; docs/settings.md lists those that do")
    if problem:
        print(f"ERROR: {problem}", file=sys.stderr)
    return 4 if problem else 0


def checks(arguments: Sequence[str]) -> int:
    """Print all checks, in one of several forms; nothing is contacted."""
    from artifactory_conformance.coverage.clauses_page import clauses_page
    from artifactory_conformance.coverage.facts_page import facts_page
    from artifactory_conformance.coverage.inventory import as_json, as_table
    from artifactory_conformance.plugin.inventory import NotCollected, collect

    forms = {"--json": as_json, "--clauses": clauses_page, "--facts": facts_page}
    if arguments and (len(arguments) > 1 or arguments[0] not in forms):
        print(f"checks takes one of {', '.join(forms)}, or nothing", file=sys.stderr)
        return 4
    try:
        found = collect(layout())
    except NotCollected as error:
        print(error, file=sys.stderr)
        return 2
    print(forms[arguments[0]](found) if arguments else as_table(found), end="")
    return 0


def list_faults(arguments: Sequence[str]) -> int:
    """Print what the embedded target can be broken or varied by; nothing is contacted."""
    from artifactory_conformance.misconfigurations import MISCONFIGURATIONS
    from artifactory_conformance.reference.defects import DEFECTS
    from artifactory_conformance.reference.variations import VARIATIONS

    if arguments:
        print("list takes no arguments", file=sys.stderr)
        return 4
    mistakes, broken, other = MISCONFIGURATIONS.values(), DEFECTS.values(), VARIATIONS.values()
    tables = {
        "defect": [(one.name, one.meaning, one.stands_for) for one in broken],
        "misconfiguration": [(one.name, one.meaning, one.stands_for) for one in mistakes],
        "variation": [(one.name, one.meaning, one.stands_for) for one in other],
    }
    for option, rows in tables.items():
        print(f"--{option} NAME ({len(rows)})")
        for name, meaning, stands_for in sorted(rows):
            print(f"  {name}: {meaning} [{', '.join(stands_for)}]")
    return 0


def _doctor(arguments: Sequence[str]) -> int:
    from artifactory_conformance.doctor.command import main

    return main(arguments)


def _explain(arguments: Sequence[str]) -> int:
    from artifactory_conformance.support.command import main

    return main(arguments)


def _nightly(arguments: Sequence[str]) -> int:
    from artifactory_conformance.nightly.command import main

    return main(arguments)


def _first_contact(arguments: Sequence[str]) -> int:
    from artifactory_conformance.first_contact.command import main

    return main(arguments, layout())


def _cleanup(arguments: Sequence[str]) -> int:
    from artifactory_conformance.cleanup import main

    return main(arguments)


def sweep(arguments: Sequence[str]) -> int:
    """Remove what killed runs have left at the container engine; 1 if something stays."""
    from artifactory_conformance.containers.engine import Engine, EngineRefused, EngineUnusable
    from artifactory_conformance.containers.leftovers import sweep as remove_leftovers

    if set(arguments) - {"--others"}:
        print("sweep takes --others, or nothing", file=sys.stderr)
        return 4
    try:
        told = remove_leftovers(Engine(), others=bool(arguments))
    except (EngineRefused, EngineUnusable) as error:
        print(error, file=sys.stderr)
        return 4
    print("\n".join(told) or "nothing is left of any run")
    return 1 if any("left behind" in line for line in told) else 0


def _serve_model(arguments: Sequence[str]) -> int:
    from artifactory_conformance.reference.__main__ import main

    return main(arguments)


def _serve_catalog(arguments: Sequence[str]) -> int:
    from artifactory_conformance.upstream.command import main

    return main(arguments)


VERBS: dict[str, Callable[[Sequence[str]], int]] = {
    "verify": verify,
    "init": init,
    "config": config,
    "explain": _explain,
    "doctor": _doctor,
    "nightly": _nightly,
    "first-contact": _first_contact,
    "checks": checks,
    "list": list_faults,
    "serve-model": _serve_model,
    "serve-catalog": _serve_catalog,
    "cleanup": _cleanup,
    "sweep": sweep,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the verb that the first argument names; give its exit code (4 for an unknown one)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--version"]:
        print(__version__)
        return 0
    if given[:1] in (["-h"], ["--help"], ["help"]):
        print(USAGE)
        return 0
    verb = VERBS.get(given[0]) if given else None
    if verb is None:
        problem = f"unknown verb {given[0]!r}" if given else "no verb given"
        print(f"{problem}\n{USAGE}", file=sys.stderr)
        return 4
    return verb(given[1:])
