"""Conditional requests (RFC 9110): clients that keep pages and files ask with what they were given, and with worse."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime, formatdate, parsedate_to_datetime
from typing import Any

import pytest

from artifactory_conformance.artifactory import Identity
from artifactory_conformance.artifactory.site_content import SiteFile, SitePage
from artifactory_conformance.catalog import Organization
from artifactory_conformance.checks import assert_has_bytes, assert_lists, control, relied_on
from artifactory_conformance.evidence import Answer
from artifactory_conformance.labs import Lab

TAGS_OF_OTHERS = {
    "a tag of another content": "0123456789012345678901234567890123456789",
    "the same, quoted": '"0123456789012345678901234567890123456789"',
    "the same, weak": 'W/"0123456789"',
    "a list of them": '"abc", W/"def", "-1"',
    "a negative number": "-1",
    "only quotes": '""',
}
"""If-None-Match values that are nobody's, in the standard's form or in the instance's own, which has no quotes."""

DATES_OF_OTHERS = {"before time": "Thu, 01 Jan 1970 00:00:00 GMT"}
"""If-Modified-Since values that are older than everything."""

DAY = 24 * 3600
"""Seconds."""

NO_TAGS = {
    "a tag without an end": '"0123',
    "not ASCII": "caf\xe9",
    "very long": "x" * 4000,
}
"""If-None-Match values in nobody's form: a server, or what is before it, may refuse them."""

NO_DATES = {
    "no date": "yesterday",
    "only a number": "0",
    "another form": "2020-01-01T00:00:00Z",
    "an impossible day": "Thu, 31 Feb 2024 00:00:00 GMT",
    "long ago, not in GMT": "Mon, 06 Jan 1997 10:00:00 +0200",
}
"""If-Modified-Since values that are none, or in another form than the standard's (RFC 9110 13.1.3)."""


def assert_not_taken_for_unchanged(answers: dict[str, Answer], whole: Answer) -> None:
    """Claim that each answer is the whole content: nothing that was sent says that the client has it."""
    wrong = {name: answer.status for name, answer in answers.items() if answer.status != 200}
    assert not wrong, f"expected 200 for what is nobody's, seen {wrong}"
    other = [name for name, answer in answers.items() if answer.body != whole.body]
    assert not other, f"expected the whole content, seen another for {other}"


def assert_not_broken(answers: dict[str, Answer], whole: Answer) -> None:
    """Claim that what cannot be understood leads neither to 304 nor to a server error; what is served is whole."""
    wrong = {name: answer.status for name, answer in answers.items() if answer.status == 304 or answer.status >= 500}
    assert not wrong, f"expected the content or a refusal, seen {wrong}"
    other = [name for name, answer in answers.items() if answer.status == 200 and answer.body != whole.body]
    assert not other, f"expected the whole content, seen another for {other}"


@relied_on("row 18", "I-02", "B-07", "B-08", "open 8")
@pytest.mark.usefixtures("tags_offered")
def test_page_that_the_client_has_is_not_sent_again(
    downloads: Identity, site_pages: tuple[SitePage, ...], observe: Callable[[str, Any], None]
) -> None:
    """A page's ETag, sent back as it was given, is answered with an empty 304; without an ETag the page comes again."""
    for index, page in site_pages:
        tag = page.headers.get("ETag", "")

        again = downloads.get(page.url, If_None_Match=tag or "0")

        observe(f"{index.repository}", f"ETag {tag or 'absent'}, then {again.status}, {again.headers.get('ETag')}")
        if tag:
            assert again.status == 304, str(again)
            assert not again.body
        else:
            assert again.status == 200, str(again)
            assert again.body == page.body


@relied_on("B-09", "B-10", "I-02", "T31")
def test_conditions_of_others_bring_the_whole_page(
    downloads: Identity, site_pages: tuple[SitePage, ...], observe: Callable[[str, Any], None]
) -> None:
    """A page asked for with stale, quoted or weak conditions comes whole; broken ones are no 304 and no 5xx."""
    for index, page in site_pages:
        others = {name: downloads.get(page.url, If_None_Match=tag) for name, tag in TAGS_OF_OTHERS.items()}
        others |= {name: downloads.get(page.url, If_Modified_Since=date) for name, date in DATES_OF_OTHERS.items()}
        broken = {name: downloads.get(page.url, If_None_Match=tag) for name, tag in NO_TAGS.items()}
        broken |= {name: downloads.get(page.url, If_Modified_Since=date) for name, date in NO_DATES.items()}

        observe(f"{index.repository}, broken", {name: answer.status for name, answer in broken.items()})
        assert_not_taken_for_unchanged(others, page)
        assert_not_broken(broken, page)


@relied_on("B-10", "I-02", "T31")
def test_conditions_that_may_be_true_of_a_page_are_answered(
    downloads: Identity, site_pages: tuple[SitePage, ...], observe: Callable[[str, Any], None]
) -> None:
    """A page asked for with `*`, with its own tag quoted or weak, or with a date to come is sent, or it is 304."""
    for index, page in site_pages:
        tag, later = (
            page.headers.get("ETag", "0"),
            format_datetime(datetime.now(timezone.utc) + timedelta(days=1), True),
        )

        answers = {
            "*": downloads.get(page.url, If_None_Match="*"),
            "quoted": downloads.get(page.url, If_None_Match=f'"{tag}"'),
            "weak": downloads.get(page.url, If_None_Match=f'W/"{tag}"'),
            "in a list": downloads.get(page.url, If_None_Match=f'"x", {tag}'),
            "date to come": downloads.get(page.url, If_Modified_Since=later),
        }

        observe(str(index.repository), {name: answer.status for name, answer in answers.items()})
        for name, answer in answers.items():
            assert answer.status in {200, 304}, f"{name}: {answer}"
            assert answer.body == (page.body if answer.status == 200 else b""), f"{name}: {answer}"


@relied_on("I-02", "row 18")
def test_changed_page_is_sent_to_a_client_that_has_the_old_one(lab: Lab) -> None:
    """Once a page has changed, its old ETag brings the new page, with the new file."""
    local = lab.local_repository()
    first = lab.upload(local, "internal-thing", "1.0")
    old = lab.administrator.get_page(local, "internal-thing")
    with control("the old page lists the old file"):
        assert_lists("internal-thing", old, first.filename)
    second = lab.upload(local, "internal-thing", "1.1")

    new = lab.administrator.get(old.url, If_None_Match=old.headers.get("ETag", "0"))

    assert_lists("internal-thing", new, first.filename, second.filename)


@relied_on("row 16", "F-07", "A60", "A62", "T31")
def test_conditions_on_a_file_are_never_wrong(
    downloads: Identity, site_files: tuple[SiteFile, ...], observe: Callable[[str, Any], None]
) -> None:
    """A file asked for with conditions of others comes whole; with its own it comes whole, or 304 without a body."""
    for file in site_files:
        link, headers = file.link, file.answer.headers
        tag, date = headers.get("ETag", "0"), headers.get("Last-Modified", "")
        before = formatdate(parsedate_to_datetime(date).timestamp() - DAY, usegmt=True) if date else "0"

        others = {name: downloads.fetch(link, If_None_Match=other) for name, other in TAGS_OF_OTHERS.items()}
        others |= {name: downloads.fetch(link, If_Modified_Since=old) for name, old in DATES_OF_OTHERS.items()}
        others["older date"] = downloads.fetch(link, If_Modified_Since=before)
        others["another tag beside the right date"] = downloads.fetch(
            link, If_None_Match=TAGS_OF_OTHERS["the same, quoted"], If_Modified_Since=date
        )
        broken = {name: downloads.fetch(link, If_None_Match=odd) for name, odd in NO_TAGS.items()}
        broken |= {name: downloads.fetch(link, If_Modified_Since=odd) for name, odd in NO_DATES.items()}
        own = {
            "tag": downloads.fetch(link, If_None_Match=tag),
            "quoted tag": downloads.fetch(link, If_None_Match=f'"{tag}"'),
            "*": downloads.fetch(link, If_None_Match="*"),
            "date": downloads.fetch(link, If_Modified_Since=date),
        }

        observe(str(file.index.repository), {name: answer.status for name, answer in (own | broken).items()})
        assert_not_taken_for_unchanged(others, file.answer)
        assert_not_broken(broken, file.answer)
        for name, answer in own.items():
            assert answer.status in {200, 304}, f"{name}: {answer}"
            assert answer.body == (file.content if answer.status == 200 else b""), f"{name}: {answer}"


@relied_on("A61", "F-07")
def test_condition_on_a_file_that_nobody_has_cached_is_answered(
    lab: Lab, catalog: Organization, observe: Callable[[str, Any], None]
) -> None:
    """A file asked for with a condition before anybody has cached it comes whole or is 304; afterwards it is whole."""
    wheel = catalog.publish_new()
    remote, _, _, user = lab.set_up(catalog)
    link = user.page(remote, wheel.project).link_to(wheel.filename)
    later = format_datetime(datetime.now(timezone.utc) + timedelta(days=1), True)

    answer = user.fetch(link, If_Modified_Since=later)

    observe("answer", answer.status)
    observe("cached by it", remote.cache.holds_file(wheel.filename))
    if answer.status == 304:
        assert not answer.body, str(answer)
    else:
        assert_has_bytes(answer, wheel)
    assert_has_bytes(user.fetch(link), wheel)
