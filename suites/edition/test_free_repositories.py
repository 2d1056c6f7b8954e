"""What a free edition makes of repositories that are defined by other ways than REST, and does with a generic one."""

import hashlib
from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import Identity, Storage
from artifactory_conformance.artifactory.errors import message_of
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_accepted, assert_served, relied_on
from artifactory_conformance.free_lab import FirstStart, FreeLab

CONTENT = b"what nobody else has deployed"
WHERE = "folder/file.bin"


@relied_on("admin 1.2", "admin 10.2", "D2", "D3", builds_on=["edition.repositories_are_listed"])
def test_a_generic_repository_takes_a_file_and_serves_it(free_lab: FreeLab, generic_repository: Storage) -> None:
    """A free edition stores a file in a generic repository, serves the same bytes, and tells their checksum."""
    someone = Identity(free_lab.session)

    assert_accepted(someone.put(generic_repository.key, WHERE, CONTENT))
    read = someone.get(f"{generic_repository.key}/{WHERE}")
    assert_served(read)
    assert read.body == CONTENT, read
    assert generic_repository.sha256(WHERE) == hashlib.sha256(CONTENT).hexdigest()


@relied_on("admin 1.2", "D2", "D7", builds_on=["edition.a_generic_repository_takes_a_file_and_serves_it"])
def test_a_deleted_file_is_gone(
    free_lab: FreeLab, generic_repository: Storage, observe: Callable[[str, Any], None]
) -> None:
    """A free edition serves a file of a generic repository no more once it was deleted."""
    someone, where = Identity(free_lab.session), f"{generic_repository.key}/{WHERE}"
    someone.put(generic_repository.key, WHERE, CONTENT)
    before = someone.get(where)
    observe("the deletion", generic_repository.try_to_delete(WHERE).status)

    assert_served(before)
    assert someone.get(where).status == 404


@relied_on("admin 1.1", "admin 11.1", "D20", "D22", builds_on=["edition.repositories_are_listed"])
def test_a_pypi_remote_that_a_patch_makes_has_no_package_address(
    free_lab: FreeLab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Whether a free edition takes a PyPI remote by a YAML patch or not, it has no address below /api/pypi."""
    catalog.publish("example")
    key, answer = free_lab.patch_remote(catalog.url)
    observe("the patch", f"{answer.status} {message_of(answer)}".replace(key, "KEY"))
    observe("the repository is listed", key in free_lab.listed())
    observe("KEY/simple/example/", free_lab.session.request("GET", f"{key}/simple/example/").status)

    served = free_lab.session.request("GET", f"api/pypi/{key}/simple/example/")
    assert served.status == 404, served


@relied_on("admin 1.1", "admin 1.2", "admin 11.1", "D21", "D22", builds_on=["edition.repositories_are_listed"])
def test_a_pypi_remote_of_the_first_start_has_no_package_address(
    first_start: Callable[[str], FirstStart], catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Whether a fresh free edition takes a PyPI remote of its file of repositories or not, it has no such address."""
    catalog.publish("example")
    fresh = first_start(catalog.url)
    someone = Identity(fresh.session)
    for key, is_listed in fresh.listed().items():
        observe(f"{key} is listed", is_listed)
    observe("deployed to the generic one", someone.put(fresh.local, WHERE, CONTENT).status)
    observe("read from the generic one", someone.get(f"{fresh.local}/{WHERE}").status)
    observe("REMOTE/simple/example/", someone.get(f"{fresh.remote}/simple/example/").status)

    served = someone.get(f"api/pypi/{fresh.remote}/simple/example/")
    assert served.status == 404, served
