"""Whatever cites a fact cites one that is known, in the one form."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from artifactory_conformance.guide import clauses
from artifactory_conformance.guide.facts import SOURCES, facts, facts_cited
from artifactory_conformance.reference.switches import SWITCHES

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "artifactory_conformance"
SCANNED = sorted(
    file
    for folder in (PACKAGE, ROOT / "fixtures", ROOT / "suites")
    for file in folder.rglob("*.py")
    if file.parent != PACKAGE / "guide"  # it tells how an id looks
)

OLD_FORMS = re.compile(
    rf"(?<![\w/]) (?:{'|'.join(SOURCES)}) (?!\.yaml|-cases)"  # the ids alone tell the file
    r"| \b(?:admin|pypi|users|open|row|release)\s+[\d.]+ (?:,|\s+and|\s+to)\s+\d"  # each with its word
    r"| \b(?:client\s+C|ladder\s+E)\d+ (?:,|\s+and|\s+to)\s+[CE]?\d",
    re.VERBOSE,
)


def wrong(text: str) -> list[str]:
    """Give the citations in a text that nobody can follow."""
    unknown = [name for name in facts_cited(text) if name not in facts()]
    return unknown + [match.group() for match in OLD_FORMS.finditer(text)]


def prose(file: Path) -> Iterator[str]:
    """Give the docstrings of a source file, also those of its values, and its comments, neighbours as one."""
    source = file.read_text("utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value
    block, last = "", -2
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            if token.start[0] != last + 1:
                yield block
                block = ""
            block += re.sub(r"noqa: [A-Z0-9, ]+", "", token.string).lstrip("#")
            last = token.start[0]
    yield block


@pytest.mark.parametrize("file", SCANNED, ids=lambda file: str(file.relative_to(ROOT)))
def test_comments_and_docstrings_cite_known_facts(file: Path):
    assert not [bad for text in prose(file) for bad in wrong(text)]


@pytest.mark.parametrize("name", clauses())
def test_a_clause_cites_known_facts(name: str):
    clause = clauses()[name]
    for field in ("says", "contested", "caveat", "fix"):
        assert not wrong(getattr(clause, field)), f"{name}: {field}"


@pytest.mark.parametrize("name", SWITCHES)
def test_a_switch_is_an_open_question_about_a_known_fact(name: str):
    fact = SWITCHES[name].fact
    assert facts_cited(fact) == tuple(fact.split(", "))
    assert not wrong(fact)


@pytest.mark.parametrize(
    "text",
    ["artifactory-admin 3.2", "core-semantics A96", "(admin 4.1, 4.2)", "admin 2.9 and 3.2", "client C3, C4", "(C-99)"],
)
def test_other_forms_are_noticed(text: str):
    assert wrong(text)


def test_comments_on_neighbouring_lines_are_read_as_one(tmp_path: Path):
    file = tmp_path / "some.py"
    file.write_text("x = 1  # see client\n# C3 and\n\n# admin 3.2  # noqa: E402\n", "utf-8")
    cited = [name for text in prose(file) for name in facts_cited(text)]
    assert cited == ["client C3", "admin 3.2"]
