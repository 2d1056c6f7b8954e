"""A switch: one question about Artifactory that the facts leave open."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Window:
    """The versions that a value is known to be confined to: from `since` on, and older than `before`."""

    since: str = ""
    before: str = ""

    def holds(self, version: str) -> bool:
        """Whether a version lies in the window."""
        number = numbers(version)
        return not (self.since and number < numbers(self.since)) and not (
            self.before and number >= numbers(self.before)
        )


@dataclass(frozen=True)
class Switch:
    """One question that only a real instance can answer.

    The first value that a version can have is what a profile of that version gets if nothing is known. `windows` are
    for values that are documented not to exist before or after some version.
    """

    name: str
    values: tuple[str, ...]
    fact: str
    meaning: str
    windows: Mapping[str, Window] = field(default_factory=dict)

    def possible(self, version: str) -> tuple[str, ...]:
        """The values that an Artifactory of that version can have."""
        return tuple(value for value in self.values if self.windows.get(value, Window()).holds(version))


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers that compare."""
    return tuple(int(part) for part in version.split("."))
