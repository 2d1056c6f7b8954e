"""The tags of an image at Debian's registry, which is what registries of Docker's own kind are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from artifactory_conformance.containers.registry import Registry, RegistryUnusable, place_of
from artifactory_conformance.containers.releases import to_judge
from artifactory_conformance.evidence import Credentials
from artifactory_conformance.limits import LIMITS
from tests.containers.running.debians_registry import registry, tag
from tests.containers.test_releases import TODAY

NAME = "jfrog/artifactory-pro"
TAGS = ("latest", "7.146.9", "7.146.10", "7.161.20", "7.133.2", "7.117.5", "7.84.17", "7.146.10-jfrog", "7.x-SNAPSHOT")
JUDGED = ["7.117.5", "7.133.2", "7.146.10", "7.161.20"]

PASSWORD = "a-password-of-this-test"
# bcrypt of it
USERS = "puller:$2y$05$abcdefghijklmnopqrstuuU2gMS.5SmY6rTm3SxvLvKa6nTjedt8S\n"


@pytest.mark.parametrize("at_a_time", [2, 1000])
def test_all_tags_are_found_however_many_a_page_has(tmp_path: Path, at_a_time: int) -> None:
    with registry(tmp_path) as at:
        tag(at, NAME, *TAGS)
        base, name = place_of(f"{at}/{NAME}:7.84.17")
        found = Registry(base, limits=replace(LIMITS, registry_tags=at_a_time)).tags(name)
    assert sorted(found) == sorted(TAGS)
    assert to_judge(found, TODAY) == JUDGED


def test_an_image_that_is_not_there_is_told(tmp_path: Path) -> None:
    with registry(tmp_path) as at, pytest.raises(RegistryUnusable, match="has no image of this name"):
        Registry(f"http://{at}").tags(NAME)


def test_credentials_are_given_where_they_are_asked_for(tmp_path: Path) -> None:
    with registry(tmp_path, USERS) as at:
        tag(at, NAME, "7.161.20", account=("puller", PASSWORD))
        assert Registry(f"http://{at}", credentials=Credentials("puller", PASSWORD)).tags(NAME) == ["7.161.20"]
        for other in (None, Credentials("puller", "wrong")):
            with pytest.raises(RegistryUnusable, match="401; see that REGISTRY_USER"):
                Registry(f"http://{at}", credentials=other).tags(NAME)
