"""A plan says what a run would do, and does nothing."""

from __future__ import annotations

from tests.traps.instances import StubbornServer, as_instance
from tests.traps.project import GOOD, Project, check

LAB = check("lab", "lab.local_repository()", fixtures="lab")
DOWNLOADS = check("downloads", "assert downloads.get(VERSION).status == 200", fixtures="downloads")
INSTALLS = check("installs", "assert pip.install('example').ok", fixtures="downloads, pip")
INTERNAL_NAME = "the name of one internal project is asked of the virtual and of the remote"
HAZARD = "each repository that is saved or removed may make the instance forget"


def planned(project: Project, url: str, *arguments: str, level: str = "mutate", **more: str):
    administrator = {"ARTIFACTORY_ADMIN_USER": "admin", "ARTIFACTORY_ADMIN_PASS": "password"}
    environment = as_instance(url) | administrator | {"CONFORMANCE_LEVEL": level, **more}
    project.write(GOOD, LAB, DOWNLOADS, INSTALLS)
    return project.run("--plan", *arguments, environment=environment)


def test_a_plan_contacts_nothing_and_leaves_nothing(project: Project, workers: tuple[str, ...]) -> None:
    with StubbornServer(200, b"") as server:
        ended = planned(project, server.url, *workers)
        assert ended.code == 0, ended.output
        assert server.asked == 0
    assert not ended.has_results
    assert not list(project.folder.rglob(".scratch"))


def test_it_says_what_would_be_done_at_its_level_and_what_would_not(project: Project) -> None:
    ended = planned(project, "http://127.0.0.1:9", level="pull", CONFORMANCE_REQUESTS_PER_SECOND="3")
    for line in (
        "asks http://127.0.0.1:9 on any number of connections at once, 3 requests a second",
        "at most 5000 requests and 20 MB of pages and files",
        "1 at observe, 2 at pull; not run: 1 needs-mutate",
        "reads what fills no cache: 1 of traps",
        "downloads pages and files through the site, so that its caches fill: 2 of traps",
        "runs pip, which asks the site itself: 1 of traps",
        "caches of the site hold afterwards what was downloaded",
        "some questions follow for the diagnosis, at the same level",
    ):
        assert line in ended.output, ended.output
    assert HAZARD not in ended.output
    assert INTERNAL_NAME not in ended.output
    assert "acs-" not in ended.output


def test_it_says_whom_the_name_of_an_internal_project_reaches(project: Project) -> None:
    told = {"CONFORMANCE_VIRTUAL": "all", "CONFORMANCE_LOCAL": "ours"}
    assert INTERNAL_NAME in planned(project, "http://127.0.0.1:9", level="pull", **told).output
    assert INTERNAL_NAME not in planned(project, "http://127.0.0.1:9", level="observe", **told).output


def test_it_names_what_a_saved_configuration_does_to_others(project: Project) -> None:
    ended = planned(project, "http://127.0.0.1:9")
    assert "names begin with acs-, and removes them: 1 of traps" in ended.output
    assert HAZARD in ended.output


def test_malformed_settings_are_refused_as_in_a_run(project: Project) -> None:
    assert planned(project, "http://127.0.0.1:9", level="all").code == 4
