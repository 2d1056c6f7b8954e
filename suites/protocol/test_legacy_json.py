"""The legacy JSON of projects, which update bots and build tools read (U-17, U-18)."""

import json
from collections.abc import Callable
from hashlib import md5, sha256
from typing import Any
from urllib.parse import urldefrag, urljoin

from packaging.utils import canonicalize_name

from artifactory_conformance.artifactory import Identity, LocalRepository, RemoteRepository
from artifactory_conformance.artifactory.identity import Keyed
from artifactory_conformance.catalog import Fault, Organization
from artifactory_conformance.checks import assert_served, control, relied_on
from artifactory_conformance.evidence import Answer
from artifactory_conformance.labs import Lab

UPSTREAM = {
    "info": {"name": "curated-thing", "version": "1.0", "requires_python": ">=3.8"},
    "releases": {"0.9": [], "1.0": []},
    "urls": [],
}
"""What a catalog may say of a project in this form."""


def legacy(identity: Identity, repository: Keyed, rest: str) -> Answer:
    """Ask for the legacy JSON of a project, or of one of its versions."""
    return identity.get(f"api/pypi/{repository.key}/pypi/{rest}/json", Accept="application/json")


def object_in(answer: Answer) -> dict[str, Any]:
    """Give the JSON object that an answer with status 200 is; an empty one if it is none."""
    try:
        told = json.loads(answer.body) if answer.status == 200 else {}
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


@relied_on("row 59", "U-17", "U-18", "release 22", since="7.108.3")
def test_local_project_has_legacy_json(
    downloads: Identity, local_index: LocalRepository, known_internal_project: str, observe: Callable[[str, Any], None]
) -> None:
    """The legacy JSON of an internal project names it, and leads to its newest files with their hashes."""
    with control("it has a page with files"):
        listed = downloads.page(local_index, known_internal_project).filenames()

    answer = legacy(downloads, local_index, known_internal_project)

    assert_served(answer)
    assert answer.headers.get("Content-Type", "").startswith("application/json"), str(answer)
    found = object_in(answer)
    observe("keys", sorted(found))
    assert canonicalize_name(found.get("info", {}).get("name") or "") == canonicalize_name(known_internal_project)
    assert found.get("urls"), str(answer)
    for file in found["urls"]:
        assert file["filename"] in listed
        got = downloads.follow(downloads.get(urljoin(answer.url, urldefrag(file["url"])[0])))
        assert_served(got)
        assert sha256(got.body).hexdigest() == file["digests"]["sha256"], str(got)
        for told in (file["digests"].get("md5"), file.get("md5_digest")):
            assert told in {None, md5(got.body, usedforsecurity=False).hexdigest()}, str(got)
        assert (file.get("packagetype") == "bdist_wheel") is file["filename"].endswith(".whl"), str(file)


@relied_on("row 59", "U-17", "B-21", before="7.108.3")
def test_local_project_has_no_legacy_json_yet(
    downloads: Identity, local_index: LocalRepository, known_internal_project: str
) -> None:
    """Before 7.108.3 the legacy JSON of an internal project is missing: 404, and no error of the server."""
    with control("it has a page with files"):
        assert downloads.page(local_index, known_internal_project).links

    assert legacy(downloads, local_index, known_internal_project).status == 404


@relied_on("U-17", "U-18", "B-22", observes=True)
def test_which_versions_legacy_json_of_a_local_has(lab: Lab, observe: Callable[[str, Any], None]) -> None:
    """Whether the legacy JSON of a local lists older releases, as bots want them, is recorded."""
    local = lab.local_repository()
    lab.upload(local, "internal-thing", "1.0")
    lab.upload(local, "internal-thing", "1.1")

    for rest in ("internal-thing", "internal-thing/1.0", "internal-thing/9.9", "Internal_Thing", "nothing-here"):
        answer = legacy(lab.administrator, local, rest)
        told = object_in(answer)
        version = told.get("info", {}).get("version")
        observe(rest, f"{answer.status}, version {version}, releases {sorted(told.get('releases', ()))}")


@relied_on("row 58", "U-17", "B-22", "open 27")
def test_legacy_json_of_a_proxied_project_is_the_catalogs_or_missing(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """The legacy JSON of a proxied project is the catalog's, releases and all, or missing; never something else."""
    catalog.publish("curated-thing")
    catalog.set_faults(Fault("/pypi/curated-thing/json", body=json.dumps(UPSTREAM), content_type="application/json"))
    remote, _, virtual, user = lab.set_up(catalog)
    with control("the project is served"):
        user.page(remote, "curated-thing")

    for repository in (remote, virtual):
        answer = legacy(user, repository, "curated-thing")
        observe(type(repository).__name__, answer.status)
        assert answer.status in {200, 404}, str(answer)
        if answer.status == 200:
            assert answer.headers.get("Content-Type", "").startswith("application/json"), str(answer)
            told = object_in(answer)
            assert told.get("info", {}).get("name") == "curated-thing", str(answer)
            assert sorted(told.get("releases", ())) in ([], ["0.9", "1.0"])


@relied_on("U-17", "B-23")
def test_legacy_json_of_a_project_that_nobody_has_is_missing(
    downloads: Identity, remote_index: RemoteRepository, known_project: str, observe: Callable[[str, Any], None]
) -> None:
    """The legacy JSON of a project that nobody has is refused: no server error; that below /simple is recorded."""
    with control("the project's page is served"):
        page = downloads.page(remote_index, known_project)

    below = downloads.get(f"{page.url}json")
    unknown = legacy(downloads, remote_index, f"{known_project}-that-nobody-has")

    observe("below /simple", below.status)
    assert 400 <= unknown.status < 500, str(unknown)
