"""One mutant, and which lines lead to it."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.proof.runs import ROOT

PACKAGE = ROOT / "src" / "artifactory_conformance"


@dataclass(frozen=True)
class Mutant:
    """One changed place. reached_by: the lines of which one is run by whoever reaches it."""

    module: str
    line: int
    before: str
    after: str
    reached_by: range
    code: str = field(repr=False)

    @property
    def name(self) -> str:
        """Give a name that stays while the line and its neighbours do."""
        digest = hashlib.sha256(f"{self.module}\n{self.before}\n{self.after}".encode()).hexdigest()
        return f"{self.module}:{self.line}:{digest[:6]}"


def in_one(lines: Iterable[str]) -> str:
    """Give lines of code as one."""
    return " ".join(line.strip() for line in lines)


def statements(code: str) -> list[range]:
    """Give the lines of every statement inside of functions, outer ones first; of one with a body those before it.

    Whoever calls a function reaches the line on which it begins, which is that of its first decorator.
    """
    found = []
    for function in ast.walk(ast.parse(code)):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for statement in ast.walk(function):
                if isinstance(statement, ast.stmt):
                    first = min([statement.lineno, *(one.lineno for one in getattr(statement, "decorator_list", ()))])
                    body = getattr(statement, "body", None)
                    last = body[0].lineno - 1 if body else statement.end_lineno or first
                    found.append(range(first, max(last, first) + 1))
    return sorted(set(found), key=lambda lines: (lines.start, -lines.stop))


def file_of(mutant: Mutant, checkout: Path) -> Path:
    """Give the file of a mutant's module in a checkout."""
    return checkout / "src" / "artifactory_conformance" / mutant.module
