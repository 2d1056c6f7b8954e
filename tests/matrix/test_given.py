"""How a fault becomes a run."""

from __future__ import annotations

from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold
from tests.matrix.faults import Given


@fault("T32", target=("--tls",))
def seen_behind_https(hold: Hold) -> None:
    """Only https shows it."""


def test_a_fault_is_run_with_the_settings_that_show_it():
    given = Given("defect", "some-name", ("T32",), "Some meaning.", target=("--tls",))

    assert given.trial(["suites/x"]).arguments == ("--defect", "some-name", "--tls", "suites/x")


def test_a_fault_names_the_settings_that_show_it():
    assert seen_behind_https.target == ("--tls",)
