"""What a run in containers takes of the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from artifactory_conformance.settings import resolve
from tests.settings.examples import INSTANCE, SECRET, refusal

CONTAINER = {"target": "container"}


@pytest.mark.parametrize(
    ("options", "environment", "named", "problem"),
    [
        ({"artifactory_image": "a b"}, {}, "--artifactory-image", "no name of an image"),
        ({"catalog_image": "-x"}, {}, "--catalog-image", "no name of an image"),
        ({"artifactory_version": "7.1;x"}, {}, "--artifactory-version", "no version"),
        ({"artifactory_memory": "much"}, {}, "--artifactory-memory", "512m or 6g"),
        ({"artifactory_database": "oracle"}, {}, "--artifactory-database", "derby, postgresql"),
        ({"artifactory_port": "99999"}, {}, "--artifactory-port", "at most 65535"),
        ({"artifactory_license": "nowhere"}, {}, "--artifactory-license", "not a file that can be read"),
        ({"artifactory_license": __file__}, {"ARTIFACTORY_LICENSE": SECRET}, "--artifactory-license", "one of the two"),
        ({"artifactory_license": "/dev/null"}, {}, "--artifactory-license", "is empty"),
        ({"model_profile": "oss"}, {}, "--model-profile", "embedded target only"),
        ({"artifactory_url": "http://x"}, {}, "--artifactory-url", "use --target instance"),
        ({}, {"ARTIFACTORY_ADMIN_TOKEN": SECRET}, "ARTIFACTORY_ADMIN_TOKEN", "use --target instance"),
        ({"tls": True}, {}, "--tls", "over http"),
        ({"exclusive": True}, {}, "--exclusive", "to itself"),
    ],
)
def test_what_cannot_be_meant_is_refused(options, environment, named: str, problem: str) -> None:
    text = refusal({**CONTAINER, **options}, environment)
    assert text.startswith(named)
    assert problem in text


@pytest.mark.parametrize("target", [{}, INSTANCE])
def test_options_of_containers_are_refused_elsewhere_and_variables_may_lie_around(target) -> None:
    assert "--target container only" in refusal({**target, "artifactory_image": "x"})
    resolve(target, {"ARTIFACTORY_IMAGE": "x", "ARTIFACTORY_LICENSE": SECRET, "ARTIFACTORY_MEMORY": "1g"})


def test_a_licence_keeps_its_line_breaks_and_is_a_secret(tmp_path: Path) -> None:
    file = tmp_path / "artifactory.lic"
    file.write_text("lic-one\nlic-two\n\n")
    found = resolve({**CONTAINER, "artifactory_license": str(file)}, {})
    assert found.containers.licence == "lic-one\nlic-two\n\n"
    assert found.containers.licence in found.secrets()
    assert "lic-one" not in repr(found)
    by_variable = resolve(CONTAINER, {"ARTIFACTORY_LICENSE": "text"})
    assert by_variable.containers.licence == "text"


def test_the_guides_set_up_is_made_there() -> None:
    found = resolve(CONTAINER, {})
    assert (found.virtual, found.local, found.level.value) == ("activestate-virtual", "internal-pypi", "mutate")
    assert found.containers.image.startswith("releases-docker.jfrog.io/jfrog/artifactory-oss:7.")
