"""Names of images, and the tags of their versions."""

from __future__ import annotations

from collections.abc import Sequence


def repository_of(image: str) -> str:
    """Give an image's name without its tag or digest; a port is part of the name."""
    name = image.partition("@")[0]
    head, slash, last = name.rpartition("/")
    return f"{head}{slash}{last.partition(':')[0]}"


def newest_of(line: str, tags: Sequence[str]) -> str:
    """Give the newest of a line like 7.146.x among tags; empty if there is none."""
    beginning = line.removesuffix("x")
    patches = [tag.removeprefix(beginning) for tag in tags if tag.startswith(beginning)]
    numbers = sorted(int(patch) for patch in patches if patch.isdigit())
    return f"{beginning}{numbers[-1]}" if numbers else ""
