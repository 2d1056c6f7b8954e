from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_installed, assert_never_asked, clause, control
from artifactory_conformance.clients.effective import EffectiveConfiguration, Trouble
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.clients.sealed_home import PipConfiguration
from artifactory_conformance.labs import Lab


@clause("CLIENT-09", facts=("T17", "client C22"))
def test_configuration_that_names_one_index_keeps_pip_there(
    lab: Lab,
    catalog: Organization,
    public_index: Organization,
    pip: Installer,
    observe: Callable[[str, Any], None],
) -> None:
    """Where pip's effective configuration names the instance's index and no other place, pip asks no other place."""
    wheel = catalog.publish("example", "1.0")
    public_index.publish("example", "9.0")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    pip.home.write_pip_conf(f"[global]\nindex-url = {user.index_url_with_password(remote)}\n")

    configuration = pip.configuration()
    run = pip.install("example")

    assert not configuration.findings(user.index_url(remote))
    assert_installed(run, wheel)
    assert_never_asked(public_index)
    observe("what configures pip", configuration.as_data())


@clause("CLIENT-09", facts=("T17", "client C15"))
def test_another_index_in_the_configuration_is_found(
    lab: Lab,
    catalog: Organization,
    public_index: Organization,
    pip: Installer,
    observe: Callable[[str, Any], None],
) -> None:
    """An extra index in a variable is found in the effective configuration; what pip then installs is recorded."""
    catalog.publish("example", "1.0")
    public_index.publish("example", "9.0")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    pip.home.write_pip_conf(f"[global]\nindex-url = {user.index_url_with_password(remote)}\n")
    stray = {"PIP_EXTRA_INDEX_URL": f"{public_index.url}/simple"}

    found = pip.configuration(stray).findings(user.index_url(remote))
    run = pip.install("example", environment=stray)

    assert [finding.trouble for finding in found] == [Trouble.EXTRA_INDEX], found
    with control("pip has installed the project from one of the two"):
        version = run.distribution("example").version
    observe("pip takes the version", version)


@clause(
    "CLIENT-09", facts=("T17", "T23", "client C1", "client C3", "client C4", "client C7", "client C8", "client C12")
)
def test_every_mistake_in_the_configuration_is_found(lab: Lab, catalog: Organization, pip: Installer) -> None:
    """What users do wrong is found without a request: forms of the URL, a second file, loose modes, a netrc."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    with control("the index in its documented form has the project"):
        user.page(remote, "example")
    right = user.index_url_with_password(remote)
    wrong = user.index_url(remote).removesuffix("/simple").replace("://", f"://{user.name}:pass/word@")
    pip.home.write_pip_conf(f"[global]\nindex-url = {wrong}\nfind-links = /srv/wheels\n").chmod(0o644)
    pip.home.write_pip_conf(f"[global]\nindex-url = {right}\n", PipConfiguration.LEGACY)
    pip.home.write_netrc(f"{user.netrc_entry(with_port=True)}\n{user.netrc_entry(as_default=True)}").chmod(0o644)

    found = pip.configuration().findings(user.index_url(remote))

    assert {finding.trouble for finding in found} == {
        Trouble.NOT_THE_DOCUMENTED_FORM,
        Trouble.NOT_ENCODED,
        Trouble.FIND_LINKS,
        Trouble.CONFLICT,
        Trouble.READABLE,
        Trouble.NETRC_PORT,
        Trouble.NETRC_DEFAULT,
        Trouble.NETRC_READABLE,
    }


@clause("CLIENT-09", facts=("T17", "client C16"))
def test_this_machine_names_one_index(
    site_user: Identity,
    site_index_urls: list[str],
    own_configuration: EffectiveConfiguration,
    observe: Callable[[str, Any], None],
) -> None:
    """On this machine pip's effective configuration names one index, the site's, and nothing of it is unsafe."""
    observe("what configures pip", own_configuration.as_data())
    with control("the account reaches the instance"):
        assert site_user.get("api/system/version").status == 200

    found = min((own_configuration.findings(url) for url in site_index_urls), key=len)

    assert not found, "; ".join(str(finding) for finding in found)
