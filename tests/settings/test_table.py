"""The table of settings: each has a variable, a meaning, and an option unless it is secret."""

from __future__ import annotations

import dataclasses
import re

import pytest

from artifactory_conformance.settings import TABLE, Bounds, Settings
from tests.settings.examples import BY_NAME


@pytest.mark.parametrize("setting", TABLE, ids=lambda setting: setting.name)
def test_every_setting_has_a_variable_a_meaning_and_an_option_unless_it_is_secret(setting):
    assert re.fullmatch(r"(CONFORMANCE|ARTIFACTORY|CATALOG)_[A-Z_]+", setting.environment)
    assert setting.help
    assert setting.help[0].islower() or setting.help[0] == "a"
    assert (setting.option == "") == setting.secret
    if not setting.secret:
        assert re.fullmatch(r"--[a-z-]+", setting.option)
        assert setting.flag or setting.metavar or setting.default


def test_names_and_variables_are_unique_and_every_field_of_settings_has_one():
    assert len({setting.environment for setting in TABLE}) == len(BY_NAME) == len(TABLE)
    made_of_several = {"administrator", "bounds", "containers", "origins", "waived"}
    in_bounds = {field.name for field in dataclasses.fields(Bounds)}
    fields = {field.name for field in dataclasses.fields(Settings)} - made_of_several
    of_containers = {setting.name for setting in TABLE if setting.of_container}
    assert fields == set(BY_NAME) - {"admin_user", "admin_password", "admin_token"} - of_containers - in_bounds
