"""Every combination of findings has one word, and the words mean what the facts say (users-and-clients 3.3)."""

from itertools import product

import pytest

from artifactory_conformance.isolation import Finding, Rung, Sight, Word, word_for

CLEAN, FOREIGN, UNCLEAR = Finding.CLEAN, Finding.FOREIGN, Finding.UNCLEAR
NOT_TRIED = None
OTHERS = [rung for rung in Rung if rung not in (Rung.CANARIES, Rung.WALK)]


def sights(findings: dict[Rung, Finding | None]) -> list[Sight]:
    return [Sight(rung, finding, "seen") for rung, finding in findings.items() if finding is not NOT_TRIED]


def every_climb() -> list[dict[Rung, Finding | None]]:
    return [dict(zip(Rung, chosen, strict=True)) for chosen in product((*Finding, NOT_TRIED), repeat=len(Rung))]


def test_every_combination_of_findings_has_its_word() -> None:
    climbs = every_climb()
    assert len(climbs) == 4**8

    for climb in climbs:
        if FOREIGN in climb.values():
            expected = Word.CONTAMINATED
        elif climb[Rung.CANARIES] is not CLEAN:
            expected = Word.INCONCLUSIVE
        elif climb[Rung.WALK] is CLEAN:
            expected = Word.PROVEN_CLEAN
        else:
            expected = Word.NO_EVIDENCE
        assert word_for(sights(climb)) is expected, climb


def test_nothing_seen_is_nothing_known() -> None:
    assert word_for([]) is Word.INCONCLUSIVE


def test_the_black_box_alone_never_proves() -> None:
    assert word_for(Sight(rung, CLEAN, "") for rung in Rung if rung is not Rung.WALK) is Word.NO_EVIDENCE


@pytest.mark.parametrize("rung", Rung)
def test_one_foreign_sight_outweighs_everything(rung: Rung) -> None:
    everything = [Sight(one, CLEAN, "") for one in Rung]

    assert word_for([*everything, Sight(rung, FOREIGN, "")]) is Word.CONTAMINATED
    assert word_for([Sight(rung, FOREIGN, ""), *everything]) is Word.CONTAMINATED


@pytest.mark.parametrize("rung", [Rung.CANARIES, Rung.WALK])
def test_a_second_look_that_tells_nothing_takes_the_first_one_back(rung: Rung) -> None:
    everything = [Sight(one, CLEAN, "") for one in Rung]

    assert word_for([*everything, Sight(rung, UNCLEAR, "")]) is not Word.PROVEN_CLEAN


@pytest.mark.parametrize("rung", OTHERS)
def test_a_rung_that_tells_nothing_takes_nothing_away(rung: Rung) -> None:
    assert word_for([Sight(one, UNCLEAR if one is rung else CLEAN, "") for one in Rung]) is Word.PROVEN_CLEAN


def test_the_order_of_looks_does_not_matter() -> None:
    seen = [Sight(Rung.CANARIES, CLEAN, ""), Sight(Rung.WALK, UNCLEAR, ""), Sight(Rung.BREADTH, CLEAN, "")]

    assert word_for(seen) is word_for(reversed(seen)) is Word.NO_EVIDENCE


def test_a_sight_is_told_in_a_line() -> None:
    assert str(Sight(Rung.LAYOUT, CLEAN, "no path")) == "E3 clean: no path"
