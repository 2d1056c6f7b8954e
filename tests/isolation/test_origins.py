"""What an instance itself names as the origin of content."""

import pytest

from artifactory_conformance.isolation import Finding, address_in_list, addresses_in_trace, origin_of_file
from tests.isolation.made import BASE, answer

CATALOG = "https://repository.activestate.com"
ALLOWED = (CATALOG,)


def trace(*lines: str, status: int = 200, media_type: str = "text/plain") -> object:
    return answer(status, "\n".join(lines), url=f"{BASE}/curated/.pypi/a.html?trace", Content_Type=media_type)


@pytest.mark.parametrize(
    ("seen", "finding"),
    [
        (trace(f"3. Using remote request URL - {CATALOG}/x/pypi/.pypi/a.html"), Finding.CLEAN),
        (trace(f"Using remote request URL - {CATALOG}/x", "and then https://pypi.org/simple/a/"), Finding.FOREIGN),
        (trace("Using remote request URL - https://repository.activestate.com.evil.example/x"), Finding.FOREIGN),
        (trace("Using remote request URL - https://mirror.example:notaport/x"), Finding.FOREIGN),
        (trace("Using remote request URL - https://user:word@mirror.example/x"), Finding.FOREIGN),
        (trace("Using remote request URL - https://[mirror.example/x"), Finding.FOREIGN),
        (trace(f"asked for {BASE}/curated/.pypi/a.html", "found in cache"), Finding.UNCLEAR),
        (trace("no address at all"), Finding.UNCLEAR),
        (trace("https://pypi.org/", status=404), Finding.UNCLEAR),
        (trace("<a href='https://pypi.org/'>", media_type="text/html"), Finding.UNCLEAR),
    ],
)
def test_addresses_of_a_trace(seen: object, finding: Finding) -> None:
    assert addresses_in_trace(seen, ALLOWED).finding is finding


def test_the_address_of_a_trace_is_told_without_a_password() -> None:
    seen = addresses_in_trace(trace("Using remote request URL - https://user:hidden-word@mirror.example/x"), ALLOWED)

    assert "hidden-word" not in seen.seen
    assert "mirror.example" in seen.seen


@pytest.mark.parametrize(
    ("value", "finding"),
    [
        ("local", Finding.CLEAN),
        (f"{CATALOG}/x/pypi/packages/a.whl", Finding.CLEAN),
        ("https://files.pythonhosted.org/packages/a.whl", Finding.FOREIGN),
        ("", Finding.UNCLEAR),
    ],
)
def test_the_header_of_a_file(value: str, finding: Finding) -> None:
    headers = {"X_Artifactory_Origin_Remote_Path": value} if value else {}

    assert origin_of_file(answer(200, "bytes", **headers), ALLOWED).finding is finding


@pytest.mark.parametrize(
    ("entry", "finding"),
    [
        ({"key": "curated", "url": f"{CATALOG}/x/pypi"}, Finding.CLEAN),
        ({"key": "curated", "url": "https://files.pythonhosted.org"}, Finding.FOREIGN),
        ({"key": "curated", "url": ""}, Finding.UNCLEAR),
        ({"key": "curated"}, Finding.UNCLEAR),
    ],
)
def test_the_address_in_the_list(entry: dict[str, str], finding: Finding) -> None:
    assert address_in_list(entry, ALLOWED).finding is finding
