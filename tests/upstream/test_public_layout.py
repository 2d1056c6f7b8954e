"""The same service as a public index."""

import mousebender.simple


def test_links_are_absolute_at_the_host_that_was_asked(public):
    published = public.publish("example", "99.0")

    answer = public.get("/simple/example/", headers={"Host": "index.test:81"})

    link = mousebender.simple.from_project_details_html(answer.text, "example")["files"][0]["url"]
    sha256 = published["sha256"]
    assert published["path"] == f"/packages/{sha256[:2]}/{sha256[2:4]}/{sha256[4:]}/example-99.0-py3-none-any.whl"
    assert link == f"http://index.test:81{published['path']}"
    assert public.get(published["path"]).status_code == 200


def test_public_index_asks_nobody_for_credentials_and_notes_those_it_gets(public):
    public.publish()

    assert public.get("/simple/example/").status_code == 200
    assert public.service.request("GET", "/simple/example/", auth=("somebody", "secret")).status_code == 200

    seen = [(entry["credentials"], entry["user"]) for entry in public.journal()]
    assert seen == [("none", None), ("wrong", "somebody")]


def test_public_index_has_one_organization_that_stays(public):
    assert public.service.control("POST", "organizations", expect=400).json()["error"]
    assert public.service.control("DELETE", "organizations/public", expect=400).json()["error"]
    assert public.service.control("GET", "organizations/public", expect=200).json() == {
        "id": "public",
        "user": None,
        "base_path": "",
    }


def test_paths_are_redirected_at_the_root(public):
    assert public.get("/simple/Exam.Ple").headers["Location"] == "/simple/exam-ple/"
    assert public.get("/packages/aa/bb/cc/x.whl").status_code == 404
    assert public.service.control("GET", "health", expect=200).json()["layout"] == "pypi"
