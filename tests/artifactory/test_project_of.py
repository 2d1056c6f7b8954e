"""The project that a stored file belongs to."""

import pytest

from artifactory_conformance.artifactory.pages import project_of


@pytest.mark.parametrize(
    ("path", "project"),
    [
        ("Internal_Thing/1.0/Internal_Thing-1.0-py3-none-any.whl", "internal-thing"),
        ("internal-thing/1.0/internal-thing-1.0.tar.gz", "internal-thing"),
        ("internal.thing-1.0.zip", "internal-thing"),
        (".pypi/internal-thing.html", ""),
        ("internal_thing/1.0/broken.whl", ""),
        ("notes/README.txt", ""),
    ],
)
def test_a_stored_file_tells_its_project_only_if_it_is_a_distribution(path, project):
    assert project_of(path) == project
