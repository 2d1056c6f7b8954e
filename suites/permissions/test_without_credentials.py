from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from artifactory_conformance.artifactory import (
    ANONYMOUS_ACCESS,
    DEPLOY_CACHE,
    READ,
    ArtifactoryRefused,
    Identity,
    InstanceSettings,
    Link,
    RemoteRepository,
    until,
)
from artifactory_conformance.artifactory.instance_settings import PATH
from artifactory_conformance.artifactory.logs import Logs
from artifactory_conformance.artifactory.permission_target import NOBODY_IN_PARTICULAR
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import (
    assert_becomes_served,
    assert_challenged,
    assert_served,
    control,
    relied_on,
)
from artifactory_conformance.labs import Lab


@relied_on("row 42", "E-02", "P-10", "B-12", "T11", "client C11", "C20")
@pytest.mark.usefixtures("anonymous_access_off")
def test_nobody_is_challenged_wherever_they_ask(lab: Lab, catalog: Organization) -> None:
    """Where anonymous access is off, every path answers 401 with a Basic challenge to who gives no credentials."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    lab.administrator.fetch_ok(link)

    assert_challenged(lab.nobody.get_page(remote, "example"))
    assert_challenged(lab.nobody.fetch(link))
    assert_challenged(lab.nobody.get(f"api/storage/{remote.cache.key}"))
    assert_challenged(lab.nobody.get("api/repositories"))
    assert_challenged(lab.nobody.get_page(lab.name_remote(), "example"))
    with control("the file is served to who does give credentials"):
        lab.administrator.fetch_ok(link)


@relied_on("row 43", "E-02", "C20")
def test_wrong_credentials_are_challenged(
    lab: Lab, catalog: Organization, impostor_of: Callable[[Identity], Identity]
) -> None:
    """A wrong password is answered by 401 with a Basic challenge, although the page is cached and the name is right."""
    catalog.publish("example")
    remote = lab.remote_repository(catalog)
    user = lab.user(remote, READ, DEPLOY_CACHE)
    user.page(remote, "example")

    assert_challenged(impostor_of(user).get_page(remote, "example"))
    with control("the right password is served"):
        user.page(remote, "example")


@relied_on("T11", "B-12", "client C11")
def test_the_site_never_fails_for_who_gives_no_credentials(
    nobody: Identity,
    remote_index: RemoteRepository,
    known_project: str,
    known_file: Link,
    observe: Callable[[str, Any], None],
) -> None:
    """Who gives no credentials for page, file and storage of the site gets no 5xx, and no 401 without a challenge."""
    asked = {
        "page": nobody.get_page(remote_index, known_project),
        "file": nobody.fetch(known_file),
        "storage": nobody.get(f"api/storage/{remote_index.cache.key}"),
    }
    observe("statuses", {name: answer.status for name, answer in asked.items()})

    for name, answer in asked.items():
        assert answer.status < 500, f"{name}: {answer}"
        if answer.status == 401:
            assert_challenged(answer)


@relied_on("P-10", "release 5", since="7.47.12")
def test_anonymous_access_serves_what_is_cached_and_granted(
    lab: Lab, catalog: Organization, instance_settings: InstanceSettings
) -> None:
    """With anonymous access on and Read granted, cached page and file and the ping come without credentials."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    lab.administrator.fetch_ok(link)
    lab.grant(NOBODY_IN_PARTICULAR, [remote], [READ])
    with instance_settings.with_security(ANONYMOUS_ACCESS, True):
        assert_becomes_served(lambda: lab.nobody.get_page(remote, "example"))
        assert_served(lab.nobody.fetch(link))
        assert_served(lab.nobody.get("api/system/ping"))


@relied_on("P-10", "C10", "C11", "C20", "C23", "C40", "client C10", observes=True)
def test_what_else_anonymous_access_gives(
    lab: Lab,
    catalog: Organization,
    instance_settings: InstanceSettings,
    persistent_impostor_of: Callable[[Identity], Identity],
    observe: Callable[[str, Any], None],
) -> None:
    """Records what anonymous access gives beside that: by default, with a wrong password, and of what is not cached."""
    wheel = catalog.publish("example")
    remote, internal = lab.remote_repository(catalog), lab.local_repository()
    lab.upload(internal, "internal-example")
    user = lab.user(internal, READ)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    with instance_settings.with_security(ANONYMOUS_ACCESS, True):
        nobody, impostor = lab.nobody, persistent_impostor_of(user)
        until("anonymous access is on", lambda: nobody.get("api/system/version").status == 200)
        observe("file that nobody has cached", nobody.fetch(link).status)
        observe("page that nobody has cached", nobody.get_page(remote, catalog.publish_new().project).status)
        observe("page of an internal package", nobody.get_page(internal, "internal-example").status)
        observe("storage of the internal repository", nobody.get(f"api/storage/{internal.key}").status)
        observe("configuration of the instance", nobody.get(PATH).status)
        observe("page of an internal package, wrong password", impostor.get_page(internal, "internal-example").status)


@relied_on("F4", "F3", "F5", "P-10", observes=True)
def test_how_the_access_log_calls_who_gives_no_credentials(
    lab: Lab,
    catalog: Organization,
    instance_settings: InstanceSettings,
    logs: Logs,
    observe: Callable[[str, Any], None],
) -> None:
    """Records under which name the access log has who gives no credentials, where a request is accepted and denied."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    lab.administrator.fetch_ok(link)
    with instance_settings.with_security(ANONYMOUS_ACCESS, True):
        until("anonymous access is on", lambda: lab.nobody.get("api/system/version").status == 200)
        observe("status of a cached file", lab.nobody.fetch(link).status)
        with suppress(ArtifactoryRefused):
            lab.nobody.storage(remote.cache.key).delete(remote.cache.path_of(wheel.filename) or "")
        own = lab.administrator.name
        until("the decisions are written", lambda: [line for line in logs.decided() if line.user != own])
    decided = [line for line in logs.decided() if line.where.startswith(remote.cache.key) and line.user != own]
    observe("decisions", sorted({f"{line.action} {line.accepted} {line.user}" for line in decided}))
