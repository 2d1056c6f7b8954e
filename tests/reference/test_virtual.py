"""Virtual repositories: merge, order, refusals, uploads (section 4, B1 to B15)."""

import pytest

from tests.reference.made_distributions import wheel as made_wheel
from tests.reference.model_client import message
from tests.reference.stub_catalog import Reply, anchor

WHEEL = "example-1.0-py3-none-any.whl"


@pytest.fixture
def both(model, catalog):
    """A virtual over a remote with example 1.0 and a local with example 2.0."""
    catalog.project("example", content=b"from the catalog")
    model.remote(catalog)
    model.local("internal")
    assert model.upload("internal", "example-2.0-py3-none-any.whl", made_wheel("example", "2.0"), "example", "2.0").ok
    model.virtual("catalog", "internal", defaultDeploymentRepo="internal")
    return model


def links(page):
    return [line.partition('href="')[2].partition('"')[0].partition("#")[0] for line in page.text.splitlines()[2:-1]]


def test_v01_a_page_is_the_union_of_the_members_pages(both):
    page = both.page("all", "example")
    assert links(page) == [
        "../../packages/packages/ab/cd/example-1.0-py3-none-any.whl",
        "../../packages/example/2.0/example-2.0-py3-none-any.whl",
    ]
    for href in links(page):
        assert both.file("all", href.removeprefix("../../")).status_code == 200


def test_v01_a_member_that_fails_is_hidden_by_one_that_does_not(both, catalog):
    catalog.fault = Reply(500)
    assert links(both.page("all", "example")) == ["../../packages/example/2.0/example-2.0-py3-none-any.whl"]


def test_b7_a_project_that_no_member_has_is_404(both):
    assert both.page("all", "absent").status_code == 404


def test_b7_one_denied_member_makes_a_missing_project_403(both):
    user = both.user("joe")
    both.grant("joe", "internal", "read")
    assert both.page("all", "absent", user).status_code == 403
    assert both.page("all", "example", user).status_code == 200


def test_b10_a_permission_on_the_members_is_enough_and_naming_the_virtual_is_refused(both):
    user = both.user("joe")
    both.grant("joe", "catalog", "read", "write")
    assert both.page("all", "example", user).status_code == 200
    repo = {"repositories": ["all"], "actions": {"users": {"joe": ["read"]}}}
    refused = both.call("POST", "/api/v2/security/permissions/x", json={"name": "x", "repo": repo})
    assert refused.status_code == 400


def test_b8_after_the_choice_no_other_member_is_tried(model, catalog):
    path = "/org/pypi/packages/x.whl"
    catalog.replies[path] = lambda asked: Reply(200 if asked.method == "HEAD" else 500)
    catalog.replies["/good/packages/x.whl"] = Reply(body=b"good")
    model.remote(catalog, "first")
    model.remote(f"{catalog.origin}/good", "second")
    model.virtual("first", "second")
    assert model.file("all", "packages/packages/x.whl").status_code == 500


def test_b3_a_file_in_the_cache_of_the_last_beats_an_uncached_one_in_the_first(model, catalog):
    catalog.replies["/one/packages/x.whl"] = Reply(body=b"first")
    catalog.replies["/two/packages/x.whl"] = Reply(body=b"second")
    model.remote(f"{catalog.origin}/one", "first")
    model.remote(f"{catalog.origin}/two", "second")
    model.virtual("first", "second")
    model.file("second", "packages/packages/x.whl")
    assert model.file("all", "packages/packages/x.whl").content == b"second"


def test_b3_a_local_beats_every_remote_wherever_it_stands(model, catalog):
    catalog.replies["/org/pypi/example/2.0/x.whl"] = Reply(body=b"remote")
    model.remote(catalog)
    model.local("internal")
    assert model.call("PUT", "/internal/example/2.0/x.whl", data=b"local").status_code == 201
    model.virtual("catalog", "internal")
    assert model.file("all", "packages/example/2.0/x.whl").content == b"local"


def test_b1_nested_virtuals_are_expanded_and_cycles_end(both):
    both.virtual("all", key="outer")
    both.update("all", repositories=["catalog", "internal", "outer"])
    assert len(links(both.page("outer", "example"))) == 2


def test_b1_patterns_of_a_virtual_filter_what_is_below_it(both):
    both.update("all", excludesPattern=".pypi/example.html")
    both.virtual("all", key="outer")
    refused = both.page("outer", "example")
    assert (refused.status_code, message(refused)[:30]) == (404, "No repository found to serve t"[:30])


def test_v05_a_page_excluded_on_the_remote_leaves_the_other_members(both):
    both.update("catalog", excludesPattern=".pypi/example.*")
    assert links(both.page("all", "example")) == ["../../packages/example/2.0/example-2.0-py3-none-any.whl"]


def test_b4_a_request_from_another_artifactory_stays_away_from_remotes(both, catalog):
    headers = {"X-Artifactory-Originated": "another"}
    assert both.wheel("all", WHEEL, headers=headers).status_code == 404
    assert len(links(both.page("all", "example", headers=headers))) == 1
    assert catalog.journal == []
    both.update("all", artifactoryRequestsCanRetrieveRemoteArtifacts=True)
    assert both.wheel("all", WHEEL, headers=headers).status_code == 200


def test_a47_hard_fail_of_a_member_ends_the_search(both, nowhere):
    both.remote(nowhere, "broken", hardFail=True)
    both.update("all", repositories=["broken", "internal"])
    assert both.page("all", "example").status_code == 500


def test_v08_an_upload_goes_to_the_default_deployment_repository(both):
    answer = both.upload("all", "fresh-1.0-py3-none-any.whl", made_wheel("fresh", "1.0"), "fresh", "1.0")
    assert answer.status_code == 200
    assert answer.headers["Location"].endswith("/internal/fresh/1.0/fresh-1.0-py3-none-any.whl")
    assert "fresh/1.0/fresh-1.0-py3-none-any.whl" in both.state("internal")["stored"]


def test_2_5_a_put_to_a_virtual_without_default_deployment_is_405(both):
    both.update("all", defaultDeploymentRepo="")
    answer = both.call("PUT", "/all/a/b.whl", data=b"x")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
    assert "(all) virtual repository." in message(answer)


def test_v10_the_root_page_is_the_union(both, catalog):
    catalog.replies["/org/pypi/simple/"] = Reply(body=(anchor("zebra/", "Zebra") + anchor("a_b/", "A_b")).encode())
    assert links(both.get("/api/pypi/all/simple/")) == ["a-b", "example", "zebra"]


def test_the_storage_api_of_a_virtual_finds_items_of_members(both):
    info = both.get("/api/storage/all/example/2.0/example-2.0-py3-none-any.whl").json()
    assert info["repo"] == "all"
