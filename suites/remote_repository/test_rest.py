from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import ArtifactoryRefused, RemoteRepository
from artifactory_conformance.artifactory.rest import ABSENT
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_enveloped, control, relied_on
from artifactory_conformance.evidence import RecordedSession
from artifactory_conformance.labs import Lab

NO_SUCH_KEY = "conformance-no-such-key"
LONGEST = 58
"""Characters that the key of a remote may have: `-cache` is put behind it (admin 3.1)."""


@relied_on("row 64", "B-57", "admin 3.1")
def test_configuration_of_an_unknown_key_is_absent(admin: RecordedSession) -> None:
    """Asked for the configuration of a key that nobody has used, REST says 400 or 404, in the form of every error."""
    answer = admin.request("GET", f"api/repositories/{NO_SUCH_KEY}")

    assert answer.status in ABSENT, answer
    assert_enveloped(answer)


@relied_on("admin 11.5", "admin 3.1", observes=True)
def test_what_writes_to_an_unknown_key_are_answered(lab: Lab, observe: Callable[[str, Any], None]) -> None:
    """Records what REST answers to an update and to a deletion of a key that nobody has used."""
    unknown = lab.name_remote().key
    update = lab.rest.request("POST", f"api/repositories/{unknown}", json={"key": unknown, "description": "x"})

    observe("update", update.status)
    observe("deletion", lab.rest.request("DELETE", f"api/repositories/{unknown}").status)


@relied_on("admin 3.1")
def test_keys_that_may_not_be_are_refused(lab: Lab, catalog: Organization) -> None:
    """A remote whose key is too long, or holds what no key may hold, is refused by 400 and not made."""
    name = lab.name_remote().key
    with control("a key as long as it may be is taken"):
        lab.remote_repository(catalog, named=RemoteRepository(name.ljust(LONGEST, "x"), lab.rest))

    for key in (name.ljust(LONGEST + 1, "x"), f"{name}*", f"{name}:", f"{name}|"):
        refused = None
        try:
            lab.remote_repository(catalog, named=RemoteRepository(key, lab.rest))
        except ArtifactoryRefused as error:
            refused = error.answer
        assert refused is not None, f"{key} is made"
        assert refused.status == 400, str(refused)


@relied_on("admin 3.1", "admin 3.2", "admin 11.4")
def test_nobody_is_shown_the_catalogs_password(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """The configuration of the remote shows the catalog's password to nobody, and its user name to no reader."""
    remote = lab.remote_repository(catalog)
    reader = lab.reader(remote)
    shown, to_reader = (
        lab.administrator.get(f"api/repositories/{remote.key}"),
        reader.get(f"api/repositories/{remote.key}"),
    )
    observe("the administrator is shown a password", "password" in remote.configuration())
    observe("form of the Test button in clear", catalog.password in str(lab.test_button.form(remote.key)))

    assert (shown.status, to_reader.status) == (200, 200), f"{shown}; {to_reader}"
    assert catalog.password not in shown.text
    assert catalog.password not in to_reader.text
    assert '"username"' not in to_reader.text, to_reader
    with control("the password is stored"):
        assert remote.has_password()


@relied_on("T22", "M-11", "admin 3.2", observes=True)
def test_what_the_remote_does_with_redirects(
    site_remote: RemoteRepository, observe: Callable[[str, Any], None]
) -> None:
    """Records the settings that decide how the remote bears a catalog which redirects its files to another host."""
    configuration = site_remote.configuration()
    for name in ("allowAnyHostAuth", "bypassHeadRequests", "blockMismatchingMimeTypes", "disableUrlNormalization"):
        observe(name, configuration.get(name, "not told"))


@relied_on("B-56", since="7.161")
def test_configuration_is_taken_as_bare_json(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """A change of a repository is taken as application/json; what a charset behind it or another type does is recorded.

    A charset has been seen to make 404, text/plain 415 (B-56).
    """
    remote = lab.remote_repository(catalog)

    def change(media_type: str) -> int:
        body = f'{{"key": "{remote.key}", "notes": "changed"}}'.encode()
        headers = {"Content-Type": media_type}
        return lab.rest.request("POST", f"api/repositories/{remote.key}", data=body, headers=headers).status

    for media_type in ("application/json; charset=utf-8", "text/plain"):
        observe(media_type, change(media_type))
    assert change("application/json") == 200
