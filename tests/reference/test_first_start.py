"""The file of repositories that a fresh instance reads (admin 1.2)."""

import json

import pytest

from artifactory_conformance.reference.first_start import FILE, READ, UnreadableImport
from tests.reference.admin_probes import FIRST_START


@pytest.fixture
def file(tmp_path):
    """Where it has to lie."""
    (tmp_path / FILE).parent.mkdir(parents=True)
    return tmp_path / FILE


def test_its_repositories_are_there_and_it_is_renamed(start, file, tmp_path):
    file.write_text(json.dumps(FIRST_START))
    model = start(state_dir=tmp_path)
    assert model.get("/api/repositories/pypi").json()["url"] == "http://127.0.0.1:9"
    assert model.get("/api/repositories/generic").json()["rclass"] == "local"
    assert not file.exists()
    assert json.loads(file.with_name(READ).read_text()) == FIRST_START


def test_a_free_edition_serves_no_package_of_them_and_takes_files(start, file, tmp_path):
    file.write_text(json.dumps(FIRST_START))
    free = start("oss", state_dir=tmp_path)
    assert free.get("/api/pypi/pypi/simple/").status_code == 404
    assert free.call("PUT", "/generic/a.txt", data=b"a").status_code == 201
    assert free.get("/generic/a.txt").content == b"a"


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"localRepoConfigs": 5}', '{"localRepoConfigs": [{}]}', '{"localRepoConfigs": [{"key": "a b"}]}'],
)
def test_a_file_of_another_form_is_refused(start, file, tmp_path, text):
    file.write_text(text)
    with pytest.raises(UnreadableImport, match="cannot be read"):
        start(state_dir=tmp_path)
