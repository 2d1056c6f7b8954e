from collections.abc import Callable

from artifactory_conformance.artifactory import READ, Cause, Identity, cause_of
from artifactory_conformance.artifactory.user_locks import UserLocks
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_served, control, relied_on
from artifactory_conformance.checks.causes import PAGE_IS_CACHED, READ_SERVES_A_PAGE
from artifactory_conformance.labs import Lab
from artifactory_conformance.limits import LIMITS
from artifactory_conformance.targets import Target

ATTEMPTS = 2
ASKED = "api/system/version"


@relied_on("P-11", "P-12", "B-41", "row 43", "C33", "open 22", "admin 11.15")
def test_failed_logins_suspend_a_user_for_a_while(
    lab: Lab, persistent_impostor_of: Callable[[Identity], Identity], whole_instance: Target
) -> None:
    """After wrong passwords in a row a user gets 403, which names no other cause; a minute later all is well."""
    user = lab.user()
    impostor = persistent_impostor_of(user)
    tries = [impostor.get(ASKED) for _ in range(LIMITS.failed_logins)]

    assert tries[0].status == 401, tries[0]
    assert tries[-1].status == 403, tries[-1]
    assert cause_of(tries[-1]) in {Cause.SUSPENDED, Cause.UNNAMED}, tries[-1]
    whole_instance.elapse(LIMITS.longest_suspension + 1)
    assert_served(user.get(ASKED))


@relied_on(
    "P-13",
    "C34",
    "C36",
    "admin 5.5",
    since="7.84",
    builds_on=[
        READ_SERVES_A_PAGE,
        "permissions.wrong_credentials_are_challenged",
        PAGE_IS_CACHED,
    ],
)
def test_a_locked_user_gets_403_until_somebody_unlocks_it(
    lab: Lab,
    catalog: Organization,
    persistent_impostor_of: Callable[[Identity], Identity],
    user_locks: UserLocks,
    whole_instance: Target,
) -> None:
    """Where users are locked after failures, a locked one gets 403 for everything, however long, until it is freed."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ)
    lab.administrator.page(remote, "example")
    with user_locks.after(ATTEMPTS):
        owner, impostor = lab.renewed(user), persistent_impostor_of(user)
        with control("wrong passwords are refused"):
            tries = [impostor.get(ASKED) for _ in range(ATTEMPTS)]
            assert tries[0].status == 401
        whole_instance.elapse(LIMITS.longest_suspension + 1)

        assert owner.get_page(remote, "example").status == 403
        user_locks.unlock(user.name)
        assert_served(owner.get_page(remote, "example"))
