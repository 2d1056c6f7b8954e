from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from artifactory_conformance.artifactory import DEPLOY_CACHE, READ
from artifactory_conformance.artifactory.rest import message_of
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import (
    assert_accepted,
    assert_declined,
    assert_refused,
    clause,
    control,
    relied_on,
)
from artifactory_conformance.distributions import DistributionSpec, build_wheel
from artifactory_conformance.labs import Lab

WHEEL = build_wheel(DistributionSpec("internal-thing", "1.0"))
PATH = f"internal-thing/1.0/{WHEEL.filename}"


@relied_on("row 54", "T-01", since="7.161")
def test_the_answer_to_an_upload(lab: Lab) -> None:
    """An upload is answered by 200 without a body; headers name the item's type, place and sha256."""
    local = lab.local_repository()
    user = lab.user(local, READ, DEPLOY_CACHE)

    answer = user.upload(local, WHEEL)

    assert answer.status == 200, answer
    assert not answer.body, answer
    assert answer.media_type == "application/vnd.org.jfrog.artifactory.storage.itemcreated+json", answer
    assert answer.headers.get("Location", "").endswith(f"/{local.key}/{PATH}"), answer
    assert answer.headers.get("X-Checksum-Sha256") == WHEEL.sha256, answer


@relied_on("row 57", "T-06", since="7.161")
@pytest.mark.parametrize(
    ("wrong", "action"),
    [({"project": ""}, "file_upload"), ({"version": ""}, "file_upload"), ({}, "submit")],
    ids=["no_name", "no_version", "unknown_action"],
)
def test_a_bad_form_is_refused(
    wrong: dict[str, str], action: str, lab: Lab, observe: Callable[[str, Any], None]
) -> None:
    """A form without name or version, or with another action than twine's, is refused by 400, and nothing is stored."""
    local = lab.local_repository()
    user = lab.user(local, READ, DEPLOY_CACHE)

    answer = user.upload(local, replace(WHEEL, **wrong), action=action)

    observe("the refusal", message_of(answer))
    assert answer.status == 400, answer
    assert not local.stored.paths()
    with control("the form as twine sends it is accepted"):
        assert_accepted(user.upload(local, WHEEL))


@relied_on("A98", "E-02")
def test_who_may_not_deploy_uploads_nothing(lab: Lab) -> None:
    """An upload without Deploy is refused, one without credentials challenged, and nothing is stored."""
    local = lab.local_repository()
    user, reader = lab.user(local, READ, DEPLOY_CACHE), lab.reader(local)

    assert_refused(reader.upload(local, WHEEL))
    assert lab.nobody.upload(local, WHEEL).status == 401
    assert not local.stored.paths()
    with control("with Deploy the same upload is accepted"):
        assert_accepted(user.upload(local, WHEEL))


@relied_on("row 52", "A98", "pypi 2.5")
def test_a_put_to_the_remote_is_refused(lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]) -> None:
    """A file PUT to the remote's path is refused by 404, even to an administrator, and is stored nowhere."""
    remote, local = lab.remote_repository(catalog), lab.local_repository()

    answer = lab.administrator.put(remote.key, PATH, WHEEL.content)

    observe("the refusal", message_of(answer))
    assert answer.status == 404, answer
    assert not remote.cache.holds_file(WHEEL.filename)
    assert not catalog.journal.requests()
    with control("the same PUT to a local is accepted"):
        assert_accepted(lab.administrator.put(local.key, PATH, WHEEL.content))


@relied_on("row 53", "A98", "pypi 2.5")
def test_a_put_to_a_virtual_without_default_deployment_is_refused(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """A file PUT to a virtual without default deployment repository is refused by 405, and is stored nowhere."""
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    virtual = lab.virtual_repository(remote, local)

    answer = lab.administrator.put(virtual.key, PATH, WHEEL.content)

    observe("the refusal", message_of(answer))
    assert answer.status == 405, answer
    assert not local.stored.paths()
    observe("Allow", answer.headers.get("Allow", ""))
    with control("the same PUT is accepted once there is one"):
        virtual.change(defaultDeploymentRepo=local.key)
        assert_accepted(lab.administrator.put(virtual.key, PATH, WHEEL.content))


@clause("VIRTUAL-09", facts=("pypi 2.5", "V-08", "open 15", "T19"), observes=True)
def test_how_an_upload_to_remote_and_undecided_virtual_is_refused(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """Status and words of the refusal are recorded: an upload to the remote, its cache, a virtual without default."""
    remote, local = lab.remote_repository(catalog), lab.local_repository()
    virtual = lab.virtual_repository(remote, local)
    answers = {
        "upload to the remote": lab.administrator.upload(remote, WHEEL),
        "upload to a virtual without default": lab.administrator.upload(virtual, WHEEL),
        "PUT to the remote's cache": lab.administrator.put(remote.cache.key, PATH, WHEEL.content),
    }

    for what, answer in answers.items():
        observe(what, f"{answer.status} {message_of(answer)}")


@relied_on("B-29", "B-30", "U-15")
@pytest.mark.parametrize("where", ["below_simple", "below_the_key"])
def test_an_upload_to_another_address_is_refused(where: str, lab: Lab, observe: Callable[[str, Any], None]) -> None:
    """An upload to the index URL, or to the repository's path without /api/pypi, is refused and stored nowhere."""
    local = lab.local_repository()
    user = lab.user(local, READ, DEPLOY_CACHE)
    path = f"api/pypi/{local.key}/simple" if where == "below_simple" else f"{local.key}/"

    answer = user.upload_to(path, WHEEL)

    assert_declined(answer)
    assert not local.stored.paths()
    observe("status", answer.status)
    with control("the upload is accepted at the documented address"):
        assert_accepted(user.upload(local, WHEEL))
