"""Which project of its catalog an instance is asked for, where nobody has made one for the run.

First what somebody has named, then what the cache holds, then what the remote lists, then what the catalog itself
lists: each is asked for only where the one before tells nothing, and once in a process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from packaging.utils import canonicalize_name

from artifactory_conformance.artifactory.errors import ArtifactoryRefused, PageUnavailable, in_short
from artifactory_conformance.artifactory.pages import read_page
from artifactory_conformance.artifactory.root_page import projects_listed
from artifactory_conformance.evidence import Answer, TargetUnreachable

LOOKED_AT = 3
"""Pages of listed projects that are looked at until one lists a file."""


class NothingToAskFor(LookupError):
    """No project of the catalog is known. The message says who was asked, what came, and what to do."""


@dataclass(frozen=True)
class Listing:
    """Somebody who may list projects. what: who that is, in words. ask: asks for the list, which may raise."""

    what: str
    ask: Callable[[], Answer]


class ProjectChoice:
    """The choice of one process.

    remote: key of the catalog's remote. named: by --packages. cached: gives what the remote's cache lists. page: asks
    the remote for a project's page, which fills its cache; None where the run may not. lists: who else may know, in
    this order. at_catalog: asks the catalog directly for a page; None where nobody can.
    """

    def __init__(
        self,
        remote: str,
        named: Sequence[str],
        cached: Callable[[], Sequence[str]],
        page: Callable[[str], Answer] | None,
        lists: Sequence[Listing] = (),
        at_catalog: Callable[[str], Answer] | None = None,
    ) -> None:
        self._remote = remote
        self._named = [str(canonicalize_name(name)) for name in named]
        self._cached = cached
        self._page = page
        self._lists = lists
        self._at_catalog = at_catalog
        self._chosen = ""
        self._nothing = ""
        self._served: Sequence[str] = ()
        self._listed: list[str] | None = None
        self.note = ""
        """What whoever named the packages should hear, though there was one to ask for."""

    def project(self) -> str:
        """Give the project that checks ask for, the same each time.

        Raises NothingToAskFor, the same each time; TargetUnreachable and whatever else keeps a request from being
        answered, which is tried again.
        """
        if self._nothing:
            raise NothingToAskFor(self._nothing)
        if not self._chosen:
            try:
                self._chosen = self._of_the_named() if self._named else self._found()
            except NothingToAskFor as nothing:
                self._nothing = str(nothing)
                raise
        return self._chosen

    def others(self, project: str) -> Iterator[str]:
        """Give projects that the catalog has beside one that is known, those first that need no request."""
        seen = {project}
        for name in chain(self._served, self._in_cache()[0], self._late()):
            if name not in seen:
                seen.add(name)
                yield name

    def _of_the_named(self) -> str:
        """Give the first named project that the remote serves.

        If it serves none, whose mistake that is shows elsewhere: what the catalog does not have, or is missed while
        another project is served, was named wrongly; else the first one is for the checks to judge.
        """
        if self._page is None:
            return self._named[0]
        answers = {name: self._page(name) for name in self._named}
        self._served = [name for name, answer in answers.items() if answer.status == 200]
        missed = [name for name, answer in answers.items() if answer.status == 404]
        if self._served:
            if missed:
                self.note = f"--packages names {self._unknown(missed)}; the checks ask for {self._served[0]}"
            return self._served[0]
        if len(missed) == len(answers) and (otherwise := self._sound_otherwise(missed)):
            raise NothingToAskFor(
                f"--packages names {self._unknown(missed)}, {otherwise}: name one that your catalog has, or leave "
                "the option out"
            )
        return self._named[0]

    def _unknown(self, missed: Sequence[str]) -> str:
        return f"{', '.join(missed)}, which {self._remote} answers with 404"

    def _sound_otherwise(self, missed: Sequence[str]) -> str:
        """Say what shows that a project is unknown rather than the remote broken; empty if nothing does."""
        if self._at_catalog is not None:
            try:
                if all(self._at_catalog(name).status == 404 for name in missed):
                    return "as the catalog itself does"
            except TargetUnreachable:
                pass  # it says nothing
        cached = next((name for name in self._in_cache()[0] if name not in missed), "")
        if cached and self._page is not None and self._page(cached).status == 200:
            return f"though it serves {cached}"
        return ""

    def _found(self) -> str:
        names, why = self._in_cache()
        if names:
            return names[0]
        told = [why]
        for listing in self._lists if self._page is not None else ():
            names, why = self._ask(listing)
            told.append(why)
            if names:
                self._listed = names
                return self._with_a_file(names)
        raise NothingToAskFor(f"{'; '.join(told)}: name a project of the catalog by --packages, or install one once")

    def _in_cache(self) -> tuple[Sequence[str], str]:
        """Give what the cache lists, or why that is nothing."""
        try:
            names = self._cached()
        except ArtifactoryRefused as error:
            return (), str(error)
        return names, f"the cache of {self._remote} lists no project"

    def _late(self) -> Iterator[str]:
        """Give what the first list that has any has; none is asked before the first is wanted."""
        if self._listed is None:
            asked = self._lists if self._page is not None else ()
            self._listed = next((names for names, _ in map(self._ask, asked) if names), [])
        yield from self._listed

    @staticmethod
    def _ask(listing: Listing) -> tuple[list[str], str]:
        try:
            answer = listing.ask()
        except TargetUnreachable as error:
            return [], f"{listing.what} is not to be had: {error}"
        names = projects_listed(answer)
        return names, "" if names else f"{listing.what} names none: {in_short(answer)}"

    def _with_a_file(self, names: Sequence[str]) -> str:
        """Give a listed project whose page lists a file; the first one if there is none, for the checks to judge."""
        assert self._page is not None
        for name in names[:: max(1, len(names) // LOOKED_AT)][:LOOKED_AT]:
            try:
                if read_page(name, self._page(name)).links:
                    return name
            except PageUnavailable:
                continue
        return names[0]
