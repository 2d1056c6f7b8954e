from collections.abc import Callable

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_installed, clause, control
from artifactory_conformance.clients.installer import Installer
from artifactory_conformance.labs import Lab

NASTY = "@:/#%?&+ %41"
"""What ends a user name, a password, a host, a path or a query in a URL; a plus, a space and an escape of its own."""


@clause("CLIENT-08", facts=("T23", "client C1"))
def test_percent_encoded_password_works(lab: Lab, catalog: Organization, pip: Installer) -> None:
    """A password full of characters that mean something in a URL works in the URL once it is percent-encoded."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE, password_with=NASTY)

    run = pip.install("example", index_url=user.index_url_with_password(remote))

    assert_installed(run, wheel)


@clause("CLIENT-08", facts=("client C2",))
def test_user_name_that_is_an_e_mail_address_works(lab: Lab, catalog: Organization, pip: Installer) -> None:
    """A user whose name is an e-mail address installs with it in the URL, the @ percent-encoded."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE, name_with="@example.com")

    run = pip.install("example", index_url=user.index_url_with_password(remote))

    assert_installed(run, wheel)


@clause("CLIENT-08", facts=("E-02",), builds_on=["clients.percent_encoded_password_works"])
def test_wrong_password_installs_nothing(
    lab: Lab,
    catalog: Organization,
    impostor_of: Callable[[Identity], Identity],
    pip: Installer,
    second_pip: Installer,
) -> None:
    """The password in the URL counts: with another one the instance answers 401, and pip installs nothing."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    impostor = impostor_of(user)
    with control("pip installs with the right password"):
        assert pip.install("example", index_url=user.index_url_with_password(remote)).ok

    assert impostor.get_page(remote, "example").status == 401  # before pip tries: failed log-ins can suspend (P-11)
    run = second_pip.install("example", index_url=impostor.index_url_with_password(remote))
    assert not run.ok
    assert not run.distributions
