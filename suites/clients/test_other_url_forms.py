import pytest

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, RemoteRepository
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_not_an_index, clause, control
from artifactory_conformance.checks.causes import PIP_INSTALLS
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.labs import Lab

FORMS = {
    "without_simple": ("/simple", ""),
    "without_api_pypi": ("/api/pypi/", "/"),
    "without_both": ("/api/pypi/{key}/simple", "/{key}"),
    "simple_twice": ("/simple", "/simple/simple"),
    "another_key": ("/simple", "-other/simple"),
    "legacy_json": ("/simple", "/pypi"),
}
"""How a documented URL is mistyped: what is replaced by what. `{key}` stands for the repository's key."""

form = pytest.mark.parametrize(("documented", "typed"), FORMS.values(), ids=FORMS.keys())


def mistyped(index_url: str, key: str, documented: str, typed: str) -> str:
    """Give the index URL with one part of it typed wrongly."""
    return index_url.replace(documented.format(key=key), typed.format(key=key))


@clause("CLIENT-11", facts=("client C12", "B-28"))
@form
def test_another_url_form_is_no_index(documented: str, typed: str, lab: Lab, catalog: Organization) -> None:
    """A URL of another form than the documented one never answers with what a client takes for a project's files."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    with control("the documented form lists the file, and it is cached: a folder listing could show it"):
        user.fetch_ok(user.page(remote, "example").link_to(wheel.filename))

    answer = user.get(f"{mistyped(user.index_url(remote), remote.key, documented, typed)}/example/")

    assert_not_an_index("example", answer)


@clause("CLIENT-11", facts=("U-17",))
def test_legacy_json_of_a_project_is_no_index(lab: Lab, catalog: Organization) -> None:
    """The legacy JSON address of a project never answers with what a client takes for a project's files."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    with control("the documented form lists the file"):
        user.page(remote, "example").link_to(wheel.filename)

    assert_not_an_index("example", user.get(f"api/pypi/{remote.key}/pypi/example/json"))


@clause("CLIENT-11", facts=("client C12",), builds_on=[PIP_INSTALLS])
@pytest.mark.parametrize("typed", ["without_simple", "without_api_pypi", "simple_twice"])
def test_pip_installs_nothing_from_another_url_form(
    typed: str, lab: Lab, catalog: Organization, pip: Installer, second_pip: Installer
) -> None:
    """pip installs nothing when the index URL has another form than the documented one."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    with control("pip installs from the documented form, and the file is cached"):
        assert second_pip.install("example", index_url=user.index_url_with_password(remote)).ok

    run = pip.install("example", index_url=mistyped(user.index_url_with_password(remote), remote.key, *FORMS[typed]))

    assert not run.ok
    assert not run.distributions


@clause("CLIENT-11", facts=("client C12", "B-28"))
@form
def test_another_url_form_is_no_index_at_the_site(
    documented: str, typed: str, downloads: Identity, remote_index: RemoteRepository, known_project: str
) -> None:
    """At the site, too, a URL of another form never answers with what a client takes for a project's files."""
    with control("the documented form lists files"):
        assert downloads.page(remote_index, known_project).links

    url = mistyped(downloads.index_url(remote_index), remote_index.key, documented, typed)

    assert_not_an_index(known_project, downloads.get(f"{url}/{known_project}/"))
