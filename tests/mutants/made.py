"""Mutants: each the source of one module with one place changed, as a mutation-testing library changes it."""

from __future__ import annotations

import ast
import difflib
import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import libcst as cst
from mutmut.mutation.file_mutation import Mutation, create_mutations

from tests.proof.runs import ROOT

PACKAGE = ROOT / "src" / "artifactory_conformance"
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


@dataclass(frozen=True)
class Mutant:
    """One changed place. function: the file and first line of the function it is in, as the interpreter knows it."""

    module: str
    line: int
    before: str
    after: str
    function: tuple[str, int]
    code: str = field(repr=False)

    @property
    def name(self) -> str:
        """Give a name that stays while the line and its neighbours do."""
        digest = hashlib.sha256(f"{self.module}\n{self.before}\n{self.after}".encode()).hexdigest()
        return f"{self.module}:{self.line}:{digest[:6]}"


def sample(count: int, seed: int) -> tuple[list[Mutant], int]:
    """Draw so many places of all deciding modules, in the order of the files, and tell how many there are.

    A place outside of functions gives no mutant: everything passes it before anything is asked.
    """
    trees = {module: _places(module) for module in DECIDING}
    every = [(module, number) for module, (_, places) in trees.items() for number in range(len(places))]
    drawn = random.Random(seed).sample(every, min(count, len(every)))  # noqa: S311
    found = [_mutant(module, *trees[module], number) for module, number in sorted(drawn, key=every.index)]
    return [mutant for mutant in found if mutant is not None], len(every)


def _places(module: str) -> tuple[cst.Module, list[Mutation]]:
    tree, mutations, *_ = create_mutations(module, (PACKAGE / module).read_text(encoding="utf-8"))
    return tree, [mutation for mutation in mutations if mutation.contained_by_top_level_function]


def _mutant(module: str, tree: cst.Module, places: Sequence[Mutation], number: int) -> Mutant | None:
    old, place = tree.code, places[number]
    new = cast("cst.Module", tree.deep_replace(place.original_node, place.mutated_node)).code
    changed = [
        (tag, *span) for tag, *span in difflib.SequenceMatcher(None, *_lines(old, new)).get_opcodes() if tag != "equal"
    ]
    if not changed:
        return None
    _, first, last, new_first, new_last = changed[0]
    inside = [at for at, start, end in _functions(old) if start <= first + 1 <= end]
    before, after = (_in_one(text, *span) for text, span in ((old, (first, last)), (new, (new_first, new_last))))
    return Mutant(module, first + 1, before, after, (module, inside[-1]), new) if inside else None


def _lines(*texts: str) -> list[list[str]]:
    return [text.splitlines() for text in texts]


def _in_one(text: str, first: int, last: int) -> str:
    return " ".join(line.strip() for line in text.splitlines()[first:last])


def _functions(code: str) -> list[tuple[int, int, int]]:
    """Give for every function the line that the interpreter gives it, and its first and last line, outer ones first."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            found.append((first, node.lineno, node.end_lineno or node.lineno))
    return sorted(found, key=lambda one: (one[1], -one[2]))


def file_of(mutant: Mutant, checkout: Path) -> Path:
    """Give the file of a mutant's module in a checkout."""
    return checkout / "src" / "artifactory_conformance" / mutant.module
