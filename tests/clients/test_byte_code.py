"""Clients that are written in Python find their byte code, or they would compile themselves anew at every run."""

import sys
from importlib.util import find_spec
from pathlib import Path

import pytest


@pytest.mark.parametrize("module", ["pip._internal.req.req_install", "twine.commands.upload", "piptools"])
def test_byte_code_of_a_client_is_beside_it(module: str) -> None:
    found = find_spec(module)
    assert found is not None
    assert found.origin is not None
    source = Path(found.origin)
    # A sealed home passes no PYTHONPYCACHEPREFIX on, and its clients write no byte code themselves.
    assert (source.parent / "__pycache__" / f"{source.stem}.{sys.implementation.cache_tag}.pyc").is_file()
