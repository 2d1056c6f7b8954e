from collections.abc import Callable
from datetime import date
from typing import Any

from artifactory_conformance.artifactory import Identity, System
from artifactory_conformance.artifactory.release_lines import GUIDES_LINE, state_of
from artifactory_conformance.checks import clause
from artifactory_conformance.evidence import RecordedSession


@clause("PRE-02", facts=("row 13", "F-01", "T36"))
def test_every_answer_names_a_version_7(site_user: Identity) -> None:
    """The header of an answer, which everybody sees, names a version 7 of Artifactory, and so does the interface."""
    answer = site_user.get("api/system/version")
    named, told = answer.headers.get("X-JFrog-Version", ""), System.read_version(answer).version

    assert named.startswith("Artifactory/7."), f"the answer names {named!r}"
    assert told.startswith("7."), f"the header names {named!r}, and the version interface tells {told}"


@clause("PRE-02", facts=("admin 1.3", "admin 2.1", "admin 9.2", "T36"))
def test_version_is_a_7(admin: RecordedSession, observe: Callable[[str, Any], None]) -> None:
    """The version interface names a version 7; how far the line is from the guide's is told beside it."""
    version = System(admin).version().version
    observe("version", version)
    observe("the guide was tested with", GUIDES_LINE)
    for name, value in state_of(version, date.today()).as_data().items():
        observe(name, value)

    assert version.startswith("7."), f"the version is {version}"
