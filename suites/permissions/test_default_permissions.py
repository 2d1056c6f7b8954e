from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Security
from artifactory_conformance.artifactory.permission_target import ANY_REPOSITORY
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_served, clause, control
from artifactory_conformance.labs import Lab


@clause("PERM-07", facts=("C10", "C11", "admin 5.3"))
def test_default_permissions_let_a_new_user_install(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """A new user, who has what the instance gives to everybody and no more, is served what nobody has cached."""
    remote = lab.remote_repository(catalog)
    newcomer = lab.user(groups=None)
    warm = catalog.publish_new().project
    with control("a user who is made afterwards and granted both rights is served, so that rights apply by now"):
        lab.user(remote, READ, DEPLOY_CACHE).page(remote, warm)
    observe("status of a page that is cached", newcomer.get_page(remote, warm).status)

    assert_served(newcomer.get_page(remote, catalog.publish_new().project))


@clause("PERM-07", facts=("C10", "admin 5.3", "admin 11.10"), observes=True)
def test_what_default_permissions_give(grants: Security, observe: Callable[[str, Any], None]) -> None:
    """Records what the permission targets that cover any remote repository give, and to whom."""
    general = [one for one in grants.permission_targets() if any(name in ANY_REPOSITORY for name in one.repositories)]
    for one in general:
        given = {**one.users, **{f"group {group}": actions for group, actions in one.groups.items()}}
        observe(f"{one.name}, on {', '.join(one.repositories)}", {who: sorted(what) for who, what in given.items()})
    observe("an account gets Read and Deploy/Cache", any(one.serves_somebody(READ, DEPLOY_CACHE) for one in general))


@clause("PERM-07", facts=("admin 11.10",), observes=True)
def test_whether_the_grants_of_a_user_include_those_of_groups(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Records whether the list of a user's grants shows what the user has through a group only."""
    remote = lab.remote_repository(catalog)
    member = lab.user(groups=[lab.group(remote, READ)])
    answer = lab.administrator.get(f"api/v2/security/permissions/users/{member.name}")

    observe("status", answer.status)
    observe("the group's grant is shown", remote.key in answer.text)
