"""`?trace` on storage paths (A97)."""

from tests.reference.model_client import ModelClient
from tests.reference.stub_catalog import StubCatalog


def test_a_trace_is_told_with_200_and_names_the_address_that_was_asked(
    model: ModelClient, catalog: StubCatalog
) -> None:
    model.remote(catalog)

    answer = model.get("/catalog/.pypi/nothing.html?trace")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain"
    assert f"Using remote request URL - {catalog.url}/.pypi/nothing.html" in answer.text
    assert "status 404" in answer.text


def test_a_trace_is_done_for_real(model: ModelClient, catalog: StubCatalog) -> None:
    wheel = catalog.project("example")
    model.remote(catalog)

    answer = model.get(f"/catalog/packages/ab/cd/{wheel}?trace")

    assert "status 200" in answer.text
    assert model.state("catalog")["stored"] == [f"ab/cd/{wheel}"]
    assert "remote request" not in model.get(f"/catalog/ab/cd/{wheel}?trace").text
