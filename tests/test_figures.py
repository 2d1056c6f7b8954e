"""The figures that the documents are introduced with are those of the pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.diagnosis_matrix.__main__ import PAGE as DIAGNOSIS
from tests.figures import README, figures_of
from tests.matrix.__main__ import PAGE
from tests.mutants.page import PAGE as SURVIVORS


@pytest.mark.parametrize("page", [DIAGNOSIS, PAGE, SURVIVORS], ids=lambda page: page.stem)
def test_the_figures_of_the_documents_are_those_of_the_page(page: Path) -> None:
    figures = figures_of(page)
    assert len(figures) > 3
    assert f"[{page.name}]({page.name}):\n\n" + "\n".join(figures) + "\n" in README.read_text("utf-8")
