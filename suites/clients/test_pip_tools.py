"""pip-tools: pip-compile takes its index from wherever pip does, pip-sync installs what was compiled."""

from collections.abc import Callable

import pytest

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_installed, clause, control
from artifactory_conformance.clients.pip_compile import PipCompile
from artifactory_conformance.clients.pip_sync import PipSync
from artifactory_conformance.clients.sealed_client import SealedClient
from artifactory_conformance.clients.sealed_home import PipConfiguration
from artifactory_conformance.labs import Lab

PIP_COMPILE_WORKS = "clients.pip_compile_works"


@clause("CLIENT-10", facts=("users 2.1",), builds_on=[PIP_COMPILE_WORKS])
@pytest.mark.parametrize("place", [PipConfiguration.USER, PipConfiguration.LEGACY], ids=["option_a", "option_b"])
def test_pip_compile_reads_the_index_of_a_pip_conf(
    place: PipConfiguration,
    lab: Lab,
    catalog: Organization,
    pip_compile: PipCompile,
    bare_machine: Callable[[SealedClient], None],
) -> None:
    """pip-compile pins with the catalog's hashes where a pip.conf of option A or of option B names the index."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    bare_machine(pip_compile)
    pip_compile.home.write_pip_conf(f"[global]\nindex-url = {user.index_url_with_password(remote)}\n", place)

    run = pip_compile.compile("example")

    assert_installed(run, wheel)


@clause("CLIENT-10", facts=("users 2.1",), builds_on=[PIP_COMPILE_WORKS])
def test_pip_compile_reads_the_index_line_of_its_input(
    lab: Lab, catalog: Organization, pip_compile: PipCompile
) -> None:
    """pip-compile pins with the catalog's hashes where its input has an --index-url line, the guide's option C."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    run = pip_compile.compile(f"--index-url {user.index_url_with_password(remote)}", "example")

    assert_installed(run, wheel)


@clause("CLIENT-10", facts=("users 2.1", "T27"), builds_on=[PIP_COMPILE_WORKS])
def test_pip_sync_installs_what_was_compiled(
    lab: Lab, catalog: Organization, pip_compile: PipCompile, pip_sync: PipSync
) -> None:
    """pip-sync installs what pip-compile has compiled, hash by hash, and takes away what is no longer there."""
    catalog.publish("base", "2.0")
    catalog.publish("example", requires=("base>=1",))
    catalog.publish("former")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    index_url = user.index_url_with_password(remote)
    without_index = ["--no-emit-index-url"]
    with control("pip-compile compiles, and pip-sync has installed something else before"):
        assert pip_compile.compile("former", index_url=index_url, options=without_index).ok
        assert pip_sync.sync(pip_compile.compiled.read_text(), index_url=index_url).ok
        assert "former" in pip_sync.installed()
        pip_compile.compiled.unlink()
        assert pip_compile.compile("example", index_url=index_url, options=without_index).ok

    run = pip_sync.sync(pip_compile.compiled.read_text(), index_url=index_url)

    assert run.ok, run.said
    assert {name for name in pip_sync.installed() if name != "pip"} == {"example", "base"}


@clause("CLIENT-14", builds_on=["clients.pip_sync_installs_what_was_compiled"])
def test_pip_sync_writes_no_password(lab: Lab, catalog: Organization, pip_sync: PipSync) -> None:
    """pip-sync writes the password of the index URL into no file and not to the screen."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)

    run = pip_sync.sync(f"example==1.0 --hash=sha256:{wheel.sha256}\n", index_url=user.index_url_with_password(remote))

    assert run.ok, run.said
    assert not pip_sync.home.holding(user.password)
    with control("the search finds the password where it is"):
        pip_sync.home.write_netrc(user.netrc_entry())
        assert pip_sync.home.holding(user.password, given=True) == ["home/.netrc"]
