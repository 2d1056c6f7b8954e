"""A value for every open question of the model."""

from collections.abc import Mapping

from artifactory_conformance.reference import open_questions, open_questions_admin
from artifactory_conformance.reference.switch import Switch

NEWEST = "7.999"
"""The version of which it is asked what is possible if nobody gives one."""

SWITCHES: Mapping[str, Switch] = {
    switch.name: switch for switch in (*open_questions.OPEN_QUESTIONS, *open_questions_admin.OPEN_QUESTIONS)
}


class UnknownSwitch(Exception):
    """A switch, or a value of one, that does not exist, or not in this version."""


class SwitchSet:
    """A value for every switch: the given ones, and for the others the first that `version` can have."""

    def __init__(self, values: Mapping[str, str], version: str = NEWEST) -> None:
        for name, value in values.items():
            if name not in SWITCHES:
                raise UnknownSwitch(f"unknown switch {name!r}")
            if value not in SWITCHES[name].values:
                raise UnknownSwitch(f"switch {name} has the values {', '.join(SWITCHES[name].values)}, not {value!r}")
            if value not in SWITCHES[name].possible(version):
                raise UnknownSwitch(f"switch {name} cannot be {value!r} in {version}: {SWITCHES[name].fact}")
        self._values = {name: values.get(name, switch.possible(version)[0]) for name, switch in SWITCHES.items()}

    def on(self, name: str, value: str) -> bool:
        """Whether switch `name` stands on `value`. Raises UnknownSwitch for a value that the switch does not have."""
        if value not in SWITCHES[name].values:
            raise UnknownSwitch(f"switch {name} has no value {value!r}")
        return self._values[name] == value

    def value(self, name: str) -> str:
        """The value of a switch."""
        return self._values[name]

    def status(self, name: str) -> int:
        """The value of a switch that is an HTTP status."""
        return int(self._values[name])

    def values(self) -> Mapping[str, str]:
        """All values by name."""
        return dict(self._values)
