"""Virtual repositories that go about their members wrongly."""

from dataclasses import replace

from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold, Method
from artifactory_conformance.reference.links import FileLink
from artifactory_conformance.reference.repositories import Repositories, Repository, RepositoryClass, is_pypi
from artifactory_conformance.reference.store import Item
from artifactory_conformance.reference.upload import Uploads
from artifactory_conformance.reference.virtual import VirtualPackages


@fault("V-01", "row 48", "client C20")
def locals_hide_the_rest_of_a_page(hold: Hold) -> None:
    """The page of a name that a local of the virtual has lists the local's files alone."""

    def ranking(_: Method) -> Method:
        def changed(_: VirtualPackages, members: list[Repository]) -> list[list[Repository]]:
            first = [one for one in members if one.kind is RepositoryClass.LOCAL]
            return [first, [one for one in members if one not in first]]

        return changed

    hold.replace(VirtualPackages, "_ranks", ranking)


@fault("V-02", "VIRTUAL-07", "B3", "B5")
def remotes_are_asked_from_the_last_to_the_first(hold: Hold) -> None:
    """A file that nobody has cached comes from the remote that is listed last."""

    def turning(from_remotes: Method) -> Method:
        def changed(
            self: VirtualPackages, virtual: Repository, path: str, remotes: list[Repository], call: Call
        ) -> object:
            return from_remotes(self, virtual, path, remotes[::-1], call)

        return changed

    hold.replace(VirtualPackages, "_from_remotes", turning)


@fault("VIRTUAL-06")
def members_that_were_taken_out_still_answer(hold: Hold) -> None:
    """A repository that is no longer among the members of a virtual still answers for it."""
    known: dict[tuple[str, str], dict[str, Repository]] = {}

    def remembering(real_members: Method) -> Method:
        def changed(self: Repositories, virtual: Repository, path: str) -> list[Repository]:
            members = known.setdefault((virtual.key, path), {})
            members.update({one.key: one for one in real_members(self, virtual, path)})
            return [now for key in members if (now := self.get(key)) is not None]

        return changed

    hold.replace(Repositories, "real_members", remembering)


@fault("B1", "V-01", "T03")
def nested_virtuals_are_left_out(hold: Hold) -> None:
    """Of the members of a virtual those count that are no virtual themselves."""

    def shallow(real_members: Method) -> Method:
        def changed(self: Repositories, virtual: Repository, path: str) -> list[Repository]:
            found: list[Repository] = real_members(self, virtual, path)
            return [one for one in found if one.key in virtual.members]

        return changed

    hold.replace(Repositories, "real_members", shallow)


@fault("B2", "B7")
def virtuals_without_members_have_them_all(hold: Hold) -> None:
    """A virtual without members answers for every repository of the instance."""

    def all_of_them(real_members: Method) -> Method:
        def changed(self: Repositories, virtual: Repository, path: str) -> list[Repository]:
            if not virtual.members:
                return [one for one in self if is_pypi(one) and one.kind is not RepositoryClass.VIRTUAL]
            found: list[Repository] = real_members(self, virtual, path)
            return found

        return changed

    hold.replace(Repositories, "real_members", all_of_them)


@fault("VIRTUAL-05", "VIRTUAL-02", "VIRTUAL-03", "VIRTUAL-08", "row 5", "CLIENT-10")
def links_of_virtuals_lead_to_their_members(hold: Hold) -> None:
    """The links of a virtual's page lead to the repositories behind it."""

    def leading(member_links: Method) -> Method:
        def changed(self: VirtualPackages, member: Repository, name: str, call: Call) -> list[FileLink]:
            links: list[FileLink] = member_links(self, member, name, call)
            return [replace(one, path=_below(member, one), prefixed=False) for one in links]

        return changed

    hold.replace(VirtualPackages, "_member_links", leading)


def _below(member: Repository, link: FileLink) -> str:
    return f"../{member.key}/{'packages/' if link.prefixed else ''}{link.path}"


@fault("VIRTUAL-02", "T38", "V-02")
def what_comes_through_a_virtual_is_not_kept(hold: Hold) -> None:
    """A file that a virtual has fetched from a remote is not cached."""

    def forgetful(file: Method) -> Method:
        def changed(self: VirtualPackages, virtual: Repository, path: str, call: Call) -> Item:
            item: Item = file(self, virtual, path, call)
            if item.just_fetched:
                hold.model.store.remove(item.repository, item.path)
            return item

        return changed

    hold.replace(VirtualPackages, "file", forgetful)


@fault("VIRTUAL-09", "T19", "V-08")
def uploads_to_a_virtual_reach_its_remotes_too(hold: Hold) -> None:
    """What is uploaded to a virtual is stored with every member of it, in the caches of remotes, too."""

    def spreading(receive: Method) -> Method:
        def changed(self: Uploads, repository: Repository, call: Call, base: str) -> Answer:
            answer: Answer = receive(self, repository, call, base)
            if repository.kind is RepositoryClass.VIRTUAL:
                _spread(hold, repository, call)
            return answer

        return changed

    hold.replace(Uploads, "receive", spreading)


def _spread(hold: Hold, virtual: Repository, call: Call) -> None:
    store, name = hold.model.store, call.upload.file_name if call.upload else ""
    uploaded = [one for one in store.below(virtual.text("defaultDeploymentRepo"), "") if one.name == name]
    for member in hold.model.repositories.real_members(virtual, ""):
        for item in uploaded if member.kind is RepositoryClass.REMOTE else ():
            store.put(replace(item, repository=member.cache_key))


@fault("V-08", "VIRTUAL-09", "open 15")
def uploads_without_a_default_go_to_the_first_local(hold: Hold) -> None:
    """What is uploaded to a virtual without a default deployment repository lands in the first local of it."""

    def guessing(target: Method) -> Method:
        def changed(self: Uploads, repository: Repository, *, by_form: bool) -> Repository:
            try:
                found: Repository = target(self, repository, by_form=by_form)
            except RequestRefused:
                members = hold.model.repositories.real_members(repository, "") if by_form else []
                for one in members:
                    if one.kind is RepositoryClass.LOCAL:
                        return one
                raise
            return found

        return changed

    hold.replace(Uploads, "_target", guessing)
