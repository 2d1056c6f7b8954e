"""Mutants: each the source of one module with one place changed, as a mutation-testing library changes it."""

from __future__ import annotations

import difflib
import random
from collections.abc import Container, Sequence
from typing import cast

import libcst as cst
from mutmut.mutation.file_mutation import Mutation, create_mutations

from tests.mutants.mutant import PACKAGE, Mutant, in_one, statements

DECIDING = tuple(
    f"reference/{name}.py"
    for name in (
        *(
            "access",
            "app",
            "authentication",
            "checksums",
            "cleanup",
            "errors",
            "files",
            "flights",
            "legacy_json",
            "links",
        ),
        *("local", "metadata", "missed", "monitor", "outbound", "page_answers", "patterns", "pypi", "quota", "remote"),
        *("remote_files", "remote_index", "render", "repositories", "repository_rules", "rest_connection"),
        *(
            "rest_permissions",
            "rest_repositories",
            "rest_security",
            "rest_storage",
            "rest_system",
            "rest_tokens",
            "router",
        ),
        *("security", "storage_paths", "store", "upload", "virtual"),
    )
) + tuple(
    f"upstream/{name}.py"
    for name in (
        "application",
        "bodies",
        "conditions",
        "effects",
        "forms",
        "index",
        "layouts",
        "pages",
        "replies",
        "shelf",
    )
)
"""The modules that decide status, headers, links, cache, rights and merging."""


def sample(count: int, seed: int, known: Container[str] = ()) -> tuple[list[Mutant], int]:
    """Draw so many mutants of the deciding modules, in the order of the files, and tell how many places there are.

    known: names of those that are passed over. A place outside of functions gives no mutant: everything passes it
    before anything is asked.
    """
    trees = {module: _places(module) for module in DECIDING}
    every = [(module, number) for module, (_, places) in trees.items() for number in range(len(places))]
    found: dict[tuple[str, int], Mutant] = {}
    for module, number in random.Random(seed).sample(every, len(every)):  # noqa: S311
        if len(found) == count:
            break
        mutant = _mutant(module, *trees[module], number)
        if mutant and mutant.name not in known:
            found[module, number] = mutant
    return [found[place] for place in every if place in found], len(every)


def _places(module: str) -> tuple[cst.Module, list[Mutation]]:
    tree, mutations, *_ = create_mutations(module, (PACKAGE / module).read_text(encoding="utf-8"))
    return tree, [mutation for mutation in mutations if mutation.contained_by_top_level_function]


def _mutant(module: str, tree: cst.Module, places: Sequence[Mutation], number: int) -> Mutant | None:
    old, place = tree.code, places[number]
    new = cast("cst.Module", tree.deep_replace(place.original_node, place.mutated_node)).code
    differ = difflib.SequenceMatcher(None, old.splitlines(), new.splitlines())
    changed = [spans for tag, *spans in differ.get_opcodes() if tag != "equal"]
    if not changed:
        return None
    first, last, new_first, new_last = changed[0]
    before = in_one(old.splitlines()[first:last])
    after = in_one(new.splitlines()[new_first:new_last])
    around = [lines for lines in statements(old) if first + 1 in lines]
    return Mutant(module, first + 1, before, after, around[-1], new) if around else None
