"""A quota that is exceeded, and a store that is full (A17, A58, admin 6)."""

import pytest

from tests.reference.made_worlds import WHEEL, one_project
from tests.reference.model_client import NOBODY, message
from tests.reference.stub_catalog import Reply

EXCEEDED = "quotaConfig: {enabled: true, diskSpaceLimitPercentage: 10, diskSpaceWarningPercentage: 5}"


def test_the_descriptor_tells_the_quota(model):
    model.configure(EXCEEDED)
    told = model.get("/api/system/configuration").text
    assert "<diskSpaceLimitPercentage>10</diskSpaceLimitPercentage>" in told
    assert "<diskSpaceWarningPercentage>5</diskSpaceWarningPercentage>" in told


def test_a58_what_is_stored_is_served_and_nothing_else_is_taken(model, catalog):
    one_project(model, catalog)
    model.local()
    model.page("catalog", "example")
    model.wheel("catalog", WHEEL)
    catalog.file("ab/cd/other.whl")
    model.configure(EXCEEDED)
    assert model.page("catalog", "example").status_code == 200
    assert model.wheel("catalog", WHEEL).status_code == 200
    refused = model.wheel("catalog", "other.whl")
    assert (refused.status_code, message(refused).partition(":")[0]) == (413, "Rejected artifact download request")
    assert [asked.method for asked in catalog.journal if asked.path.endswith("other.whl")] == ["HEAD"]
    assert model.upload("internal", WHEEL, b"x", "example", "1.0").status_code == 413
    assert model.state("catalog")["missed"] == []


def test_a58_the_permission_is_asked_for_first(model, catalog):
    reader = one_project(model, catalog)
    model.configure(EXCEEDED)
    assert model.wheel("catalog", WHEEL, reader).status_code == 403


@pytest.mark.parametrize("yaml", ["quotaConfig: {enabled: false}", "quotaConfig: {diskSpaceLimitPercentage: 90}"])
def test_a_quota_that_is_off_or_not_reached_stops_nothing(model, catalog, yaml):
    one_project(model, catalog)
    model.configure(EXCEEDED)
    model.configure(yaml)
    assert model.wheel("catalog", WHEEL).status_code == 200


def test_a_full_store_takes_nothing_and_serves_what_it_has(model, catalog):
    one_project(model, catalog)
    model.page("catalog", "example")
    model.fill_store()
    assert model.wheel("catalog", WHEEL).status_code == 500
    assert model.page("catalog", "example").status_code == 200
    assert [path for path in model.state("catalog")["stored"] if path.endswith(".whl")] == []


def test_a_malformed_order_to_the_store_is_400(model):
    assert model.call("POST", f"{model.origin}/_control/store", NOBODY, data=b"{}").status_code == 400


@pytest.mark.parametrize(
    "yaml", ["- a", "quotaConfig: {enabled: true, nonsense: 1}", "quotaConfig: {diskSpaceLimitPercentage: x}", "{"]
)
def test_a_patch_that_cannot_be_applied_is_400(model, yaml):
    assert model.call("PATCH", "/api/system/configuration", data=yaml).status_code == 400


def test_a45_the_global_offline_switch_keeps_all_remotes_at_home(model, catalog):
    one_project(model, catalog)
    model.page("catalog", "example")
    model.configure("offlineMode: true")
    catalog.fault = Reply(500)
    assert model.page("catalog", "example").status_code == 200
    assert "is offline" in message(model.wheel("catalog", WHEEL))
    assert len(catalog.journal) == 1


def test_repositories_can_be_made_by_yaml(model, catalog):
    one_project(model, catalog)
    model.configure(
        f"remoteRepositories: {{more: {{type: pypi, url: '{catalog.url}', pyPIRegistryUrl: '{catalog.url}'}}}}\n"
        "virtualRepositories: {all: {type: pypi, repositories: [more]}}"
    )
    assert model.page("all", "example").status_code == 200
