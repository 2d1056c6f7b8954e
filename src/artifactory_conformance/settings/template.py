"""The commented template of a settings file, made of the table."""

from __future__ import annotations

import json
import os
from pathlib import Path
from textwrap import wrap

from artifactory_conformance.settings.setting import Setting
from artifactory_conformance.settings.table import TABLE

HEAD = """\
# Settings of artifactory-conformance, read where pytest or `python -m artifactory_conformance verify` is called in this
# folder, or by --config FILE. An option outweighs an environment variable, which outweighs this file, which outweighs
# the default; `python -m artifactory_conformance config` shows what counts, and why.
#
# What begins with "# " and a name is switched off: take the "# " away. Paths are relative to this file.
# Passwords may stand here only as long as nobody else can read the file (chmod 600, as it was made).
"""

WIDTH = 100
"""Characters of a line of comment."""

TARGET = "instance"
"""What somebody who writes a settings file tests: the embedded target needs none."""

_HEADINGS = {
    "target": "What is under test",
    "organization": "What the checks ask for",
    "level": "How far a run may go",
    "model_profile": "The embedded target alone: leave all of these out for an instance or an index",
    "catalog_control": "A catalog that the suite controls, and the set-up of a disposable instance",
    "ca_bundle": "How the target is reached and looked at",
    "require": "What counts as a success, and where the reports go",
    "credentials": "Accounts. A password is better off in the environment, a netrc or a keyring (credentials)",
}
_EXAMPLES = {
    "artifactory_url": "https://artifactory.example.com",
    "index_url": "https://index.example.com/simple/",
    "page_period": "5",
    "virtual": "pypi-virtual",
    "local": "pypi-local",
    "organization": "01234567-89ab-cdef-0123-456789abcdef",
    "level": "pull",
    "catalog_control": "http://127.0.0.1:8990",
    "catalog_address": "http://catalog.example.com:8990",
    "catalog_other_address": "http://store.example.com:8990",
    "ca_bundle": "ca.pem",
    "proxy": "http://proxy.example.com:3128",
    "max_requests": "5000",
    "max_megabytes": "20",
    "waivers": "waivers.toml",
    "credentials": "keyring",
}


def template() -> str:
    """Give a file in which nothing is set but the kind of target, and everything can be."""
    parts = [HEAD]
    for setting in TABLE:
        if setting.name == "config":
            continue
        if heading := _HEADINGS.get(setting.name):
            parts.append(f"\n# ---- {heading}\n")
        meaning = f"{setting.help[0].upper()}{setting.help[1:]} ({setting.environment})."
        parts.append("\n" + "".join(f"# {line}\n" for line in wrap(meaning, WIDTH)))
        parts.append(
            f'target = "{TARGET}"\n' if setting.name == "target" else f"# {setting.name} = {_example(setting)}\n"
        )
    return "".join(parts)


def write_template(path: Path) -> None:
    """Write the template, for nobody but its owner to read. Raises FileExistsError, or another OSError."""
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        file.write(template())


def _example(setting: Setting) -> str:
    """Give the default as TOML has it, or what a value looks like."""
    if setting.flag:
        return "true"
    if setting.repeatable:
        return json.dumps([part for part in setting.default.split(",") if part] or [setting.metavar])
    value = setting.default or _EXAMPLES.get(setting.name, setting.metavar)
    return value if setting.number else json.dumps(value)
