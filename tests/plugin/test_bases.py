"""What checks build on: by what they ask for, and only on checks that there are."""

from __future__ import annotations

from artifactory_conformance.command import layout
from artifactory_conformance.plugin.bases import BASES, bases_of
from artifactory_conformance.plugin.inventory import collect
from tests.proof.runs import ROOT


def test_who_asks_for_something_of_the_site_builds_on_its_being_there() -> None:
    assert bases_of(["site_remote", "admin"]) == ("remote_repository.the_catalog_is_a_remote_pypi_repository",)
    assert not bases_of(["catalog", "administrator"])


def test_who_makes_repositories_of_its_own_builds_on_an_instance_with_room_that_is_not_offline() -> None:
    assert bases_of(["lab"]) == bases_of(["proxy", "run"])
    assert bases_of(["lab"]) == (
        "best_practices.the_storage_quota_is_not_reached",
        "caching.the_sites_remote_is_neither_offline_nor_blacked_out",
    )


def test_every_base_is_a_check_and_no_check_is_a_base_of_itself() -> None:
    checks = {check.info.id: check.info for check in collect(layout())}
    assert not {base for info in checks.values() for base in info.builds_on} - checks.keys()

    def above(name: str, seen: frozenset[str]) -> frozenset[str]:
        for base in checks[name].builds_on:
            seen = seen if base in seen else above(base, seen | {base})
        return seen

    assert not [name for name in checks if name in above(name, frozenset())]


def test_every_fixture_that_has_a_base_is_one() -> None:
    declared = "\n".join(file.read_text("utf-8") for file in (ROOT / "fixtures").glob("*.py"))
    assert [name for name in BASES if f"\ndef {name}(" not in declared] == []
