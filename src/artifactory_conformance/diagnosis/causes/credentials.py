"""What can be wrong with user name and password on the remote (step 3)."""

from __future__ import annotations

import re

from artifactory_conformance.catalog_url import CatalogUrl
from artifactory_conformance.diagnosis import facts
from artifactory_conformance.diagnosis.cause import Cause, Owner, Reach, Rule, first_of, found_by
from artifactory_conformance.diagnosis.causes.addresses import GENERAL
from artifactory_conformance.diagnosis.seen import Seen

REFUSED = "catalog-refuses-the-remotes-credentials"
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_SHOWN_TO_THE_CATALOG = "remote_repository.site_shows_the_catalog_credentials_that_it_takes"


def _user(seen: Seen) -> str | None:
    user = facts.remote(seen).get("username")
    return str(user) if user is not None else None


def _organization(seen: Seen) -> str:
    stored = facts.remote(seen).get("url")
    in_url = CatalogUrl.read(str(stored)).organization if stored else ""
    return str(seen.get("known", "organization") or in_url).lower()


def _no_password(seen: Seen) -> str:
    return "no password is stored on the remote" if facts.remote(seen).get("has_password") is False else ""


def _no_user(seen: Seen) -> str:
    return "no user name is stored on the remote" if _user(seen) == "" else ""


def _e_mail(seen: Seen) -> str:
    user = _user(seen) or ""
    return f"the user name is {user}, an e-mail address" if "@" in user else ""


def _other_organization(seen: Seen) -> str:
    user, own = _user(seen) or "", _organization(seen)
    other = bool(_UUID.fullmatch(user)) and bool(own) and user.lower() != own
    return f"the user name is {user}, and the organization is {own}" if other else ""


def _other_word(seen: Seen) -> str:
    user = _user(seen) or ""
    if not user or "@" in user or _UUID.fullmatch(user) or user.lower() == _organization(seen):
        return ""
    return "the user name is neither a UUID nor an address, and so not the organization's"


def _looks_swapped(seen: Seen) -> str:
    user = _user(seen) or ""
    opaque = len(user) >= 16 and " " not in user and any(c.isdigit() for c in user)
    return f"{_other_word(seen)}; it looks like a password" if _other_word(seen) and opaque else ""


def _is_refused(seen: Seen) -> str:
    """Tell it by the journal of a catalog that is ours."""
    asked = seen.get("upstream", "asked_with")
    if asked in {"wrong", "none"}:
        how = "wrong credentials" if asked == "wrong" else "no credentials"
        return f"the catalog was asked with {how}"
    return found_by(_SHOWN_TO_THE_CATALOG)(seen)


def _button_says_401(seen: Seen) -> str:
    says = str(seen.get("administrator", "button", "says") or "")
    return f"Test shows {says!r}" if "401" in says or "403" in says else ""


def _reason_phrase(seen: Seen) -> str:
    """Tell it by what the catalog said, which an instance repeats beside its own 404 (M-02)."""
    said = facts.message_names(seen, "unauthorized")
    return "the instance's 404 repeats the catalog's own word: Unauthorized" if said else ""


def _all_else_is_right(seen: Seen) -> str:
    """Tell it by elimination: the addresses are right, and the catalog takes the credentials at hand."""
    direct = seen.section("catalog", "page")
    settled = facts.nothing_new_comes(seen) and _addresses_are_right(seen) and bool(direct.get("links"))
    return (
        "the catalog, asked directly, takes the credentials at hand; through the remote, whose addresses are right, "
        "nothing new comes"
        if settled
        else ""
    )


def _addresses_are_right(seen: Seen) -> bool:
    stored = facts.remote(seen)
    both = [CatalogUrl.read(str(stored.get(name) or "")) for name in facts.FIELDS]
    right = all(one.ending == "pypi" and one.organization.lower() == _organization(seen) for one in both)
    switched_off = stored.get("offline") or stored.get("blackedOut")
    suffix = stored.get("pyPIRepositorySuffix", "simple") == "simple"
    within = all(facts.is_at_the_catalog(seen, str(stored.get(name) or "")) for name in facts.FIELDS)
    return right and within and suffix and not switched_off


def _works(seen: Seen) -> str:
    right = seen.get("upstream", "asked_with") == "right"
    return "the catalog takes what the remote shows" if right or facts.upstream_works(seen) else ""


def _named(rule: Rule, id_: str, title: str, remedy: str, *clauses: str, likely: Rule | None = None) -> Cause:
    return Cause(
        id_,
        title,
        "404 for everything that is not cached, as for a package outside the catalog; 401 in the instance's log.",
        "read the remote's user name as an administrator, and ask the catalog directly with the credentials at hand",
        remedy,
        Owner.ADMINISTRATOR,
        clauses,
        Reach.DOWNLOADS,
        ("TROUBLE-02", "TROUBLE-04"),
        refines=(REFUSED, GENERAL),
        proved_when=rule,
        **({"likely_when": likely} if likely else {}),  # type: ignore[arg-type]
    )


CREDENTIALS = (
    _named(
        first_of(_no_password, found_by("remote_repository.password_is_set")),
        "password-missing",
        "No password is stored on the remote",
        "Enter the password given by ActiveState, press Test, save (REMOTE-08).",
        "REMOTE-08",
        "REMOTE-16",
    ),
    _named(
        _no_user,
        "user-name-missing",
        "No user name is stored on the remote",
        "Enter the organization's UUID as user name (REMOTE-07).",
        "REMOTE-07",
        "REMOTE-16",
    ),
    _named(
        _e_mail,
        "e-mail-address-as-user-name",
        "The remote's user name is an e-mail address instead of the organization's UUID",
        "Enter the organization's UUID as user name (REMOTE-07).",
        "REMOTE-07",
        "REMOTE-16",
    ),
    _named(
        _other_organization,
        "user-name-of-another-organization",
        "The remote's user name is another UUID than the one in its URL",
        "Enter the same UUID as in both URL fields (REMOTE-07).",
        "REMOTE-07",
        "REMOTE-16",
    ),
    Cause(
        "user-name-and-password-swapped",
        "User name and password stand in each other's fields",
        "404 for everything that is not cached; the field for the user name shows something that is no UUID.",
        "look at the remote's user name: if that is the password from ActiveState, the two are swapped",
        "Enter both anew, the UUID as user name; ask ActiveState for another password, for this one was readable "
        "(REMOTE-07, REMOTE-16).",
        Owner.ADMINISTRATOR,
        ("REMOTE-07", "REMOTE-16"),
        Reach.DOWNLOADS,
        ("TROUBLE-02", "TROUBLE-04"),
        refines=("user-name-is-another-word", REFUSED, GENERAL),
        proved_when=lambda seen: (
            "the user name on the remote is the password that the catalog takes"
            if seen.get("administrator", "user_name_is_the_password") is True
            else ""
        ),
        likely_when=_looks_swapped,
    ),
    _named(
        _other_word,
        "user-name-is-another-word",
        "The remote's user name is not the organization's UUID",
        "Enter the organization's UUID as user name (REMOTE-07).",
        "REMOTE-07",
        "REMOTE-16",
    ),
    Cause(
        REFUSED,
        "The catalog does not take the user name and password that are stored on the remote",
        "404 for everything that is not cached, while what is cached still comes; 401 in the instance's log.",
        "read artifactory-request-out.log for 401 from the catalog, or ask the catalog directly with the credentials "
        "at hand (CATALOG_USER, CATALOG_PASS) and enter the same on the remote",
        "Re-enter the credentials given by ActiveState, press Test, save (REMOTE-16, TROUBLE-04).",
        Owner.ADMINISTRATOR,
        ("REMOTE-16",),
        Reach.DOWNLOADS,
        ("TROUBLE-02", "TROUBLE-03", "TROUBLE-04"),
        refines=(GENERAL,),
        proved_when=_is_refused,
        likely_when=first_of(_reason_phrase, _button_says_401, _all_else_is_right),
        possible_when=lambda seen: (
            "nothing that is not cached comes, and that is how refused credentials look"
            if facts.nothing_new_comes(seen)
            else ""
        ),
        excluded_when=_works,
    ),
)
