"""What can be wrong with the account that installs, and what turns it away although it has its rights (step 6)."""

from __future__ import annotations

from artifactory_conformance.diagnosis import facts
from artifactory_conformance.diagnosis.cause import Cause, Owner, Reach, Rule, first_of, found_by, where
from artifactory_conformance.diagnosis.seen import Seen


def _too_much(seen: Seen) -> str:
    more = (facts.rights(seen) or frozenset()) & {"delete", "manage"}
    return f"the account may {' and '.join(sorted(more))} on the remote" if more else ""


def _is_refused_outright(seen: Seen) -> str:
    """Tell that the account's own credentials are not taken, anywhere."""
    names = ("page", "new_page", "odd_page")
    statuses = [seen.get("account", name, "status") for name in names]
    known = [status for status in statuses if status is not None]
    return "every request of the account is answered 401" if known and all(one == 401 for one in known) else ""


def _refused(reason: str) -> Rule:
    return lambda seen: facts.refused_for(seen, reason)


ACCOUNTS = (
    Cause(
        "account-is-an-administrator",
        "The account that installs is an administrator",
        "Everything installs, and whoever has the account's password can do anything to the instance.",
        "read the account as an administrator",
        "Take the administrator's rights away and grant Read and Deploy/Cache (PERM-11).",
        Owner.ADMINISTRATOR,
        ("PERM-11",),
        brings=("an-administrator-installs",),
        proved_when=where(facts.is_administrator, "the account is an administrator"),
        likely_when=found_by("permissions.the_installing_account_is_refused_what_administrators_see"),
    ),
    Cause(
        "account-may-delete-or-manage",
        "The account that installs may delete or manage the remote",
        "Everything installs; a mistake, or a leaked password, can empty the cache.",
        "read all permission targets as an administrator",
        "Grant Read and Deploy/Cache and nothing more (PERM-11).",
        Owner.ADMINISTRATOR,
        ("PERM-11",),
        proved_when=first_of(_too_much, found_by("permissions.the_installing_account_may_neither_delete_nor_manage")),
        excluded_when=where(facts.is_administrator, "an administrator needs no grant"),
    ),
    Cause(
        "an-administrator-installs",
        "An account that has the rights to install is an administrator",
        "Nothing is seen of it by who installs.",
        "read the accounts that the permission targets name",
        "Take the administrator's rights away from accounts that install (PERM-11).",
        Owner.ADMINISTRATOR,
        ("PERM-11",),
        proved_when=found_by("permissions.no_account_that_may_install_is_an_administrator"),
    ),
    Cause(
        "password-of-the-account-wrong",
        "The instance does not take the password of the account that installs",
        "401 for everything, with Bad Credentials (E-02).",
        "log in with the account at the instance's own page",
        "Give the right user name and password, percent-encoded where they stand in a URL (CLIENT-08).",
        Owner.USER,
        ("CLIENT-08", "ACCESS-01"),
        Reach.SITE,
        ("PERM-10",),
        proved_when=_is_refused_outright,
    ),
    Cause(
        "log-in-suspended",
        "Log-in of the account is suspended for a while after wrong passwords",
        "403 for everything, also with the right password, for up to a minute (P-11).",
        "the answer's own text names it",
        "Stop what sends the wrong password, wait a minute, try again (PERM-10).",
        Owner.USER,
        ("PERM-10",),
        Reach.SITE,
        proved_when=_refused("suspended"),
    ),
    Cause(
        "account-locked",
        "The account is locked",
        "403 for everything, until somebody unlocks it (P-13).",
        "the answer's own text names it, or an administrator reads the account",
        "Unlock the account, and find what has sent wrong passwords (PERM-10).",
        Owner.ADMINISTRATOR,
        ("PERM-10",),
        Reach.SITE,
        proved_when=_refused("locked"),
    ),
    Cause(
        "xray-blocks-downloads",
        "A download policy of Xray blocks packages",
        "403 for files, with a text that names Xray; pages come (P-14).",
        "the answer's own text names it",
        "Turn Xray off for the remote, or change the policy (BEST-03, PERM-10).",
        Owner.ADMINISTRATOR,
        ("BEST-03", "PERM-10"),
        Reach.DOWNLOADS,
        proved_when=_refused("xray"),
    ),
    Cause(
        "curation-blocks-downloads",
        "Curation blocks packages",
        "403 for files or pages, with a text that names Curation (P-14).",
        "the answer's own text names it",
        "Leave the catalog's remote out of Curation, or change the policy (BEST-03, PERM-10).",
        Owner.ADMINISTRATOR,
        ("BEST-03", "PERM-10"),
        Reach.DOWNLOADS,
        proved_when=_refused("curation"),
    ),
    Cause(
        "anonymous-access-on",
        "The instance lets people in without credentials",
        "Pages come to anybody; what is private looks absent to clients that send no password (client C10).",
        "read the instance's configuration as an administrator",
        "Switch anonymous access off, or take its grants on the catalog away (PERM-06).",
        Owner.ADMINISTRATOR,
        ("PERM-06", "PERM-07"),
        proved_when=where(
            lambda seen: seen.get("nobody", "page", "status") == 200, "a page of the catalog came without credentials"
        ),
    ),
)
