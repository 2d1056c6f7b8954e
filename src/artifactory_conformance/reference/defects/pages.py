"""Broken project pages."""

import re

from artifactory_conformance.reference.defects.answers import with_text
from artifactory_conformance.reference.defects.calls import is_page
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold


@fault("ACCESS-06", "row 20")
def pages_without_hashes(hold: Hold) -> None:
    """Links of project pages have lost their hash fragments."""
    hold.after(is_page, lambda _, answer: with_text(answer, lambda text: re.sub(r"#sha256=[0-9a-f]+", "", text)))
