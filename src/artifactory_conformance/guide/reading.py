"""YAML as the guide's data files use it: plain values, no key twice."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml


class Unreadable(ValueError):
    """The text is no YAML, or a key stands in it twice. The message is one line."""


class _OnceOnly(yaml.SafeLoader):
    """YAML in which a key that occurs twice in a mapping is a mistake, not the last one's victory."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise Unreadable(f"line {node.start_mark.line + 1}: field {key} occurs twice")
        return super().construct_mapping(node, deep)


def load(text: str) -> Any:
    """Read a YAML text. Raises Unreadable."""
    try:
        return yaml.load(text, Loader=_OnceOnly)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        raise Unreadable(f"no YAML: {' '.join(str(error).split())}") from error
