"""All checks by pytest's own collection: nothing is contacted, nothing is run."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from artifactory_conformance.coverage.inventory import Check
from artifactory_conformance.plugin.any_index import OF_AN_ARTIFACTORY
from artifactory_conformance.plugin.collection import SUITES, info_of, is_check
from artifactory_conformance.plugin.gating import needs_of
from artifactory_conformance.settings import TABLE


class NotCollected(Exception):
    """The checks cannot be collected. The message is what pytest printed."""


class _Lister:
    """Keeps what a collection finds."""

    def __init__(self) -> None:
        self.checks: list[Check] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        root = session.config.rootpath
        for item in filter(is_check, session.items):
            fixtures = getattr(item, "fixturenames", ())
            file, any_index = str(item.path.relative_to(root)), OF_AN_ARTIFACTORY.isdisjoint(fixtures)
            self.checks.append(Check(info_of(item), file, needs_of(fixtures), any_index))


def collect(root: Path) -> tuple[Check, ...]:
    """Collect all checks below a folder with suites, fixtures and pytest's configuration, in pytest's order.

    Raises NotCollected.
    """
    lister, printed = _Lister(), io.StringIO()
    with tempfile.TemporaryDirectory() as reports, _without_settings(), contextlib.redirect_stdout(printed):
        code = pytest.main(
            [
                *("-c", str(root / "pyproject.toml"), "--rootdir", str(root), "-o", f"cache_dir={reports}/cache"),
                *("--collect-only", "-q", f"--config={os.devnull}", "--reports", reports, str(root / SUITES)),
            ],
            plugins=[lister],
        )
    if code is not pytest.ExitCode.OK:
        raise NotCollected(printed.getvalue())
    return tuple(lister.checks)


@contextlib.contextmanager
def _without_settings() -> Iterator[None]:
    """Take the run's settings out of the environment: a list of checks is the same whatever is to be tested."""
    names = {setting.environment for setting in TABLE}
    kept = {name: value for name, value in os.environ.items() if name in names}
    for name in kept:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(kept)
