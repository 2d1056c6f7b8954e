from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_becomes_served, assert_not_served, assert_served, control, relied_on
from artifactory_conformance.checks.causes import READ_IS_NEEDED
from artifactory_conformance.lab_tokens import LabTokens
from artifactory_conformance.labs import Lab


@relied_on("admin 5.6", "C22", "release 14", since="7.38")
def test_a_token_serves_as_a_password(tokens: LabTokens, lab: Lab, catalog: Organization) -> None:
    """An access token in the place of the user's password gets page and file that nobody has cached."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = tokens.of_user(lab.user(remote, READ, DEPLOY_CACHE))

    assert_becomes_served(lambda: user.get_page(remote, catalog.publish_new().project))
    assert_served(user.fetch(user.page(remote, "example").link_to(wheel.filename)))


@relied_on("release 11", "admin 5.6", since="7.59.12", builds_on=[READ_IS_NEEDED])
def test_a_groups_token_lists_repositories_and_installs(tokens: LabTokens, lab: Lab, catalog: Organization) -> None:
    """An access token with a group's rights lists the repositories, gets page and file, and nothing elsewhere."""
    wheel = catalog.publish("example")
    remote, elsewhere = lab.remote_repository(catalog), lab.remote_repository(catalog)
    bearer = tokens.of_group(lab.group(remote, READ, DEPLOY_CACHE))

    assert_becomes_served(lambda: bearer.get_page(remote, catalog.publish_new().project))
    assert_served(bearer.fetch(bearer.page(remote, "example").link_to(wheel.filename)))
    assert_served(bearer.get("api/repositories"))
    assert_not_served(bearer.get_page(elsewhere, "example"))
    with control("the page is there for an administrator"):
        lab.administrator.page(elsewhere, "example")


@relied_on("admin 5.6", "E-02", "C21", "C22")
def test_odd_credentials_break_nothing(
    tokens: LabTokens, lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """A token under another user's name, an unknown token and an unknown API key are answered, and by no server error.

    How they are answered is recorded.
    """
    remote = lab.remote_repository(catalog)
    owner, other = lab.user(remote, READ), lab.user(remote, READ)
    lab.administrator.get_page(remote, catalog.publish("example").project)
    borrowed = tokens.lent(tokens.of_user(owner), to=other)
    answers = {
        "a token under another user's name": borrowed.get_page(remote, "example"),
        "an unknown token": lab.nobody.get("api/repositories", Authorization="Bearer unknown"),
        "an unknown API key": lab.nobody.get("api/repositories", X_JFrog_Art_Api="unknown"),
    }
    for given, answer in answers.items():
        observe(given, answer.status)
        assert answer.status < 500, f"{given}: {answer}"
