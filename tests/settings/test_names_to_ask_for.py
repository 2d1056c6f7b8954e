"""What is asked for on an instance by name: public projects that must not come, and one that is to be built."""

from __future__ import annotations

import pytest

from artifactory_conformance.settings import resolve
from tests.settings.examples import ADMIN, SET_UP, refusal


def test_canaries_are_harmless_ones_unless_others_are_named():
    assert resolve({}, {}).canary == ("sampleproject", "pip-install-test")
    assert resolve({"canary": ["torch", "tensorflow"]}, {}).canary == ("torch", "tensorflow")
    assert resolve({}, {"CONFORMANCE_CANARY": "torch, tensorflow"}).canary == ("torch", "tensorflow")


@pytest.mark.parametrize("name", ["../etc", "a b", "-x", "https://pypi.org/simple/a/", "a" * 200])
def test_a_canary_that_is_no_project_name_is_refused(name):
    assert "--canary" in refusal({"canary": [name]})


def test_the_number_of_versions_is_a_whole_number():
    assert resolve({}, {}).most_versions == 3
    assert resolve({"most_versions": "12"}, {}).most_versions == 12
    for text in ("0", "-1", "1.5", "many", "1e3", "9" * 20):
        assert "--most-versions" in refusal({"most_versions": text})


def test_a_project_to_be_built_is_a_name_and_for_an_instance():
    instance = {"target": "instance", "artifactory_url": "https://host"}
    assert resolve({}, {}).sdist == ""
    assert resolve({**instance, "sdist": "some-thing"}, {}).sdist == "some-thing"
    assert "is no name of a project" in refusal({**instance, "sdist": "../thing"})
    assert "--sdist" in refusal({"sdist": "some-thing"})


def test_packages_are_named_apart_or_together_and_for_an_instance():
    instance = {"target": "instance", "artifactory_url": "https://host"}
    assert resolve({}, {}).packages == ()
    assert resolve({**instance, "packages": ["one,two", "three"]}, {}).packages == ("one", "two", "three")
    assert resolve(instance, {"CONFORMANCE_PACKAGES": "one, two"}).packages == ("one", "two")
    assert "is no name of a project" in refusal({**instance, "packages": ["one,../two"]})
    assert "--packages" in refusal({"packages": ["one"]})
    assert "--packages" in refusal({**SET_UP, "packages": ["one"]}, ADMIN)
    assert "--packages" in refusal({"target": "container", "packages": ["one"]})
    index = {"target": "index", "index_url": "https://host/simple", "project": "one"}
    assert "--project" in refusal({**index, "packages": ["one"]})
