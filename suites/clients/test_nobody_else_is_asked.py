"""Clients that are told of the instance ask it and nobody else: a proxy notes what they want beside it."""

from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import clause, control
from artifactory_conformance.checks.causes import UV_INSTALLS
from artifactory_conformance.clients.elsewhere import Elsewhere
from artifactory_conformance.clients.pdm import Pdm
from artifactory_conformance.clients.pip_compile import PipCompile
from artifactory_conformance.clients.pipenv import Pipenv
from artifactory_conformance.clients.poetry import Poetry
from artifactory_conformance.clients.uv import Uv
from artifactory_conformance.labs import Lab

NO_INDEX = "https://no-index.invalid/simple"
ITS_HOST = "no-index.invalid:443"


@clause("CLIENT-10", facts=("T25", "client C14"), builds_on=[UV_INSTALLS])
def test_uv_asks_nobody_else(lab: Lab, catalog: Organization, uv: Uv, elsewhere: Elsewhere) -> None:
    """uv with the instance as its default index asks no other host, be it for a package that the instance lacks."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    index_url = lab.user(remote, READ, DEPLOY_CACHE).index_url_with_password(remote)

    run = uv.sync("example", index_url=index_url, environment=elsewhere.variables)
    lacking = uv.pip_install("no-such-project", index_url=index_url, environment=elsewhere.variables)

    assert run.ok, run.said
    assert not lacking.ok
    assert not elsewhere.asked
    with control("with pip's variable alone uv does ask another host, and that is noted"):
        more = {"PIP_INDEX_URL": index_url, "UV_HTTP_RETRIES": "0", **elsewhere.variables}
        assert not uv.pip_install("no-such-project", environment=more).ok
        assert elsewhere.asked


@clause("CLIENT-10", facts=("users 2.1",), builds_on=["clients.pip_compile_works"])
def test_pip_compile_asks_nobody_else(
    lab: Lab, catalog: Organization, pip_compile: PipCompile, elsewhere: Elsewhere
) -> None:
    """pip-compile with the instance as its index asks no other host, be it for a package that the instance lacks."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    index_url = lab.user(remote, READ, DEPLOY_CACHE).index_url_with_password(remote)

    run = pip_compile.compile("example", index_url=index_url, environment=elsewhere.variables)
    lacking = pip_compile.compile("no-such-project", index_url=index_url, environment=elsewhere.variables)

    assert run.ok, run.said
    assert not lacking.ok
    assert not elsewhere.asked
    with control("an index elsewhere is asked, and that is noted"):
        assert not pip_compile.compile("example", index_url=NO_INDEX, environment=elsewhere.variables).ok
        assert elsewhere.asked == [ITS_HOST]


@clause("CLIENT-10", facts=("T26", "users 2.1"), builds_on=["clients.poetry_works"])
def test_poetry_asks_nobody_else(lab: Lab, catalog: Organization, poetry: Poetry, elsewhere: Elsewhere) -> None:
    """poetry with the instance as primary source asks no other host, be it for a package that the instance lacks."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    told = {"user": user.name, "password": user.password, "environment": elsewhere.variables}

    run = poetry.lock_and_install("example", index_url=user.index_url(remote), **told)
    (poetry.home.cwd / "poetry.lock").unlink(missing_ok=True)
    lacking = poetry.lock_and_install("no-such-project", index_url=user.index_url(remote), **told)

    assert run.ok, run.said
    assert not lacking.ok
    assert not elsewhere.asked
    with control("an index elsewhere is asked, and that is noted"):
        assert not poetry.lock_and_install("example", index_url=NO_INDEX, **told).ok
        assert elsewhere.asked == [ITS_HOST]


@clause("CLIENT-10", facts=("users 2.1",), builds_on=["clients.pdm_works"])
def test_pdm_asks_nobody_else(lab: Lab, catalog: Organization, pdm: Pdm, elsewhere: Elsewhere) -> None:
    """pdm with the instance as its index asks no other host, be it for a package that the instance lacks."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    told = {"user": user.name, "password": user.password, "environment": elsewhere.variables}

    run = pdm.lock_and_install("example", index_url=user.index_url(remote), **told)
    lacking = pdm.lock_and_install("no-such-project", index_url=user.index_url(remote), **told)

    assert run.ok, run.said
    assert not lacking.ok
    assert not elsewhere.asked
    with control("an index elsewhere is asked, and that is noted"):
        assert not pdm.lock_and_install("example", index_url=NO_INDEX, **told).ok
        assert elsewhere.asked == [ITS_HOST]


@clause("CLIENT-10", facts=("users 2.1",), builds_on=["clients.pipenv_works"], observes=True)
def test_whether_the_environment_of_pipenv_comes_from_elsewhere(
    lab: Lab, catalog: Organization, pipenv: Pipenv, elsewhere: Elsewhere, observe: Callable[[str, Any], None]
) -> None:
    """Whom pipenv asks beside the instance is recorded: virtualenv, by which it makes environments, wants newer pips.

    It looks for them at the default index, which is the public one where pip's variable names none.
    """
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    told = {"PIP_INDEX_URL": "", **elsewhere.variables}

    with control("pipenv locks"):
        told_all = {"user": user.name, "password": user.password, "environment": told}
        assert pipenv.lock("example", index_url=user.index_url(remote), **told_all).ok

    observe("pipenv asks as well", elsewhere.asked)


@clause("CLIENT-10", facts=("users 2.1",), builds_on=["clients.pipenv_works"])
def test_pipenv_asks_nobody_else(lab: Lab, catalog: Organization, pipenv: Pipenv, elsewhere: Elsewhere) -> None:
    """pipenv with the instance as its one source asks no other host, virtualenv being told to look for no newer pip."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    environment = {"VIRTUALENV_NO_PERIODIC_UPDATE": "1", **elsewhere.variables}
    told = {"user": user.name, "password": user.password, "environment": environment}

    run = pipenv.lock("example", index_url=user.index_url(remote), **told)

    assert run.ok, run.said
    assert not elsewhere.asked
    with control("an index elsewhere is asked, and that is noted"):
        assert not pipenv.lock("example", index_url=NO_INDEX, **told).ok
        assert elsewhere.asked == [ITS_HOST]
