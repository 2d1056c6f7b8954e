"""A site that an administrator has just set up, and nobody has used: what a run sees of it, step by step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import requests

from tests.diagnosis_matrix.world import OWNER, World, catalog, world
from tests.traps.forward_proxy import ForwardProxy
from tests.traps.instances import UNPACED
from tests.traps.project import Ended, run_the_suite

SECONDS = 300.0
PAGE = "package_access/test_site_page.py"

STEPS = {
    "an index URL alone": ("index", ()),
    "an account": ("instance", ("user",)),
    "an account and a reading administrator": ("instance", ("user", "administrator")),
    "all of it, but for changes": ("instance", ("user", "administrator", "keys", "catalog")),
}
"""What a run is given, each time more."""

SUITES = ("package_access", "remote_repository", "permissions", "virtual_repository")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    scratch = tmp_path_factory.mktemp("site")
    with catalog(scratch) as url, world([], url, scratch) as made:
        yield made


def empty_cache(site: World) -> None:
    """Let the remote's cache hold nothing, as on the day on which it was made."""
    cache = f"{site.model}/artifactory/{site.site.remote}-cache"
    children = requests.get(
        f"{site.model}/artifactory/api/storage/{site.site.remote}-cache", auth=(OWNER.user, OWNER.password), timeout=10
    ).json()["children"]
    for child in children:
        answer = requests.delete(f"{cache}{child['uri']}", auth=(OWNER.user, OWNER.password), timeout=10)
        assert answer.status_code in {200, 204}, answer.text


def asked_for(ended: Ended) -> set[str]:
    """Name the projects whose pages the run asked the remote for."""
    text = (ended.reports / "evidence.jsonl").read_text(encoding="utf-8")
    return set(re.findall(r"/simple/([a-z0-9-]+)/\"", text))


def run(
    folder: Path, *arguments: str, suites: tuple[str, ...] = (PAGE,), more: Mapping[str, str] | None = None
) -> Ended:
    given = [*(f"suites/{one}" for one in suites), "--config=/dev/null", *arguments]
    return run_the_suite(folder, *given, environment={**UNPACED, **(more or {})}, seconds=SECONDS)


def account(site: World) -> dict[str, str]:
    return {"ARTIFACTORY_USER": site.user.user, "ARTIFACTORY_PASS": site.user.password}


def at_the_site(site: World, folder: Path, *arguments: str, more: Mapping[str, str] | None = None) -> Ended:
    given = ("--target", "instance", "--artifactory-url", site.model, "--catalog-address", site.catalog)
    return run(folder, *given, *arguments, more=account(site) | dict(more or {}))


def test_nobody_has_to_install_a_package_first(site: World, tmp_path: Path) -> None:
    """The cache is empty, and the remote lists its projects: one of them is asked for."""
    empty_cache(site)
    ended = at_the_site(site, tmp_path)
    assert list(ended.verdicts.values()) == ["conformant"], ended.output
    assert asked_for(ended) & {"curated-example", "curated-part"}


def test_a_package_that_was_named_is_asked_for_and_another_one_that_the_remote_does_not_have_is_told_of(
    site: World, tmp_path: Path
) -> None:
    empty_cache(site)
    ended = at_the_site(site, tmp_path, "--packages", "no-such-thing,Curated.Part")
    assert list(ended.verdicts.values()) == ["conformant"], ended.output
    assert asked_for(ended) == {"no-such-thing", "curated-part"}
    said = "note: --packages names no-such-thing, which activestate-platform answers with 404; the checks ask for"
    assert f"{said} curated-part" in ended.output


def test_packages_of_which_the_remote_has_none_are_no_verdict_and_say_so(site: World, tmp_path: Path) -> None:
    empty_cache(site)
    at_catalog = {"CATALOG_USER": site.catalog_account.user, "CATALOG_PASS": site.catalog_account.password}
    ended = at_the_site(site, tmp_path, "--packages", "no-such-thing", more=at_catalog)
    assert [verdict.partition(" ")[0] for verdict in ended.verdicts.values()] == ["inconclusive"], ended.output
    assert "--packages names no-such-thing" in ended.output
    assert "as the catalog itself does: name one that your catalog has" in ended.output
    assert "Traceback" not in ended.output


def arguments_of(site: World, kind: str, parts: tuple[str, ...]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Give options and secrets of a step."""
    if kind == "index":
        url = f"{site.model}/artifactory/api/pypi/{site.site.remote}/simple"
        return ("--target", "index", "--index-url", url, "--project", "curated-example"), account(site)
    options = ["--target", "instance", "--artifactory-url", site.model, "--catalog-address", site.catalog]
    secrets = account(site)
    if "administrator" in parts:
        secrets |= {"ARTIFACTORY_ADMIN_USER": OWNER.user, "ARTIFACTORY_ADMIN_PASS": OWNER.password}
    if "keys" in parts:
        options += ["--virtual", site.site.virtual, "--local", site.site.local]
        options += ["--organization", site.site.organization]
    if "catalog" in parts:
        secrets |= {"CATALOG_USER": site.catalog_account.user, "CATALOG_PASS": site.catalog_account.password}
    return tuple(options), secrets


def test_each_thing_that_a_run_is_given_adds_clauses_and_the_summary_says_what_would_show_the_rest(
    site: World, tmp_path: Path
) -> None:
    judged: set[str] = set()
    for number, (step, (kind, parts)) in enumerate(STEPS.items()):
        options, secrets = arguments_of(site, kind, parts)
        ended = run(tmp_path / str(number), *options, suites=SUITES, more=secrets)
        assert ended.has_results, ended.output
        results = ended.results
        said = {c["id"] for c in results["clauses"] if c["verdict"] in {"conformant", "nonconformant", "warning"}}
        assert judged < said, f"{step} adds nothing, or loses {sorted(judged - said)}:\n{ended.output}"
        judged = said
        lines = ended.output.splitlines()
        counted = next(line for line in lines if line.endswith(" clauses judged"))
        assert counted.endswith(f"{len(judged)} of {len(results['clauses'])} clauses judged")
        partial = next(line for line in lines if line.startswith("partial run: "))
        lacking = {check["reason"]: check["message"] for check in results["checks"] if check["verdict"] == "not run"}
        assert lacking, "no step gives everything"
        for reason, remedy in lacking.items():
            assert reason in partial, f"{step}: {reason} is not named"
            assert f"  {remedy}" in lines, f"{step}: nobody says what to do about {reason}"
        assert not results["complete"]


def test_pip_and_the_suite_ask_by_the_proxy_that_was_named_and_log_in_there(site: World, tmp_path: Path) -> None:
    user, password = "beyond@the.wall", "Proxy/s3cret:4711%41"
    secrets = account(site) | {"CONFORMANCE_PROXY_USER": user, "CONFORMANCE_PROXY_PASS": password}
    with ForwardProxy(user, password) as proxy:
        options = ("--target", "instance", "--artifactory-url", site.model, "--catalog-address", site.catalog)
        installs = ("package_access/test_installing.py",)
        named = ("--proxy", proxy.url, "--packages", "curated-example")
        ended = run(tmp_path, *options, *named, suites=installs, more=secrets)
    by_client = {agent.partition("/")[0] for agent, _ in proxy.asked}
    assert by_client == {"artifactory-conformance", "pip"}, ended.output
    assert {address.removeprefix(site.model)[:1] for _, address in proxy.asked} == {"/"}, "the target, and nobody else"
    assert "conformant" in ended.verdicts.values(), ended.output
    said = {verdict.partition(" ")[0] for verdict in ended.verdicts.values()}
    assert not said & {"nonconformant", "inconclusive"}, ended.output
    assert password not in ended.output
