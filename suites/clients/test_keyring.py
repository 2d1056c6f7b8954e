from collections.abc import Callable

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_came_through, assert_installed, relied_on
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.labs import Lab


@relied_on("client C23")
def test_password_in_a_keyring_works(
    lab: Lab, catalog: Organization, pip: Installer, keyring_entry: Callable[[str, Identity], None]
) -> None:
    """pip takes the password from a keyring that it is told to ask, with nothing but the user's name in the URL."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    index_url = user.index_url(remote)
    keyring_entry(index_url, user)

    run = pip.install(
        "example",
        index_url=index_url.replace("://", f"://{user.name}@"),
        environment={"PIP_KEYRING_PROVIDER": "subprocess"},
    )

    assert_installed(run, wheel)
    assert_came_through(run, index_url)
