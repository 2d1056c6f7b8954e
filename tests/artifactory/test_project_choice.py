"""Which project is asked for where nobody has made one: who is asked in turn, and what is said if nobody knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict

from artifactory_conformance.artifactory.errors import ArtifactoryRefused
from artifactory_conformance.artifactory.project_choice import Listing, NothingToAskFor, ProjectChoice
from artifactory_conformance.artifactory.root_page import projects_listed
from artifactory_conformance.evidence import Answer, TargetUnreachable

KEY = "curated"


def answer(status: int, body: str = "", kind: str = "text/html") -> Answer:
    return Answer(status, CaseInsensitiveDict({"Content-Type": kind}), body.encode(), "http://host/x", "GET", "me")


def root(*names: str) -> Answer:
    return answer(200, "".join(f'<a href="{name}/">{name}</a>' for name in names))


class Somewhere:
    """A remote, its cache, and a catalog behind it, which count what they are asked for.

    cached: None where the listing is refused. pages: of the remote, by project: a status, with a file if it is 200.
    roots: what the remote and the catalog answer for their lists; None for no answer at all. direct: projects that the
    catalog itself has; None where nobody may ask.
    """

    def __init__(
        self,
        *,
        named: Sequence[str] = (),
        cached: Sequence[str] | None = (),
        pages: Mapping[str, int] | None = None,
        roots: Sequence[Answer | None] = (),
        direct: Sequence[str] | None = None,
        pulls: bool = True,
    ) -> None:
        self.asked: list[str] = []
        self._cached, self._pages, self._direct = cached, pages or {}, direct
        lists = [Listing(f"list {number}", lambda n=number, r=r: self._root(n, r)) for number, r in enumerate(roots)]
        self.choice = ProjectChoice(
            KEY,
            named,
            self._cache,
            self._page if pulls else None,
            lists,
            None if direct is None else self._at_catalog,
        )

    def _cache(self) -> Sequence[str]:
        self.asked.append("cache")
        if self._cached is None:
            raise ArtifactoryRefused("list the cache", answer(403))
        return self._cached

    def _root(self, number: int, said: Answer | None) -> Answer:
        self.asked.append(f"list {number}")
        if said is None:
            raise TargetUnreachable("an answer of more than 1048576 bytes")
        return said

    def _page(self, name: str) -> Answer:
        self.asked.append(name)
        file = f'<a href="{name}-1.0-py3-none-any.whl">{name}</a>' if name != "empty" else ""
        status = self._pages.get(name, 404)
        return answer(status, f"<!DOCTYPE html>{file}" if status == 200 else "")

    def _at_catalog(self, name: str) -> Answer:
        self.asked.append(f"direct {name}")
        return answer(200 if name in (self._direct or ()) else 404)


def test_what_was_named_comes_before_what_the_cache_lists():
    there = Somewhere(named=["A.b"], cached=["cached"], pages={"a-b": 200, "cached": 200})
    assert there.choice.project() == "a-b"
    assert there.asked == ["a-b"]


def test_what_the_cache_lists_is_taken_without_a_download():
    there = Somewhere(cached=["cached", "other"], roots=[root("listed")])
    assert there.choice.project() == "cached"
    assert there.asked == ["cache"]


def test_with_an_empty_cache_the_remote_is_asked_for_its_list_once():
    there = Somewhere(pages={"one": 200}, roots=[root("one"), root("never")])
    assert [there.choice.project(), there.choice.project()] == ["one", "one"]
    assert there.asked == ["cache", "list 0", "one"]


@pytest.mark.parametrize("refused", [answer(403), answer(404), None, answer(200, "{}", "application/json"), root()])
def test_where_the_remote_has_no_list_the_catalog_is_asked_directly(refused: Answer | None):
    there = Somewhere(pages={"direct": 200}, roots=[refused, root("direct")], cached=None)
    assert there.choice.project() == "direct"
    assert there.asked == ["cache", "list 0", "list 1", "direct"]


def test_of_a_list_a_project_is_taken_whose_page_lists_a_file():
    there = Somewhere(pages={"empty": 200, "full": 200}, roots=[root("absent", "empty", "full")])
    assert there.choice.project() == "full"


def test_a_list_of_any_length_costs_no_more_than_three_pages_and_its_first_project_is_left_to_the_checks():
    names = [f"project-{number}" for number in range(1000)]
    there = Somewhere(roots=[root(*names)])
    assert there.choice.project() == "project-0"
    assert len(there.asked) == 2 + 3


def test_nobody_who_knows_is_said_with_every_reason_and_what_to_do_and_nobody_is_asked_again():
    there = Somewhere(cached=None, roots=[answer(403), None])
    with pytest.raises(NothingToAskFor) as first:
        there.choice.project()
    asked = list(there.asked)
    with pytest.raises(NothingToAskFor) as second:
        there.choice.project()
    assert str(first.value) == str(second.value)
    assert there.asked == asked
    said = str(first.value)
    for part in ("list the cache", "403", "list 0 names none", "list 1 is not to be had", "1048576", "--packages"):
        assert part in said


def test_a_run_that_may_not_pull_asks_for_no_page_and_no_list():
    there = Somewhere(roots=[root("listed")], pulls=False)
    with pytest.raises(NothingToAskFor):
        there.choice.project()
    assert there.asked == ["cache"]
    assert Somewhere(named=["named"], pulls=False).choice.project() == "named"


def test_an_answer_that_does_not_come_is_asked_for_again():
    there = Somewhere(named=["named"], pages={"named": 200})
    broken = [True]
    page = there._page

    def once_broken(name: str) -> Answer:
        if broken.pop() if broken else False:
            raise TargetUnreachable("reset")
        return page(name)

    choice = ProjectChoice(KEY, ["named"], there._cache, once_broken)
    with pytest.raises(TargetUnreachable):
        choice.project()
    assert choice.project() == "named"


def test_a_named_project_that_is_missed_beside_one_that_is_served_is_told_of():
    there = Somewhere(named=["typo", "good"], pages={"good": 200})
    assert there.choice.project() == "good"
    assert there.choice.note == f"--packages names typo, which {KEY} answers with 404; the checks ask for good"


def test_a_named_project_that_is_missed_while_a_cached_one_is_served_was_named_wrongly():
    there = Somewhere(named=["typo"], cached=["good"], pages={"good": 200})
    with pytest.raises(NothingToAskFor, match=f"names typo, which {KEY} answers with 404, though it serves good"):
        there.choice.project()


def test_a_named_project_that_the_catalog_itself_does_not_have_was_named_wrongly():
    with pytest.raises(NothingToAskFor, match="as the catalog itself does: name one that your catalog has"):
        Somewhere(named=["typo"], direct=[]).choice.project()


@pytest.mark.parametrize(
    "there",
    [
        Somewhere(named=["named"], direct=["named"]),
        Somewhere(named=["named"], cached=["other"]),
        Somewhere(named=["named"], cached=None),
        Somewhere(named=["named"], pages={"named": 403, "other": 200}, cached=["other"], direct=[]),
        Somewhere(named=["named"], pages={"named": 502}),
    ],
    ids=["the catalog has it", "nothing is served", "nothing is known", "refused", "broken"],
)
def test_a_named_project_that_a_remote_keeps_back_is_left_to_the_checks(there: Somewhere):
    assert there.choice.project() == "named"


def test_further_projects_come_from_the_cache_first_and_lists_are_asked_only_if_those_are_used_up():
    there = Somewhere(cached=["a", "b"], roots=[root("b", "c")])
    others = there.choice.others("a")
    assert next(others) == "b"
    assert "list 0" not in there.asked
    assert list(others) == ["c"]
    assert list(there.choice.others("c")) == ["a", "b"]
    assert there.asked.count("list 0") == 1


@given(st.lists(st.from_regex(r"[a-z0-9]+([-._][a-z0-9]+)*", fullmatch=True), max_size=20), st.booleans())
def test_the_names_of_a_list_are_what_it_links_to_with_a_slash_or_without(names: list[str], slash: bool):
    body = "".join(f"<a href='/simple/{name}{'/' if slash else ''}#x'>{name} &gt;=3</a>\n" for name in names)
    normal = {name.replace("_", "-").replace(".", "-") for name in names}
    assert projects_listed(answer(200, body)) == sorted(normal)


@given(st.text(), st.sampled_from([200, 403, 404]), st.sampled_from(["text/html", "application/json", ""]))
def test_whatever_comes_as_a_list_gives_names_or_nothing(body: str, status: int, kind: str):
    names = projects_listed(answer(status, f'<a href="{body}">', kind))
    assert all(name and "/" not in name for name in names)
    assert not names or (status == 200 and kind == "text/html")
