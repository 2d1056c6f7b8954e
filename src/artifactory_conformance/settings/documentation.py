"""The table of settings as a page for people."""

from __future__ import annotations

from artifactory_conformance.settings.table import TABLE

HEAD = """\
# Settings

One precedence: option, then environment variable, then default. Secrets have no option. A malformed value, or two that
contradict each other, end the run with exit code 4 before anything is contacted. This page is made from the table that
the options are made of (`make docs`).

| option | environment variable | meaning | default |
|---|---|---|---|
"""


def as_markdown() -> str:
    """Give the page docs/settings.md."""
    rows = []
    for setting in TABLE:
        value = f"={setting.metavar}" if setting.metavar else ""
        option = f"`{setting.option}{value}`" if setting.option else "none: a secret"
        rows.append(f"| {option} | `{setting.environment}` | {setting.help} | {setting.default or ''} |\n")
    return HEAD + "".join(rows)
