from collections.abc import Callable
from typing import Any

from artifactory_conformance.artifactory import DEPLOY_CACHE, HIDE_EXISTENCE, READ, InstanceSettings, until
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_becomes, control, relied_on
from artifactory_conformance.checks.causes import NOBODY_IS_CHALLENGED, READ_IS_NEEDED
from artifactory_conformance.evidence import Answer
from artifactory_conformance.labs import Lab


@relied_on("P-06", "row 47", "C23", "admin 5.5", "admin 11.15", since="7.84", builds_on=[READ_IS_NEEDED])
def test_what_a_stranger_may_not_read_is_404_where_existence_is_hidden(
    lab: Lab, catalog: Organization, instance_settings: InstanceSettings
) -> None:
    """With Hide Existence of Unauthorized Resources on, page and file are 404 to a user without Read."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    permitted, stranger = lab.user(remote, READ, DEPLOY_CACHE), lab.user()
    link = permitted.page(remote, "example").link_to(wheel.filename)
    permitted.fetch_ok(link)
    with instance_settings.with_security(HIDE_EXISTENCE, True):
        assert_becomes("the page is 404", lambda: stranger.get_page(remote, "example"), holds=_is_absent)
        assert_becomes("the file is 404", lambda: stranger.fetch(link), holds=_is_absent)
        with control("both are there for a user with Read"):
            permitted.page(remote, "example")
            permitted.fetch_ok(link)


@relied_on("P-06", "open 20", "C23", "C24", "A15", "A17", builds_on=[NOBODY_IS_CHALLENGED])
def test_who_is_refused_while_existence_is_hidden_gets_no_server_error(
    lab: Lab, catalog: Organization, instance_settings: InstanceSettings, observe: Callable[[str, Any], None]
) -> None:
    """While existence is hidden, who lacks Deploy/Cache or credentials meets no server error; answers are recorded."""
    wheel = catalog.publish("example")
    remote = lab.remote_repository(catalog)
    reader, stranger = lab.reader(remote), lab.user()
    link = lab.administrator.page(remote, "example").link_to(wheel.filename)
    with instance_settings.with_security(HIDE_EXISTENCE, True):
        until("existence is hidden", lambda: stranger.get(f"api/storage/{remote.cache.key}").status == 404)
        answers = {
            "a reader's uncached file": reader.fetch(link),
            "a reader's uncached page": reader.get_page(remote, catalog.publish_new().project),
            "nobody's cached page": lab.nobody.get_page(remote, "example"),
            "nobody's storage": lab.nobody.get(f"api/storage/{remote.cache.key}"),
        }
    for asked, answer in answers.items():
        observe(asked, answer.status)
        assert answer.status < 500, f"{asked}: {answer}"


def _is_absent(answer: Answer) -> bool:
    return answer.status == 404
