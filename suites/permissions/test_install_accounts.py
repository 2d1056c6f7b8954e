from artifactory_conformance.artifactory import DELETE, DEPLOY_CACHE, MANAGE, READ, Identity, Security
from artifactory_conformance.artifactory.instance_settings import PATH
from artifactory_conformance.artifactory.permission_target import granted_by
from artifactory_conformance.checks import clause, control
from artifactory_conformance.checks.causes import REMOTE_IS_SHOWN
from artifactory_conformance.sites import Site


@clause(
    "PERM-11",
    facts=("admin 9.3", "C40"),
    builds_on=[REMOTE_IS_SHOWN],
)
def test_the_installing_account_is_refused_what_administrators_see(site: Site, site_user: Identity) -> None:
    """The account that installs packages is refused the instance's configuration, so it is no administrator."""
    with control("it can log in, and is shown the catalog's remote"):
        site_user.listed(site.remote)

    answer = site_user.get(PATH)
    assert answer.status == 403, answer


@clause("PERM-11", facts=("admin 9.3", "admin 5.1"))
def test_no_account_that_may_install_is_an_administrator(grants: Security, site: Site, site_user: Identity) -> None:
    """No user and no group that one grant or several give Read and Deploy/Cache on the remote is an administrator."""
    targets = [target for target in grants.permission_targets() if target.names_remote(site.remote)]
    users = {name for one in targets for name in one.users} | {site_user.name}
    groups = {name for one in targets for name in one.groups if granted_by(targets, "", [name]) >= {READ, DEPLOY_CACHE}}
    known = {name: found for name in sorted(users) if (found := grants.user(name))}
    granted = {name: granted_by(targets, name, found.get("groups") or ()) for name, found in known.items()}
    installing = [name for name in known if name == site_user.name or granted[name] >= {READ, DEPLOY_CACHE}]

    with control("the account that installs packages is among the users"):
        assert site_user.name in installing
    admins = [name for name in installing if known[name].get("admin")]
    assert not admins, f"{', '.join(admins)} may install, and is an administrator"
    above = [name for name in sorted(groups) if (grants.group(name) or {}).get("adminPrivileges")]
    assert not above, f"the group {', '.join(above)} may install, and has administrator privileges"


@clause("PERM-11", facts=("admin 9.3", "admin 5.3"))
def test_the_installing_account_may_neither_delete_nor_manage(
    grants: Security, site: Site, site_user: Identity
) -> None:
    """The account that installs packages may not delete what is cached, nor manage who else may."""
    rights = grants.rights_on_remote(site_user.name, site.remote)

    assert not rights & {DELETE, MANAGE}, f"{site_user.name} has {', '.join(sorted(rights))}"
