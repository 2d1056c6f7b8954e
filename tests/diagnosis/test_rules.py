"""What is read of a set-up proves the cause that it shows, and no other one."""

from __future__ import annotations

from typing import Any

import pytest

from artifactory_conformance.diagnosis import Certainty, Seen, diagnose
from artifactory_conformance.guide import PRINTED_EXAMPLE, clauses
from tests.diagnosis.made import (
    CATALOG,
    GRANT,
    LOCAL,
    ORGANIZATION,
    REMOTE,
    VIRTUAL,
    administrator,
    check,
    probes,
    results,
)

OTHER = "11111111-2222-3333-4444-555555555555"
EVERY = [check(f"any.check_{number}", "inconclusive", name) for number, name in enumerate(clauses())]


def found(facts: dict[str, Any], *more: dict[str, Any]) -> dict[str, Certainty]:
    diagnosis = diagnose(Seen.of(results(*EVERY, *more, probes=facts)))
    return {one.cause.id: one.certainty for one in diagnosis.findings}


def proved(facts: dict[str, Any], *more: dict[str, Any]) -> set[str]:
    return {name for name, certainty in found(facts, *more).items() if certainty is Certainty.PROVED}


@pytest.mark.parametrize(
    ("changed", "cause"),
    [
        ({"found": False}, "remote-missing"),
        ({"rclass": "local"}, "catalog-key-is-no-remote"),
        ({"packageType": "generic"}, "remote-of-another-package-type"),
        ({"pyPIRegistryUrl": "https://pypi.org"}, "registry-url-is-the-public-index"),
        ({"url": "https://files.pythonhosted.org"}, "url-is-the-public-index"),
        ({"url": f"https://mirror.example.com/{ORGANIZATION}/pypi"}, "url-names-another-host"),
        ({"url": f"http://repository.activestate.com/{ORGANIZATION}/pypi"}, "url-without-tls"),
        ({"url": f"{CATALOG}/<YOUR-ORG-ID>/pypi"}, "placeholder-in-the-url"),
        ({"url": f"{CATALOG}/{PRINTED_EXAMPLE}/pypi"}, "printed-example-in-the-url"),
        ({"pyPIRegistryUrl": f"{CATALOG}/{OTHER}/pypi"}, "organization-of-somebody-else"),
        ({"url": f"{CATALOG}/acme/pypi"}, "organization-is-no-uuid"),
        ({"pyPIRegistryUrl": f"{REMOTE['url']}/simple"}, "simple-behind-registry-url"),
        ({"url": f"{REMOTE['url']}/simple/"}, "simple-behind-url"),
        ({"url": f"{CATALOG}/{ORGANIZATION}"}, "pypi-left-off-the-url"),
        ({"url": f"{CATALOG}/{ORGANIZATION}/npm"}, "url-of-another-path"),
        ({"pyPIRepositorySuffix": "simple/simple"}, "registry-suffix-changed"),
        ({"has_password": False}, "password-missing"),
        ({"username": ""}, "user-name-missing"),
        ({"username": "somebody@example.com"}, "e-mail-address-as-user-name"),
        ({"username": OTHER}, "user-name-of-another-organization"),
        ({"username": "admin"}, "user-name-is-another-word"),
        ({"offline": True}, "remote-offline"),
        ({"blackedOut": True}, "remote-blacked-out"),
        ({"excludesPattern": ".pypi/**"}, "remote-patterns-hide-pages"),
        ({"includesPattern": ".pypi/**"}, "remote-patterns-hide-files"),
        ({"xrayIndex": True}, "xray-on-the-remote"),
        ({"description": "", "notes": ""}, "no-note-on-the-remote"),
        ({"storeArtifactsLocally": False}, "store-artifacts-locally-off"),
        ({"retrievalCachePeriodSecs": 0}, "retrieval-period-zero"),
        ({"retrievalCachePeriodSecs": 7199}, "retrieval-period-short"),
        ({"retrievalCachePeriodSecs": 10**7}, "retrieval-period-long"),
        ({"missedRetrievalCachePeriodSecs": 0}, "missed-period-zero"),
        ({"missedRetrievalCachePeriodSecs": 60}, "missed-period-short"),
        ({"missedRetrievalCachePeriodSecs": 1801}, "missed-period-long"),
        ({"unusedArtifactsCleanupPeriodHours": 24}, "cached-artifacts-cleaned-up"),
        ({"priorityResolution": True}, "priority-on-the-remote"),
    ],
)
def test_the_remote_shows(changed: dict[str, Any], cause: str):
    assert proved(probes(administrator=administrator(remote={**REMOTE, **changed}))) == {cause}


@pytest.mark.parametrize(
    ("changed", "cause"),
    [
        ({"account": ["read"]}, "deploy-cache-missing"),
        ({"account": ["write"]}, "read-missing"),
        ({"account": []}, "no-grant-on-the-remote"),
        ({"repositories": ["earlier-trial"]}, "grant-on-another-repository"),
        ({"repositories": ["activestate-virtual"]}, "grant-on-the-virtual-alone"),
        ({"repositories": ["internal-pypi"]}, "grant-on-the-internal-repository-alone"),
        ({"account": [], "groups": {"installers": ["read", "write"]}}, "account-not-in-the-group"),
        ({"include": ["*/*.whl"]}, "grant-pattern-hides-pages"),
        ({"include": [".pypi/**"]}, "grant-pattern-hides-files"),
        ({"exclude": ["secret/**"]}, "grant-pattern-leaves-something-out"),
        ({"account": ["read", "write", "delete"]}, "account-may-delete-or-manage"),
    ],
)
def test_the_grants_show(changed: dict[str, Any], cause: str):
    assert proved(probes(administrator=administrator(grants=[{**GRANT, **changed}]))) == {cause}


def test_grants_of_a_group_and_of_a_placeholder_are_enough():
    granted = {**GRANT, "repositories": ["ANY REMOTE"], "account": [], "groups": {"developers": ["read", "write"]}}
    assert proved(probes(administrator=administrator(grants=[granted]))) == set()


def test_an_administrator_who_installs_needs_no_grant_and_is_one_too_many():
    account = {"found": True, "groups": [], "admin": True}
    assert proved(probes(administrator=administrator(grants=[], account=account))) == {"account-is-an-administrator"}


def member(*path: str, url: str, registry: str = "") -> dict[str, Any]:
    return {**REMOTE, "key": path[-1], "path": list(path), "url": url, "pyPIRegistryUrl": registry or url}


@pytest.mark.parametrize(
    ("more", "cause"),
    [
        (member("activestate-virtual", "pypi", url="https://pypi.org"), "public-index-in-the-virtual"),
        (member("activestate-virtual", "old", "pypi", url="https://pypi.org"), "public-index-in-a-nested-virtual"),
        (
            member("activestate-virtual", "curated", url=REMOTE["url"], registry="https://pypi.org"),
            "public-index-under-an-innocent-key",
        ),
        (member("activestate-virtual", "mirror", url="https://mirror.example.com"), "other-address-in-the-virtual"),
    ],
)
def test_the_members_show(more: dict[str, Any], cause: str):
    virtual = {**VIRTUAL, "repositories": [*VIRTUAL["repositories"], more["path"][1]]}
    assert proved(probes(administrator=administrator(virtual=virtual, members=[more]))) == {cause}


@pytest.mark.parametrize(
    ("changed", "cause"),
    [
        ({"virtual": {"found": False}}, {"virtual-missing"}),
        ({"virtual": {**VIRTUAL, "rclass": "local"}}, {"virtual-key-is-no-virtual"}),
        (
            {"virtual": {**VIRTUAL, "repositories": ["internal-pypi"]}, "members": [LOCAL]},
            {"remote-not-in-the-virtual"},
        ),
        (
            {"virtual": {**VIRTUAL, "repositories": ["activestate-platform"]}, "members": [REMOTE]},
            {"local-not-in-the-virtual"},
        ),
        ({"virtual": {**VIRTUAL, "defaultDeploymentRepo": ""}}, {"no-default-deployment-repository"}),
        (
            {"virtual": {**VIRTUAL, "defaultDeploymentRepo": "elsewhere"}},
            {"default-deployment-repository-elsewhere"},
        ),
        ({"virtual": {**VIRTUAL, "repositories": VIRTUAL["repositories"][::-1]}}, {"remote-not-first-in-the-virtual"}),
        ({"virtual": {**VIRTUAL, "excludesPattern": "**"}}, {"virtual-patterns-hide-packages"}),
        ({"local": {"found": False}}, {"internal-repository-missing"}),
        ({"local": {**LOCAL, "packageType": "generic"}}, {"internal-repository-of-another-kind"}),
        ({"instance": {"offlineMode": "true"}}, {"instance-offline"}),
        ({"quota": {"enabled": "true", "diskSpaceLimitPercentage": "10"}}, {"storage-quota-reached"}),
    ],
)
def test_the_rest_of_the_set_up_shows(changed: dict[str, Any], cause: set[str]):
    assert proved(probes(administrator=administrator(**changed))) == cause


def test_two_mistakes_are_both_proved():
    remote = {**REMOTE, "storeArtifactsLocally": False}
    facts = probes(administrator=administrator(remote=remote, grants=[{**GRANT, "account": ["read"]}]))
    assert proved(facts) == {"store-artifacts-locally-off", "deploy-cache-missing"}


def refused(status: int, reason: str = "unnamed") -> dict[str, Any]:
    return {"status": status, "refused_for": reason, "message": ""}


@pytest.mark.parametrize(
    ("reason", "cause"),
    [
        ("deploy_cache", "deploy-cache-missing"),
        ("xray", "xray-blocks-downloads"),
        ("curation", "curation-blocks-downloads"),
        ("suspended", "log-in-suspended"),
        ("locked", "account-locked"),
    ],
)
def test_a_refusal_that_names_its_cause_proves_it_to_who_installs(reason: str, cause: str):
    assert proved(probes(account={"page": refused(403, reason)})) == {cause}


def test_a_refusal_that_names_nothing_proves_nothing():
    assert proved(probes(account={"page": refused(403), "new_page": refused(404)})) == set()


def test_nothing_new_comes_is_likely_and_says_no_more_than_that():
    told = found(probes(account={"page": refused(404), "new_page": refused(404)}))
    assert told["nothing-new-comes-from-the-catalog"] is Certainty.LIKELY
    assert Certainty.PROVED not in told.values()
    assert [name for name, certainty in told.items() if certainty is Certainty.LIKELY] == [
        "nothing-new-comes-from-the-catalog"
    ]


def test_the_catalogs_own_journal_proves_wrong_credentials():
    account = {"page": {"status": 200}, "new_page": refused(404)}
    facts = probes(
        administrator=administrator(new_page=refused(404)), account=account, upstream={"asked_with": "wrong"}
    )
    assert proved(facts) == {"catalog-refuses-the-remotes-credentials"}


def test_credentials_that_the_catalog_takes_directly_make_those_on_the_remote_likely_wrong():
    account = {"page": {"status": 404}}
    catalog = {"page": {"reached": True, "status": 200, "links": 1}}
    told = found(probes(administrator=administrator(new_page=refused(404)), account=account, catalog=catalog))
    assert told["catalog-refuses-the-remotes-credentials"] is Certainty.LIKELY


def test_a_url_that_the_list_shows_proves_it_to_who_installs():
    listed = {"activestate-platform": {"type": "remote", "packageType": "pypi", "url": f"{CATALOG}/{OTHER}/pypi"}}
    assert proved(probes(account={"listed": listed})) == {"organization-of-somebody-else"}


@pytest.mark.parametrize(
    ("asked", "said", "cause"),
    [
        ("odd_stored_page", "remote: is offline, 'x' is not found at 'y'.", "remote-offline"),
        ("odd_stored_page", "The repository 'remote' is blacked out and cannot serve 'x'.", "remote-blacked-out"),
        ("odd_stored_page", "The repository 'r' rejected the resolution of 'x'.", "remote-patterns-hide-pages"),
        ("odd_stored_file", "The repository 'r' rejected the resolution of 'x'.", "remote-patterns-hide-files"),
    ],
)
def test_an_answer_that_says_why_proves_it_to_who_installs(asked: str, said: str, cause: str):
    answer = {"status": 404, "refused_for": "unnamed", "message": said}
    assert proved(probes(account={asked: answer, "page": refused(404)})) == {cause}


def test_the_catalogs_own_word_beside_a_404_makes_refused_credentials_likely():
    told = found(probes(account={"odd_stored_page": {**refused(404), "message": "Unauthorized"}, "page": refused(404)}))
    assert [name for name, certainty in told.items() if certainty is Certainty.LIKELY] == [
        "catalog-refuses-the-remotes-credentials"
    ]


def test_files_that_come_speak_against_whatever_keeps_them_all_away():
    account = {"page": {"status": 200}, "cold_file": {"status": 200}, "odd_page": refused(404)}
    told = found(probes(account=account))
    assert {"nothing-new-comes-from-the-catalog", "catalog-refuses-the-remotes-credentials"}.isdisjoint(told)


def test_a_package_that_the_virtual_lacks_has_two_names_where_nobody_reads_configurations():
    told = found(probes(account={"page": {"status": 200}, "page_of_the_virtual": refused(404)}))
    assert told == {
        "virtual-lacks-catalog-packages": Certainty.LIKELY,
        "remote-not-in-the-virtual": Certainty.POSSIBLE,
        "virtual-patterns-hide-packages": Certainty.POSSIBLE,
    }


def test_checks_that_had_nothing_to_ask_for_are_not_blamed_on_the_instance():
    idle = check("any.idle", "inconclusive", "PERM-03", reason="set-up-failed")
    account = {"page": {"status": 200, "links": 2, "is_a_page": True}, "cold_file": {"none_left": True}}
    diagnosis = diagnose(Seen.of(results(idle, probes=probes(account=account))))
    assert [(one.cause.id, one.explains) for one in diagnosis.findings] == [("nothing-cold-to-ask-for", ("any.idle",))]
