"""The assumed-offline state (M-04, M-05, M-19, A50)."""

import pytest

from artifactory_conformance.reference.monitor import probe_delay
from artifactory_conformance.reference.repositories import Repository, RepositoryClass
from tests.reference.model_client import message
from tests.reference.stub_catalog import Reply

BASE = "/org/pypi/"


def fail_twice(model):
    for name in ("one", "two"):
        model.page("catalog", name)


def test_m04_two_transport_failures_are_told_and_the_third_request_is_assumed_offline(model, nowhere):
    model.remote(nowhere)
    texts = [message(model.page("catalog", name)) for name in ("one", "two", "three")]
    assert [text.startswith("Failed retrieving resource from") for text in texts] == [True, True, False]
    assert "catalog: is assumed offline, 'catalog:.pypi/three.html' is not found at" in texts[2]


@pytest.mark.parametrize("status", [502, 503, 504, 505])
def test_m04_gateway_failures_count(model, catalog, status):
    model.remote(catalog)
    catalog.fault = Reply(status)
    fail_twice(model)
    assert model.state("catalog")["assumed_offline"]


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500])
def test_a50_other_failures_do_not_count(model, catalog, status):
    model.remote(catalog)
    catalog.fault = Reply(status)
    fail_twice(model)
    assert not model.state("catalog")["assumed_offline"]


def test_a50_while_the_base_url_answers_the_remote_stays_online(model, catalog):
    model.remote(catalog)
    for name in ("one", "two", "three"):
        catalog.replies[f"/org/pypi/simple/{name}/"] = Reply(503)
    fail_twice(model)
    model.page("catalog", "three")
    assert catalog.asked_for("/org/pypi/simple/three/") == 1
    assert catalog.asked_for(BASE, "GET") == 1


def test_m05_no_user_traffic_while_assumed_offline_and_recovery_after_a_good_probe(model, catalog):
    model.remote(catalog)
    catalog.project("example")
    catalog.fault = Reply(503)
    fail_twice(model)
    for _ in range(30):
        model.advance(400)
        model.page("catalog", "example")
    assert catalog.asked_for("/org/pypi/simple/example/") == 0
    catalog.fault = None
    assert "assumed offline" in message(model.page("catalog", "example"))
    model.advance(301)
    assert model.page("catalog", "example").status_code == 200


def test_m05_cached_content_is_served_while_assumed_offline(model, catalog):
    catalog.project("example")
    model.remote(catalog, retrievalCachePeriodSecs=1)
    model.page("catalog", "example")
    catalog.fault = Reply(503)
    fail_twice(model)
    model.advance(5)
    assert model.page("catalog", "example").status_code == 200


def test_m19_a_period_of_0_never_goes_offline(model, nowhere):
    model.remote(nowhere, assumedOfflinePeriodSecs=0)
    fail_twice(model)
    assert message(model.page("catalog", "three")).startswith("Failed retrieving")


def test_a40_saving_a_configuration_ends_the_state(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    catalog.fault = Reply(503)
    fail_twice(model)
    catalog.fault = None
    model.local("unrelated")
    assert model.page("catalog", "example").status_code == 200


def test_a50_delays_grow_to_the_period():
    remote = Repository("r", RepositoryClass.REMOTE, "pypi", {"assumedOfflinePeriodSecs": 300})
    delays = [probe_delay(remote, number) for number in range(1, 12)]
    assert delays == pytest.approx([0.1, 0.1, 0.1, 0.16, 0.55, 1.9, 6.8, 24, 85, 300, 300], rel=0.05)
