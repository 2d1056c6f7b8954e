from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, Security
from artifactory_conformance.artifactory.instance_settings import PATH
from artifactory_conformance.checks import clause, control
from artifactory_conformance.sites import Site


@clause("PERM-11", facts=("admin 9.3", "C40"))
def test_the_installing_account_is_refused_what_administrators_see(site: Site, site_user: Identity) -> None:
    """The account that installs packages is refused the instance's configuration, so it is no administrator."""
    with control("it can log in, and is shown the catalog's remote"):
        site_user.listed(site.remote)

    answer = site_user.get(PATH)
    assert answer.status == 403, answer


@clause("PERM-11", facts=("admin 9.3", "admin 5.1"))
def test_no_account_that_may_install_is_an_administrator(grants: Security, site: Site, site_user: Identity) -> None:
    """No user and no group that is granted Read and Deploy/Cache on the remote has administrator rights."""
    targets = [target for target in grants.permission_targets() if target.names_remote(site.remote)]
    users = {name for one in targets for name in one.users if {READ, DEPLOY_CACHE} <= one.grants(name, ())}
    groups = {name for one in targets for name, actions in one.groups.items() if {READ, DEPLOY_CACHE} <= actions}
    accounts = [found for name in sorted(users | {site_user.name}) if (found := grants.user(name))]

    with control("the account that installs packages is among the users"):
        assert site_user.name in {account["name"] for account in accounts}
    assert not [account["name"] for account in accounts if account.get("admin")]
    assert not [name for name in sorted(groups) if (grants.group(name) or {}).get("adminPrivileges")]
