"""Decision procedure of a remote's project page (section 9), one rule per test."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.reference.model_client import message
from tests.reference.stub_catalog import Reply, anchor

EXAMPLE = "/org/pypi/simple/example/"


def test_m01_a_missing_project_is_404_with_the_envelope_of_74_bytes_and_remembered(model, catalog):
    model.remote(catalog)
    answers = [model.page("catalog", "absent") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len(answers[0].content) == 74
    assert message(answers[0]) == "Not Found"
    assert catalog.asked_for("/org/pypi/simple/absent/") == 1
    assert model.state("catalog")["missed"] == [".pypi/absent.html"]


def test_m13_after_the_missed_period_exactly_one_request_goes_up_again(model, catalog):
    model.remote(catalog, missedRetrievalCachePeriodSecs=60)
    model.page("catalog", "example")
    catalog.project("example")
    model.advance(59)
    assert model.page("catalog", "example").status_code == 404
    model.advance(2)
    assert model.page("catalog", "example").status_code == 200
    assert catalog.asked_for(EXAMPLE) == 2


def test_a37_a_missed_period_of_0_remembers_nothing(model, catalog):
    model.remote(catalog, missedRetrievalCachePeriodSecs=0)
    assert [model.page("catalog", "absent").status_code for _ in range(2)] == [404, 404]
    assert len(catalog.journal) == 2


def test_a37_a_negative_missed_period_never_forgets(model, catalog):
    model.remote(catalog, missedRetrievalCachePeriodSecs=-1)
    model.page("catalog", "absent")
    model.advance(10**7)
    model.page("catalog", "absent")
    assert len(catalog.journal) == 1


def test_a40_saving_any_repository_empties_the_missed_caches_of_all_remotes(model, catalog):
    model.remote(catalog)
    model.page("catalog", "example")
    catalog.project("example")
    model.local("unrelated")
    assert model.page("catalog", "example").status_code == 200


def test_c04_a_missed_entry_hides_a_page_that_is_offline_or_cached_later(model, catalog):
    model.remote(catalog)
    model.page("catalog", "example")
    catalog.project("example")
    answer = model.page("catalog", "example")
    assert answer.status_code == 404
    assert catalog.asked_for(EXAMPLE) == 1


@pytest.mark.parametrize("status", [401, 403, 405, 429, 500, 503])
def test_m02_every_other_failure_of_the_catalog_is_404_with_its_reason_and_remembered(model, catalog, status):
    catalog.replies[EXAMPLE] = Reply(status, reason="Because Of That")
    model.remote(catalog)
    answers = [model.page("catalog", "example") for _ in range(2)]
    assert {answer.status_code for answer in answers} == {404}
    assert message(answers[0]) == "Because Of That"
    assert catalog.asked_for(EXAMPLE) == 1


def test_m04_an_unreachable_catalog_is_404_that_names_the_url_without_password_and_is_not_remembered(model, nowhere):
    url = nowhere.replace("http://", "http://joe:hush@")
    model.remote(url)
    answer = model.page("catalog", "example")
    assert answer.status_code == 404
    assert message(answer) == f"Failed retrieving resource from {nowhere}/simple/example/: Connection refused"
    assert model.state("catalog")["missed"] == []


def test_m12_hard_fail_turns_the_unreachable_catalog_into_500(model, nowhere):
    model.remote(nowhere, hardFail=True)
    assert model.page("catalog", "example").status_code == 500


def test_c01_a_young_page_is_served_without_asking_and_an_old_one_is_asked_for_once(model, catalog):
    catalog.project("example")
    model.remote(catalog, retrievalCachePeriodSecs=100)
    model.page("catalog", "example")
    catalog.project("example", "2.0")
    model.advance(95)
    assert "example-1.0" in model.page("catalog", "example").text
    assert catalog.asked_for(EXAMPLE) == 1
    model.advance(6)
    assert "example-2.0" in model.page("catalog", "example").text
    assert catalog.asked_for(EXAMPLE) == 2


def test_c01_a_period_of_0_asks_every_time(model, catalog):
    catalog.project("example")
    model.remote(catalog, retrievalCachePeriodSecs=0)
    for _ in range(3):
        assert model.page("catalog", "example").status_code == 200
    assert catalog.asked_for(EXAMPLE) == 3


@pytest.mark.parametrize("status", [401, 403, 404, 500, 503])
def test_c03_an_expired_page_is_served_when_the_catalog_fails_and_its_age_is_reset(model, catalog, status):
    catalog.project("example")
    model.remote(catalog, retrievalCachePeriodSecs=100)
    fresh = model.page("catalog", "example")
    catalog.fault = Reply(status)
    model.advance(101)
    for _ in range(2):
        stale = model.page("catalog", "example")
        assert (stale.status_code, stale.content) == (200, fresh.content)
    assert catalog.asked_for(EXAMPLE) == 2
    assert model.state("catalog")["missed"] == []


def test_c05_a_zapped_page_is_asked_for_again_and_files_are_untouched(model, catalog):
    wheel = catalog.project("example")
    model.remote(catalog)
    model.page("catalog", "example")
    model.wheel("catalog", wheel)
    zapped = model.call("POST", "/api/zap/catalog-cache")
    assert (zapped.status_code, zapped.text[:31]) == (200, "Completed zapping cache in path")
    catalog.journal.clear()
    model.page("catalog", "example")
    model.wheel("catalog", wheel)
    assert [asked.path for asked in catalog.journal] == [EXAMPLE]


def test_c05_a_zapped_page_is_served_when_the_catalog_is_down(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    fresh = model.page("catalog", "example")
    catalog.fault = Reply(500)
    model.call("POST", "/api/zap/catalog-cache/.pypi/example.html")
    assert model.page("catalog", "example").content == fresh.content


def test_m06_offline_serves_what_is_cached_and_404_with_a_reason_for_the_rest(model, catalog):
    catalog.project("example")
    model.remote(catalog, retrievalCachePeriodSecs=1)
    model.page("catalog", "example")
    model.update("catalog", offline=True)
    model.advance(10)
    catalog.journal.clear()
    assert model.page("catalog", "example").status_code == 200
    refused = model.page("catalog", "other")
    assert (refused.status_code, "is offline" in message(refused)) == (404, True)
    assert catalog.journal == []


def test_a46_a_blacked_out_remote_has_nothing(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    model.page("catalog", "example")
    model.update("catalog", blackedOut=True)
    assert model.page("catalog", "example").status_code == 404


def test_v06_a_page_that_the_patterns_exclude_is_404_and_not_asked_for(model, catalog):
    catalog.project("example")
    catalog.project("other")
    model.remote(catalog, excludesPattern=".pypi/example.*")
    assert model.page("catalog", "example").status_code == 404
    assert catalog.journal == []
    assert model.page("catalog", "other").status_code == 200


def test_u13_a_page_is_cached_under_its_lower_case_name(model, catalog):
    catalog.project("example")
    model.remote(catalog)
    assert model.page("catalog", "Example").status_code == 200
    assert model.state("catalog")["stored"] == [".pypi/example.html"]


def test_c08_a_remote_that_does_not_store_asks_every_time_and_keeps_nothing(model, catalog):
    catalog.project("example")
    model.remote(catalog, storeArtifactsLocally=False)
    assert [model.page("catalog", "example").status_code for _ in range(2)] == [200, 200]
    assert catalog.asked_for(EXAMPLE) == 2
    assert model.state("catalog")["stored"] == []


def test_c07_parallel_first_requests_ask_the_catalog_once(model, catalog):
    go_on = threading.Event()
    path = catalog.page("example", anchor("../../packages/a.whl", "a.whl"), wait_for=go_on)
    model.remote(catalog)
    with ThreadPoolExecutor(20) as pool:
        answers = [pool.submit(model.page, "catalog", "example") for _ in range(20)]
        go_on.set()
        assert {answer.result().status_code for answer in answers} == {200}
    assert catalog.asked_for(path) == 1
