"""The store at another host: which name it has, and what it takes."""

import pytest

from artifactory_conformance.catalog.service import second_address


@pytest.mark.parametrize(
    ("address", "second"),
    [
        ("http://127.0.0.1:81", "http://localhost:81"),
        ("https://localhost", "https://127.0.0.1"),
        ("http://catalog:81", ""),
        ("http://192.0.2.1", ""),
    ],
)
def test_only_this_machine_has_a_second_name_that_is_known(address, second):
    assert second_address(address) == second
