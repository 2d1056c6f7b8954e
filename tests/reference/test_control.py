"""The model's own interface: clock and state."""

import pytest

from tests.reference.model_client import NOBODY
from tests.reference.stub_catalog import Reply


def clock(model, **how):
    return model.call("POST", f"{model.origin}/_control/clock", NOBODY, **how)


def test_the_clock_moves_forward_only(model):
    before = model.get(f"{model.origin}/_control/clock", NOBODY).json()["now"]
    after = clock(model, json={"advance": 1000}).json()["now"]
    assert 1000 <= after - before < 1010


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"advance": "x"}', b'{"advance": -1}', b'{"advance": NaN}'])
def test_a_bad_time_is_400(model, body):
    assert clock(model, data=body).status_code == 400


def test_items_are_dated_by_the_models_clock(model, catalog):
    catalog.replies["/org/pypi/packages/x.whl"] = Reply(body=b"x")
    model.remote(catalog)
    model.advance(10 * 365 * 86400)
    now = model.state()["now"]
    assert model.file("catalog", "packages/packages/x.whl").status_code == 200
    created = model.get("/api/storage/catalog-cache/x.whl").json()["created"]
    year = int(created[:4])
    assert abs(year - (1970 + now / (365.2425 * 86400))) < 1.1


def test_the_state_lists_what_is_stored_and_missed(model, catalog):
    wheel = catalog.project("example")
    model.remote(catalog)
    model.virtual("catalog")
    model.page("catalog", "example")
    model.wheel("catalog", wheel)
    model.page("catalog", "absent")
    state = model.state()
    assert state["repositories"]["catalog"] == {
        "class": "remote",
        "package_type": "pypi",
        "stored": [".pypi/example.html", f"ab/cd/{wheel}"],
        "missed": [".pypi/absent.html"],
        "assumed_offline": False,
    }
    assert state["repositories"]["all"]["members"] == ["catalog"]
    assert state["users"]["admin"] == {"admin": True, "groups": []}


def test_an_unknown_control_path_is_404(model):
    assert model.get(f"{model.origin}/_control/nonsense", NOBODY).status_code == 404
