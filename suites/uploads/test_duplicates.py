from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import DELETE, DEPLOY_CACHE, HIDE_EXISTENCE, READ, InstanceSettings
from artifactory_conformance.artifactory.rest import message_of
from artifactory_conformance.checks import (
    assert_accepted,
    assert_becomes_listed,
    assert_refused,
    assert_serves,
    control,
    relied_on,
)
from artifactory_conformance.distributions import DistributionSpec, build_wheel
from artifactory_conformance.labs import Lab

FIRST = build_wheel(DistributionSpec("internal-thing", "1.0"))
SECOND = build_wheel(DistributionSpec("internal-thing", "1.0", variant="other bytes"))


@relied_on("row 55", "T-03", "B-31", builds_on=["uploads.twine_uploads_to_a_local"])
def test_a_duplicate_is_refused_to_who_may_only_deploy(lab: Lab, observe: Callable[[str, Any], None]) -> None:
    """Other bytes under a taken name are refused to a user without Delete with 403; the first stay."""
    local = lab.local_repository()
    user = lab.user(local, READ, DEPLOY_CACHE)
    with control("the first upload is accepted"):
        assert_accepted(user.upload(local, FIRST))
        assert_becomes_listed(user, local, FIRST)

    answer = user.upload(local, SECOND)

    observe("the refusal", message_of(answer))
    assert answer.status == 403, answer
    assert_serves(user, local, FIRST)


@relied_on("B-32", "T-03", "row 55", since="7.84", builds_on=["uploads.twine_uploads_to_a_local"])
def test_a_duplicate_is_refused_where_existence_is_hidden(
    lab: Lab, instance_settings: InstanceSettings, observe: Callable[[str, Any], None]
) -> None:
    """With hidden existence, too, other bytes under a taken name are refused without Delete; how is recorded."""
    local = lab.local_repository()
    user = lab.user(local, READ, DEPLOY_CACHE)
    with control("the first upload is accepted"):
        assert_accepted(user.upload(local, FIRST))
        assert_becomes_listed(user, local, FIRST)

    with instance_settings.with_security(HIDE_EXISTENCE, True):
        answer = user.upload(local, SECOND)

    assert_refused(answer)
    assert_serves(user, local, FIRST)
    observe("the refusal", f"{answer.status} {message_of(answer)}")


@relied_on("T-03", "B-33", since="7.161")
def test_a_duplicate_of_who_may_delete_replaces_the_file(lab: Lab) -> None:
    """Other bytes under a taken name replace the file of a user with Delete, and the page has their hash."""
    local = lab.local_repository()
    user = lab.user(local, READ, DEPLOY_CACHE, DELETE)
    with control("the first upload is accepted"):
        assert_accepted(user.upload(local, FIRST))
        assert_becomes_listed(user, local, FIRST)

    assert_accepted(user.upload(local, SECOND))

    assert_becomes_listed(user, local, SECOND)
    assert_serves(user, local, SECOND)


@relied_on("open 25", "T-03", observes=True)
def test_the_same_file_once_more(lab: Lab, observe: Callable[[str, Any], None]) -> None:
    """What a second upload of the very same bytes gets is recorded, of a user who may only deploy."""
    local = lab.local_repository()
    user = lab.user(local, READ, DEPLOY_CACHE)
    with control("the first upload is accepted"):
        assert_accepted(user.upload(local, FIRST))

    answer = user.upload(local, FIRST)

    observe("status", answer.status)
    observe("words", message_of(answer))
