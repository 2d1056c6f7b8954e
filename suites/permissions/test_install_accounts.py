from artifactory_conformance.artifactory import DEPLOY_CACHE, READ, Identity, Security
from artifactory_conformance.artifactory.instance_settings import PATH
from artifactory_conformance.artifactory.permission_target import granted_by
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
    """No user and no group that one grant or several give Read and Deploy/Cache on the remote is an administrator."""
    targets = [target for target in grants.permission_targets() if target.names_remote(site.remote)]
    users = {name for one in targets for name in one.users} | {site_user.name}
    groups = {name for one in targets for name in one.groups if granted_by(targets, "", [name]) >= {READ, DEPLOY_CACHE}}
    known = {name: found for name in sorted(users) if (found := grants.user(name))}
    granted = {name: granted_by(targets, name, found.get("groups") or ()) for name, found in known.items()}
    installing = [name for name in known if name == site_user.name or granted[name] >= {READ, DEPLOY_CACHE}]

    with control("the account that installs packages is among the users"):
        assert site_user.name in installing
    assert not [name for name in installing if known[name].get("admin")]
    assert not [name for name in sorted(groups) if (grants.group(name) or {}).get("adminPrivileges")]
