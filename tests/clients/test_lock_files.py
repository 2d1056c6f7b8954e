"""Lock files are read as their forms say, and nothing else is made up."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.clients import pdm, pipenv, poetry, uv
from artifactory_conformance.clients.lock_files import LockNotUnderstood
from artifactory_conformance.clients.pip_compile import read_compiled

SHA = "a" * 64
UV = f"""
version = 1
[[package]]
name = "base"
version = "2.0"
source = {{ registry = "https://host/simple" }}
sdist = {{ url = "https://host/base-2.0.tar.gz", hash = "sha256:{SHA}" }}
wheels = [{{ url = "https://host/base-2.0-py3-none-any.whl", hash = "sha512:{SHA}" }}]
[[package]]
name = "project"
version = "0"
source = {{ virtual = "." }}
"""
POETRY = f"""
[[package]]
name = "base"
version = "2.0"
files = [{{file = "base-2.0-py3-none-any.whl", hash = "sha256:{SHA}"}}, {{file = "b", hash = "sha256:b"}}]
[package.source]
url = "https://host/simple"
[[package]]
name = "unsourced"
version = "1"
files = []
"""
PIPENV = json.dumps(
    {
        "default": {
            "base": {"version": "==2.0", "hashes": [f"sha256:{SHA}"]},
            "example": {"version": "==1.0", "hashes": [], "index": "instance"},
            "two": {"version": "==1.0", "hashes": ["sha256:1", "sha256:2"], "index": "instance"},
        }
    }
)
PDM = f"""
[[package]]
name = "base"
version = "2.0"
files = [{{url = "https://host/base-2.0-py3-none-any.whl", hash = "sha256:{SHA}"}}, {{url = "b", hash = "sha256:b"}}]
"""
READERS = {"uv": uv.read_lock, "poetry": poetry.read_lock, "pipenv": pipenv.read_lock, "pdm": pdm.read_lock}


def written(folder: Path, text: str) -> Path:
    path = folder / "lock"
    path.write_text(text, encoding="utf-8")
    return path


def test_uv_lock_gives_every_file_of_what_comes_from_an_index(tmp_path: Path) -> None:
    found = uv.read_lock(written(tmp_path, UV))
    assert [(one.name, one.version, one.url, one.sha256) for one in found] == [
        ("base", "2.0", "https://host/base-2.0-py3-none-any.whl", None),
        ("base", "2.0", "https://host/base-2.0.tar.gz", SHA),
    ]


def test_poetry_lock_gives_every_file_with_the_address_of_its_source(tmp_path: Path) -> None:
    found = poetry.read_lock(written(tmp_path, POETRY))
    assert [(one.name, one.url, one.sha256) for one in found] == [
        ("base", "https://host/simple", SHA),
        ("base", "https://host/simple", "b"),
    ]


def test_pdm_lock_gives_every_file_with_its_address(tmp_path: Path) -> None:
    found = pdm.read_lock(written(tmp_path, PDM))
    assert [(one.name, one.version, one.url, one.sha256) for one in found] == [
        ("base", "2.0", "https://host/base-2.0-py3-none-any.whl", SHA),
        ("base", "2.0", "b", "b"),
    ]


def test_pipenv_lock_gives_every_hash(tmp_path: Path) -> None:
    found = pipenv.read_lock(written(tmp_path, PIPENV))
    assert [(one.name, one.version, one.sha256, one.requested) for one in found] == [
        ("base", "2.0", SHA, False),
        ("two", "1.0", "1", True),
        ("two", "1.0", "2", True),
    ]


@pytest.mark.parametrize("client", READERS)
@pytest.mark.parametrize("text", ["[", "[]", "{}", "package = 1", '{"default": {"x": {}}}', '{"default": []}'])
def test_lock_that_breaks_its_form_is_refused_by_name(tmp_path: Path, client: str, text: str) -> None:
    with pytest.raises(LockNotUnderstood, match="lock: "):
        READERS[client](written(tmp_path, text))


@pytest.mark.parametrize("client", READERS)
@given(text=st.text())
def test_any_text_is_a_lock_or_refused(tmp_path_factory: pytest.TempPathFactory, client: str, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / f"{client}.lock"
    path.write_text(text, encoding="utf-8")
    try:
        assert isinstance(READERS[client](path), tuple)
    except LockNotUnderstood:
        assert client in READERS


def test_compiled_requirements_give_every_hash() -> None:
    text = (
        "# made by pip-compile\n--index-url https://host/simple\n\n"
        f"base==2.0 \\\n    --hash=sha256:{SHA} \\\n    --hash=sha256:{'b' * 64}\n    # via example\n"
        'example[extra]==1.0 ; python_version >= "3.10"\n'
    )
    found = [(one.name, one.version, one.sha256) for one in read_compiled(text)]
    assert found == [("base", "2.0", SHA), ("base", "2.0", "b" * 64), ("example", "1.0", None)]


@given(text=st.text())
def test_any_text_is_read_as_compiled_requirements(text: str) -> None:
    assert isinstance(read_compiled(text), tuple)
