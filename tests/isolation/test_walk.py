"""The walk over the members of virtual repositories, and the judgement on the addresses behind them."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artifactory_conformance.isolation import Member, MembersUnknown, Upstream, blind_spots, strays, walk

CATALOG = "https://repository.activestate.com"
ORGANIZATION = f"{CATALOG}/11111111-2222-3333-4444-555555555555/pypi"


def remote(url: str = ORGANIZATION, registry: str = ORGANIZATION) -> dict[str, Any]:
    return {"rclass": "remote", "packageType": "pypi", "url": url, "pyPIRegistryUrl": registry}


def local() -> dict[str, Any]:
    return {"rclass": "local", "packageType": "Pypi"}


def virtual(*members: str) -> dict[str, Any]:
    return {"rclass": "virtual", "packageType": "pypi", "repositories": list(members)}


def reader(**repositories: Mapping[str, Any]) -> Callable[[str], Mapping[str, Any] | None]:
    return repositories.get


def test_members_come_in_the_listed_order_with_the_way_to_them():
    read = reader(v=virtual("inner", "l"), inner=virtual("r"), r=remote(), l=local())

    assert [member.path for member in walk("v", read)] == [("v", "inner", "r"), ("v", "l")]


def test_a_repository_that_is_no_virtual_is_its_own_only_member():
    assert [member.key for member in walk("r", reader(r=remote()))] == ["r"]


def test_a_repository_reached_twice_is_kept_once_by_its_first_way():
    read = reader(v=virtual("r", "inner"), inner=virtual("r", "l"), r=remote(), l=local())

    assert [member.path for member in walk("v", read)] == [("v", "r"), ("v", "inner", "l")]


@pytest.mark.parametrize("inner", [("v",), ("inner",), ("other", "l")])
def test_a_cycle_ends_where_it_closes(inner):
    read = reader(v=virtual("inner"), inner=virtual(*inner, "r"), other=virtual("inner", "v"), r=remote(), l=local())

    assert "r" in {member.key for member in walk("v", read)}


@pytest.mark.parametrize(
    "unreadable",
    [None, {}, {"packageType": "pypi"}, {"rclass": "virtual"}, {"rclass": "virtual", "repositories": None}],
)
def test_a_member_that_cannot_be_read_makes_the_walk_prove_nothing(unreadable):
    with pytest.raises(MembersUnknown, match="hidden"):
        walk("v", reader(v=virtual("r", "hidden"), r=remote(), hidden=unreadable))


@pytest.mark.parametrize("field", ["url", "pyPIRegistryUrl"])
@pytest.mark.parametrize("value", [None, ""])
def test_a_remote_that_does_not_show_an_address_proves_nothing(field, value):
    members = walk("v", reader(v=virtual("r"), r={**remote(), field: value}))

    with pytest.raises(MembersUnknown, match=field):
        strays(members, [CATALOG])


def test_a_virtual_of_the_catalog_and_a_local_has_no_strays():
    members = walk("v", reader(v=virtual("r", "l"), r=remote(), l=local()))

    assert strays(members, [CATALOG]) == ()


@pytest.mark.parametrize(
    ("public", "fields"),
    [
        (remote(url="https://files.pythonhosted.org", registry="https://pypi.org"), {"url", "pyPIRegistryUrl"}),
        (remote(registry="https://pypi.org"), {"pyPIRegistryUrl"}),
        (remote(url="https://files.pythonhosted.org"), {"url"}),
        (remote(url="https://mirror.example", registry="https://mirror.example/simple"), {"url", "pyPIRegistryUrl"}),
    ],
)
def test_every_way_to_another_index_is_found_through_a_nested_virtual(public, fields):
    read = reader(v=virtual("r", "inner"), inner=virtual("innocent"), r=remote(), innocent=public)

    found = strays(walk("v", read), [CATALOG])

    assert {stray.field for stray in found} == fields
    assert all("v > inner > innocent" in str(stray) for stray in found)


@pytest.mark.parametrize(
    "address",
    [
        "http://repository.activestate.com/x/pypi",
        "https://repository.activestate.com:8443/x/pypi",
        "https://repository.activestate.com.evil.example/x/pypi",
        "https://repository.activestate.com@pypi.org/x/pypi",
        "https://user:repository.activestate.com@pypi.org/",
        "https://evil.example/https://repository.activestate.com/x",
        "https://repository.activestate.com:notaport/x",
        "repository.activestate.com/x/pypi",
        "https://[repository.activestate.com/x/pypi",
        "",
    ],
)
def test_an_address_that_only_looks_like_the_catalogs_lies_outside(address):
    assert not Upstream(("r",), "url", address).lies_within(CATALOG)


@pytest.mark.parametrize(
    "address",
    [
        f"{CATALOG}",
        f"{CATALOG}/",
        f"{ORGANIZATION}/",
        "https://REPOSITORY.activestate.com/x/pypi",
        "https://repository.activestate.com:443/x/pypi",
        "https://repository.activestate.com./x/pypi",
    ],
)
def test_the_same_address_in_another_spelling_lies_within(address):
    assert Upstream(("r",), "url", address).lies_within(CATALOG)


def test_nothing_lies_within_what_is_no_address():
    assert not Upstream(("r",), "url", "nowhere").lies_within("nowhere")


def test_an_allowed_path_is_compared_by_whole_segments():
    assert Upstream(("r",), "url", "https://host.example/a/b").lies_within("https://host.example/a/")
    assert not Upstream(("r",), "url", "https://host.example/ab").lies_within("https://host.example/a")
    assert not Upstream(("r",), "url", "https://host.example/a/../b").lies_within("https://host.example/a")


def test_an_address_is_shown_without_its_password():
    shown = str(Upstream(("r",), "url", "https://somebody:hidden-word@mirror.example/simple"))

    assert "hidden-word" not in shown
    assert "https://mirror.example/simple" in shown


def test_class_and_package_type_are_given_in_lower_case():
    member = Member(("l",), {"rclass": "LOCAL", "packageType": "Pypi"})

    assert (member.repository_class, member.package_type, member.upstreams()) == ("local", "pypi", ())


@pytest.mark.parametrize(
    ("member", "word"),
    [
        ({"rclass": "federated", "packageType": "pypi"}, "federated"),
        ({**remote(), "contentSynchronisation": {"enabled": True}}, "smart remote"),
        ({**remote(), "proxy": "corporate"}, "corporate"),
    ],
)
def test_what_no_configuration_shows_is_a_blind_spot(member: dict[str, Any], word: str):
    spots = blind_spots(walk("v", reader(v=virtual("inner", "r"), inner=virtual("odd"), odd=member, r=remote())))

    assert len(spots) == 1
    assert "v > inner > odd" in spots[0]
    assert word in spots[0]


@pytest.mark.parametrize("unset", [None, {}, {"enabled": False}, ""])
def test_a_plain_set_up_has_no_blind_spot(unset: object):
    plain = {**remote(), "contentSynchronisation": unset, "proxy": ""}

    assert blind_spots(walk("v", reader(v=virtual("r", "l"), r=plain, l=local()))) == ()


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefr"), max_size=4), max_size=6))
def test_the_walk_ends_whatever_lists_whatever(lists):
    repositories = {key: virtual(*members) for key, members in lists.items()} | {"r": remote()}
    repositories |= {key: local() for key in "abcdef" if key not in lists}

    keys = [member.key for member in walk("a", repositories.get)]

    assert len(keys) == len(set(keys))
