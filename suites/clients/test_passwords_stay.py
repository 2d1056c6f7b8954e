from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, RemoteRepository
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import clause, control
from artifactory_conformance.checks.causes import UV_INSTALLS
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.clients.pdm import Pdm
from artifactory_conformance.clients.pip_compile import PipCompile
from artifactory_conformance.clients.pipenv import Pipenv
from artifactory_conformance.clients.poetry import Poetry
from artifactory_conformance.clients.twine import Twine
from artifactory_conformance.clients.uv import Uv
from artifactory_conformance.distributions import DistributionSpec, build_wheel
from artifactory_conformance.labs import Lab


@clause("CLIENT-14")
def test_pip_writes_no_password(
    downloads: Identity, remote_index: RemoteRepository, installable_release: str, pip: Installer
) -> None:
    """pip, however verbose, writes the password of the index URL into no log, no report and not to the screen."""
    url = downloads.index_url_with_password(remote_index)
    pip.home.write_pip_conf(f"[global]\nindex-url = {url}\n")

    run = pip.install(installable_release, options=["-vvv", "--log", "pip.log", "--no-deps"])

    assert run.ok, run.said
    assert not pip.home.holding(downloads.password)
    with control("the search finds the password where it is, and pip has written a log"):
        assert pip.home.holding(downloads.password, given=True) == ["home/.config/pip/pip.conf"]
        assert (pip.home.cwd / "pip.log").stat().st_size


@clause("CLIENT-14", facts=("users 2.1",))
def test_pip_compile_with_a_netrc_writes_no_password(lab: Lab, catalog: Organization, pip_compile: PipCompile) -> None:
    """pip-compile that has the password from a netrc writes it nowhere, not into the compiled requirements either."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    pip_compile.home.write_netrc(user.netrc_entry())

    run = pip_compile.compile("example", index_url=user.index_url(remote), options=["--verbose"])

    assert run.ok, run.said
    assert not pip_compile.home.holding(user.password)
    with control("the search finds the password where it is, and there are compiled requirements"):
        assert pip_compile.home.holding(user.password, given=True) == ["home/.netrc"]
        assert run.distribution("example")


@clause("CLIENT-14", facts=("users 2.1",), builds_on=["clients.pip_compile_works"], observes=True)
def test_what_pip_compile_writes_of_a_url_with_a_password(
    lab: Lab, catalog: Organization, pip_compile: PipCompile, observe: Callable[[str, Any], None]
) -> None:
    """What pip-compile writes of a password in the index URL is recorded, by default and with its switch."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    url = user.index_url_with_password(remote)

    with control("pip-compile works"):
        assert pip_compile.compile("example", index_url=url, options=["--no-emit-index-url"]).ok
        switched_off = pip_compile.home.holding(user.password)
        assert pip_compile.compile("example", index_url=url).ok

    observe("files with the password, with --no-emit-index-url", switched_off)
    observe("files with the password, by default", pip_compile.home.holding(user.password))


@clause("CLIENT-14", builds_on=[UV_INSTALLS])
def test_uv_writes_no_password(
    downloads: Identity, remote_index: RemoteRepository, known_project: str, installable_release: str, uv: Uv
) -> None:
    """uv writes the password of the index URL into no lock, no environment and not to the screen."""
    run = uv.sync(installable_release, index_url=downloads.index_url_with_password(remote_index))

    assert run.ok, run.said
    assert not uv.home.holding(downloads.password)
    with control("uv has written a lock, and the search finds the password where it is"):
        assert run.distribution(known_project)
        uv.home.write_netrc(downloads.netrc_entry())
        assert uv.home.holding(downloads.password, given=True) == ["home/.netrc"]


@clause("CLIENT-14")
def test_twine_writes_no_password(lab: Lab, twine: Twine) -> None:
    """twine, however verbose, writes the password of its upload into no file and not to the screen."""
    local = lab.local_repository()
    user = lab.user(local, READ, DEPLOY_CACHE)
    wheel = build_wheel(DistributionSpec("internal-thing"))

    run = twine.upload(wheel, repository_url=user.upload_url(local), user=user.name, password=user.password)

    assert run.ok, run.said
    assert not twine.home.holding(user.password)
    with control("twine has said something, and the search finds the password where it is"):
        assert run.stdout
        twine.home.write_netrc(user.netrc_entry())
        assert twine.home.holding(user.password, given=True) == ["home/.netrc"]


@clause("CLIENT-14", builds_on=["clients.poetry_works"])
def test_poetry_writes_no_password(lab: Lab, catalog: Organization, poetry: Poetry) -> None:
    """poetry writes the password of its source into no lock, no environment and not to the screen."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    run = poetry.lock_and_install("example", index_url=user.index_url(remote), user=user.name, password=user.password)

    with control("poetry has installed the package"):
        assert run.ok, run.said
    assert not poetry.home.holding(user.password)
    with control("poetry has written a lock, and the search finds the password where it is"):
        assert run.distribution("example")
        poetry.home.write_netrc(user.netrc_entry())
        assert poetry.home.holding(user.password, given=True) == ["home/.netrc"]


@clause("CLIENT-14", builds_on=["clients.pdm_works"])
def test_pdm_writes_no_password(lab: Lab, catalog: Organization, pdm: Pdm) -> None:
    """pdm writes the password of its index into no lock, no environment, no log and not to the screen."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    run = pdm.lock_and_install("example", index_url=user.index_url(remote), user=user.name, password=user.password)

    with control("pdm has installed the package"):
        assert run.ok, run.said
    assert not pdm.home.holding(user.password)
    with control("pdm has written a lock, and the search finds the password where it is"):
        assert run.distribution("example")
        pdm.home.write_netrc(user.netrc_entry())
        assert pdm.home.holding(user.password, given=True) == ["home/.netrc"]


@clause("CLIENT-14", builds_on=["clients.pipenv_works"], observes=True)
def test_what_pipenv_writes_of_a_password(
    lab: Lab, catalog: Organization, pipenv: Pipenv, observe: Callable[[str, Any], None]
) -> None:
    """Where pipenv writes the password that it has from variables is recorded: it leaves its own requests behind."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    with control("pipenv locks"):
        assert pipenv.lock("example", index_url=user.index_url(remote), user=user.name, password=user.password).ok

    observe(
        "folders with the password", sorted({path.rpartition("/")[0] for path in pipenv.home.holding(user.password)})
    )
