"""The one precedence: option, then environment variable, then settings file, then default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from artifactory_conformance.settings.file import FILE_NAME, SettingsFile, read_settings_file
from artifactory_conformance.settings.setting import Setting
from artifactory_conformance.settings.table import BY_NAME, TABLE
from artifactory_conformance.settings.value import COMMAND_LINE, DEFAULT, Value


def collect(
    options: Mapping[str, object], environment: Mapping[str, str], folder: Path | None = None
) -> dict[str, Value]:
    """Find every setting where it counts most.

    options: values by setting name, None when absent. folder: where conformance.toml is looked for, unless another file
    is named; None: nowhere. Raises MalformedSettings for a file that cannot be taken.
    """
    config = _find(BY_NAME["config"], options, environment, None)
    file = None
    if config.text:
        file = read_settings_file(Path(config.text))
        config = Value(config.setting, str(file.path), config.origin)
    elif folder is not None and os.path.lexists(folder / FILE_NAME):
        file = read_settings_file(folder / FILE_NAME)
        config = Value(config.setting, str(file.path), "the folder where pytest is called")
    others = {
        setting.name: _find(setting, options, environment, file) for setting in TABLE if setting is not config.setting
    }
    return {config.setting.name: config, **others}


def _find(
    setting: Setting, options: Mapping[str, object], environment: Mapping[str, str], file: SettingsFile | None
) -> Value:
    option = options.get(setting.name)
    if option not in (None, False, [], ()):
        text = ",".join(option) if isinstance(option, (list, tuple)) else str(option)
        return Value(setting, text, COMMAND_LINE)
    if environment.get(setting.environment, "") != "":
        return Value(setting, environment[setting.environment], f"environment variable {setting.environment}")
    if file is not None and setting.name in file.texts:
        return Value(setting, file.texts[setting.name], file.origin)
    return Value(setting, setting.default, DEFAULT)
