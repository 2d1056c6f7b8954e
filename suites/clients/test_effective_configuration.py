from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_installed, assert_never_asked, clause, control
from artifactory_conformance.checks.causes import PUBLIC_STAYS_OFF
from artifactory_conformance.clients.effective import EffectiveConfiguration
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.labs import Lab


@clause("CLIENT-09", facts=("T17", "client C15", "client C22"), builds_on=[PUBLIC_STAYS_OFF])
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
