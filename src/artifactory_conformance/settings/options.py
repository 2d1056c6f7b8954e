"""The options of a command line, made of the table: for pytest's parser and for argparse's."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from typing import Any

from artifactory_conformance.settings.malformed import MalformedSettings
from artifactory_conformance.settings.table import TABLE
from artifactory_conformance.settings.value import COMMAND_LINE

PREFIX = "conformance_"
"""What the attributes of parsed options begin with."""

_CREDENTIALS_IN_URL = re.compile(r"(?i)[a-z][a-z0-9+.-]*://[^/\s]*@|[a-z][a-z0-9+.-]*://[^/\s]*:[^\s]*@")


def options() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each option's name and the keywords of `add_argument`; secrets have none."""
    for setting in TABLE:
        if setting.secret:
            continue
        default = f", default {setting.default}" if setting.default else ""
        keywords: dict[str, Any] = {"dest": f"{PREFIX}{setting.name}", "default": None}
        keywords["help"] = f"{setting.help} ({setting.environment}{default})"
        if setting.flag:
            keywords["action"] = "store_true"
        else:
            keywords |= {"metavar": setting.metavar, "action": "append" if setting.repeatable else "store"}
        yield setting.option, keywords


def parser_of_options(**keywords: Any) -> argparse.ArgumentParser:
    """Give a parser that knows each of them, and none by a part of its name. keywords: more of the parser's own."""
    parser = argparse.ArgumentParser(allow_abbrev=False, **keywords)
    for option, its_keywords in options():
        parser.add_argument(option, **its_keywords)
    return parser


def given_options(parsed: object) -> dict[str, object]:
    """Give the values of parsed options by name of the setting, None where an option was not given."""
    return {setting.name: getattr(parsed, f"{PREFIX}{setting.name}", None) for setting in TABLE}


def refuse_credentials(arguments: Sequence[str]) -> None:
    """Refuse a command line with credentials in a URL, wherever it stands and before anything repeats it.

    Raises MalformedSettings, which names the option and never what was in the URL.
    """
    for before, argument in zip(["", *arguments], arguments, strict=False):
        if _CREDENTIALS_IN_URL.search(argument):
            name, equals, _ = argument.partition("=")
            option = name if equals and name.startswith("-") and name.isprintable() else before
            shown = option if re.fullmatch("--?[a-z-]+", option) else "an argument"
            place = argument.rpartition("@")[2].partition("?")[0].partition("#")[0]
            raise MalformedSettings(
                f"{shown} {'…' + place!r} (from {COMMAND_LINE}): credentials do not belong into a URL: everybody on "
                "this machine can see a command line, and shells remember it. Change that password, and set "
                "ARTIFACTORY_USER and ARTIFACTORY_PASS instead, or see docs/settings.md"
            )
