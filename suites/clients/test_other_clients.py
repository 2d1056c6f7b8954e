from collections.abc import Callable
from typing import Any

import pytest
from packaging.utils import canonicalize_name

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity
from artifactory_conformance.artifactory.identity import Indexed
from artifactory_conformance.artifactory.logs import Logs
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_came_through, assert_installed, clause, control, relied_on
from artifactory_conformance.checks.causes import FILE_IS_CACHED, UV_INSTALLS
from artifactory_conformance.clients.elsewhere import Elsewhere
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.clients.pdm import Pdm
from artifactory_conformance.clients.pip_compile import PipCompile
from artifactory_conformance.clients.pipenv import Pipenv
from artifactory_conformance.clients.poetry import Poetry
from artifactory_conformance.clients.uv import Uv
from artifactory_conformance.labs import Lab


@clause("CLIENT-10", facts=("T25", "B-02", "B-15", "client C14"))
def test_uv_works_with_credentials_in_the_url(lab: Lab, catalog: Organization, uv: Uv) -> None:
    """uv, which reaches nothing but the instance, locks and installs a package with its requirements."""
    base = catalog.publish("base", "2.0", filler=200_000)
    wheel = catalog.publish("example", requires=("base>=1",))
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    run = uv.sync("example", index_url=user.index_url_with_password(remote))

    assert_installed(run, wheel, base)
    assert_came_through(run, user.index_url(remote))
    assert uv.installed() == {"example": "1.0", "base": "2.0"}


@clause("CLIENT-10", facts=("T25",))
def test_uv_works_with_a_netrc(lab: Lab, catalog: Organization, uv: Uv) -> None:
    """uv takes user and password from ~/.netrc, the index URL free of them."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    uv.home.write_netrc(user.netrc_entry())

    run = uv.sync("example", index_url=user.index_url(remote))

    assert_installed(run, wheel)
    assert_came_through(run, user.index_url(remote))


@clause("CLIENT-10", facts=("T25", "users 2.1"))
def test_uv_works_with_the_index_of_its_project(lab: Lab, catalog: Organization, uv: Uv) -> None:
    """uv takes the index from its project, which names it as the default, and the credentials from variables."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    run = uv.sync_project("example", index_url=user.index_url(remote), user=user.name, password=user.password)

    assert_installed(run, wheel)
    assert_came_through(run, user.index_url(remote))


@clause("CLIENT-10", facts=("T25", "users 2.1"), builds_on=[UV_INSTALLS, FILE_IS_CACHED])
def test_uv_works_with_the_index_line_of_a_requirements_file(lab: Lab, catalog: Organization, uv: Uv) -> None:
    """uv takes the index from the --index-url line of requirements.txt, the guide's option C."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    requirements = uv.home.write_requirements(f"--index-url {user.index_url_with_password(remote)}\nexample\n")

    run = uv.pip_install("--requirement", str(requirements))

    assert run.ok, run.said
    assert uv.installed() == {"example": "1.0"}
    assert remote.cache.holds_file(wheel.filename)


@clause("CLIENT-10", facts=("B-14", "client C14"))
def test_uv_finds_both_kinds_of_packages_in_a_virtual(lab: Lab, catalog: Organization, uv: Uv) -> None:
    """uv installs a catalog package and the internal one that requires it, through one virtual of both members."""
    curated = catalog.publish("curated-thing", "1.4")
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    internal = lab.upload(local, "internal-thing", "2.3", requires=("curated-thing>=1.2",))
    virtual = lab.virtual_repository(remote, local)
    user = lab.user(remote, local, READ, DEPLOY_CACHE)

    run = uv.sync("internal-thing", index_url=user.index_url_with_password(virtual))

    assert_installed(run, curated, internal)
    assert_came_through(run, user.index_url(virtual))


@clause("CLIENT-10")
def test_uv_locks_a_catalog_package(
    downloads: Identity, catalog_index: Indexed, installable_release: str, uv: Uv
) -> None:
    """uv locks a package of the site's catalog with the account's own credentials, every file of it at the instance."""
    run = uv.lock(installable_release, index_url=downloads.index_url_with_password(catalog_index))

    assert_came_through(run, downloads.home_url(catalog_index))


@clause("CLIENT-10", builds_on=["clients.uv_locks_a_catalog_package"])
def test_uv_installs_a_catalog_package(
    downloads: Identity, catalog_index: Indexed, installable_release: str, uv: Uv
) -> None:
    """uv installs a package of the site's catalog with the account's own credentials, if any are asked for; it builds
    nothing, and leaves its requirements aside."""
    index_url = downloads.index_url_with_password(catalog_index)

    run = uv.pip_install(installable_release, index_url=index_url, options=["--no-deps", "--only-binary", ":all:"])

    assert run.ok, run.said
    project, _, version = installable_release.partition("==")
    assert {canonicalize_name(name): found for name, found in uv.installed().items()} == {
        canonicalize_name(project): version
    }


@relied_on("client C3", builds_on=["clients.uv_works_with_a_netrc"])
@pytest.mark.usefixtures("anonymous_access_off")
def test_uv_passes_over_a_netrc_entry_with_a_port(lab: Lab, catalog: Organization, uv: Uv) -> None:
    """A netrc entry for host:port serves no request of uv either: it installs nothing."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    uv.home.write_netrc(user.netrc_entry(with_port=True))

    assert not uv.lock("example", index_url=user.index_url(remote)).ok

    with control("without credentials nothing is served, and the same entry for the bare host serves"):
        assert lab.nobody.get_page(remote, "example").status == 401
        uv.home.write_netrc(user.netrc_entry())
        assert uv.lock("example", index_url=user.index_url(remote)).ok


@relied_on("T25", "users 2.1", builds_on=[UV_INSTALLS], observes=True)
def test_whether_uv_reads_the_index_of_pip(
    lab: Lab, catalog: Organization, uv: Uv, elsewhere: Elsewhere, observe: Callable[[str, Any], None]
) -> None:
    """Records whether uv comes to the instance by PIP_INDEX_URL alone, the guide's option D.

    It is uv's affair: nothing that an instance answers makes uv read it.
    """
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    index_url = user.index_url_with_password(remote)

    told = {"PIP_INDEX_URL": index_url, "UV_HTTP_RETRIES": "0", **elsewhere.variables}
    run = uv.pip_install("example", environment=told)

    observe("uv installs", run.ok)
    observe("uv asks the instance", bool(remote.cache.paths()))
    observe("uv asks instead", elsewhere.asked)
    with control("uv installs when its own variable names the index"):
        assert uv.pip_install("example", index_url=index_url).ok
        assert uv.installed() == {"example": "1.0"}


@relied_on("client C9", builds_on=["clients.uv_works_with_a_netrc"], observes=True)
def test_how_many_requests_of_uv_come_without_credentials(
    lab: Lab, catalog: Organization, uv: Uv, logs: Logs, observe: Callable[[str, Any], None]
) -> None:
    """How often uv with a netrc asks without credentials before it asks with them is recorded: 401s are normal then."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    uv.home.write_netrc(user.netrc_entry())

    with control("uv installs"):
        assert uv.sync("example", index_url=user.index_url(remote)).ok

    asked = [line for line in logs.served() if f"/api/pypi/{remote.key}/" in line.path]
    observe("requests", len(asked))
    observe("of these answered by 401", len([line for line in asked if line.status == 401]))


@relied_on("B-20", "J-07", builds_on=[UV_INSTALLS], observes=True)
def test_what_uv_makes_of_a_date_limit(
    lab: Lab, catalog: Organization, uv: Uv, observe: Callable[[str, Any], None]
) -> None:
    """Whether uv finds anything below a date limit is recorded: it needs upload times, which pages of HTML lack."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    index_url = lab.user(remote, READ, DEPLOY_CACHE).index_url_with_password(remote)

    limited = uv.pip_install("example", index_url=index_url, options=["--exclude-newer", "2099-01-01"])
    with control("without the limit uv installs"):
        assert uv.pip_install("example", index_url=index_url).ok

    observe("uv installs what was uploaded before 2099", limited.ok)
    observe("uv misses upload times", "missing an upload date" in limited.stderr)


@clause("CLIENT-10", facts=("users 2.1",))
def test_pip_compile_works(lab: Lab, catalog: Organization, pip_compile: PipCompile, pip: Installer) -> None:
    """pip-compile pins a package and its requirement with their hashes, and pip installs what it has compiled."""
    base = catalog.publish("base", "2.0")
    wheel = catalog.publish("example", requires=("base>=1",))
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    compiled = pip_compile.compile("example", index_url=user.index_url_with_password(remote))
    assert_installed(compiled, wheel, base)
    requirements = pip.home.write_requirements(pip_compile.compiled.read_text())
    run = pip.install(requirements, options=["--require-hashes"])

    assert_installed(run, wheel, base)
    assert_came_through(run, user.index_url(remote))


@clause("CLIENT-10", facts=("T26", "B-03"))
def test_poetry_works(lab: Lab, catalog: Organization, poetry: Poetry) -> None:
    """poetry, PyPI switched off, locks and installs a package with its requirement from the instance alone."""
    base = catalog.publish("base", "2.0", filler=200_000)
    wheel = catalog.publish("example", requires=("base>=1",))
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    index_url = user.index_url(remote)

    run = poetry.lock_and_install("example", index_url=index_url, user=user.name, password=user.password)

    assert_installed(run, wheel, base)
    assert {found.url for found in run.distributions} == {index_url}
    assert poetry.installed() == {"example": "1.0", "base": "2.0"}


@clause("CLIENT-10", facts=("users 2.1",))
def test_pdm_works(lab: Lab, catalog: Organization, pdm: Pdm) -> None:
    """pdm locks and installs a package with its requirement, every file of the lock at the instance."""
    base = catalog.publish("base", "2.0", filler=200_000)
    wheel = catalog.publish("example", requires=("base>=1",))
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    run = pdm.lock_and_install("example", index_url=user.index_url(remote), user=user.name, password=user.password)

    assert_installed(run, wheel, base)
    assert_came_through(run, user.index_url(remote))
    assert pdm.installed() == {"example": "1.0", "base": "2.0"}


@clause("CLIENT-10", facts=("users 2.1",), builds_on=["clients.pdm_works"])
def test_pdm_works_with_a_netrc(lab: Lab, catalog: Organization, pdm: Pdm) -> None:
    """pdm takes user and password from ~/.netrc where its index has none."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    pdm.home.write_netrc(user.netrc_entry())

    run = pdm.lock_and_install("example", index_url=user.index_url(remote))

    assert_installed(run, wheel)
    assert_came_through(run, user.index_url(remote))


@clause("CLIENT-10", facts=("B-26",))
def test_pipenv_works(lab: Lab, catalog: Organization, pipenv: Pipenv) -> None:
    """pipenv locks a package with its requirement, every file with its hash, from the instance alone."""
    base = catalog.publish("base", "2.0")
    wheel = catalog.publish("example", requires=("base>=1",))
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    run = pipenv.lock("example", index_url=user.index_url(remote), user=user.name, password=user.password)

    assert_installed(run, wheel, base)
