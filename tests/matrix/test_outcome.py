"""A row of the matrix: who noticed a fault, who else changed its mind, and what is wrong with that."""

from __future__ import annotations

from dataclasses import replace

from artifactory_conformance.coverage.inventory import Check
from artifactory_conformance.verdicts import CheckInfo
from tests.matrix.faults import Given
from tests.matrix.outcome import Outcome, outcome
from tests.matrix.page import as_markdown, never_killed
from tests.matrix.rows import Matrix, Row, load, store
from tests.matrix.selection import Selection, node_of, of_row
from tests.proof.runs import Run, Trial

FAULT = Given("defect", "broken", ("PERM-09", "P-04"), "It is broken.")


def check(
    name: str,
    *clauses: str,
    facts: tuple[str, ...] = (),
    level: str = "mutate",
    observes: bool = False,
    builds_on: tuple[str, ...] = (),
) -> Check:
    info = CheckInfo(
        id=name,
        title="",
        clauses=clauses,
        vantage="client",
        level=level,
        builds_on=builds_on,
        observes=observes,
        facts=facts,
    )
    return Check(info, f"suites/{name.partition('.')[0]}/test_file.py")


CHECKS = {
    one.info.id: one
    for one in (
        check("a.own", "PERM-09"),
        check("a.fact", "ACCESS-01", facts=("P-04",)),
        check("b.other[x]", "ACCESS-01"),
        check("b.other[y]", "ACCESS-01"),
        check("b.site", "REMOTE-01", level="observe"),
        check("b.watches", "REMOTE-01", observes=True),
    )
}
PLAIN = dict.fromkeys(CHECKS, "conformant") | {"b.watches": "observed"}


def run(code: int = 1, **changed: str) -> Run:
    verdicts = PLAIN | {name.replace("__", ".").replace("_1", "[x]"): verdict for name, verdict in changed.items()}
    return Run(Trial("t", ()), code, "why", 1.0, verdicts, dict.fromkeys(verdicts, "said"), "abc")


def made(fault: Given = FAULT, code: int = 1, **changed: str) -> Outcome:
    return outcome(fault, run(code, **changed), run(0), CHECKS)


def test_a_check_that_cites_the_faults_own_clause_kills_it():
    one = made(a__own="nonconformant")
    assert (one.killers, one.problems) == (("a.own",), [])


def test_a_warning_kills_as_well_and_blocked_checks_are_counted():
    one = made(a__own="warning", b__site="blocked")
    assert (one.killers, one.blocked, one.problems) == (("a.own",), ("b.site",), [])


def test_a_check_that_cites_only_what_the_fault_breaks_besides_is_no_killer():
    one = made(a__fact="nonconformant")
    assert (one.killers, one.also) == ((), ("a.fact",))
    assert one.problems == ["no check that cites PERM-09 notices it"]


def test_whoever_else_changes_its_mind_is_collateral():
    one = made(a__own="nonconformant", b__other_1="nonconformant", b__site="inconclusive")
    assert one.problems == [
        "collateral: b.other[x]: nonconformant: said",
        "collateral: b.site: inconclusive: said",
    ]


def test_a_check_without_a_verdict_that_builds_on_a_warning_is_blocked_here():
    checks = CHECKS | {"b.site": check("b.site", "REMOTE-01", builds_on=("a.own",))}
    broken = run(a__own="warning", b__site="inconclusive")
    one = outcome(FAULT, broken, run(0), checks)
    assert (one.blocked, one.problems) == (("b.site",), [])


def test_what_fails_without_any_fault_needs_none():
    one = outcome(FAULT, run(a__own="nonconformant"), run(0, b__site="warning"), CHECKS)
    assert one.contradicted == ("b.site",)
    assert "b.site" not in never_killed(matrix(one), CHECKS)
    assert "* b.site" in as_markdown(matrix(one), [FAULT], CHECKS).partition("without any fault")[2]


def test_a_run_that_dies_is_a_problem():
    assert made(code=3, a__own="nonconformant").problems == ["ended with 3: why"]


def test_a_variation_may_change_no_verdict():
    harmless = Given("variation", "other", ("RFC 9110",), "It is another form.", whole=True)
    assert made(harmless, code=0).problems == []
    assert made(harmless, a__own="nonconformant").problems == ["false alarm: a.own: nonconformant: said"]


OTHER = replace(FAULT, name="other")


def matrix(*outcomes: Outcome) -> Matrix:
    return Matrix({}).with_(outcomes)


def test_checks_that_nothing_kills_are_named_by_function_and_observing_ones_are_not():
    found = matrix(made(a__own="nonconformant"), made(OTHER, a__fact="nonconformant"))
    assert never_killed(found, CHECKS) == ["b.other", "b.site"]


def test_the_page_tells_faults_clauses_and_what_is_missing():
    page = as_markdown(matrix(made(a__own="nonconformant")), [FAULT, OTHER], CHECKS)
    assert "1 of 2 faults were run; 1 are noticed" in page
    assert "| broken | PERM-09, P-04 | a.own | 0 | 5 | none | abc |" in page
    assert "| other | PERM-09, P-04 | **not run** |" in page
    assert "| PERM-09 | broken |" in page
    assert "| PERM-01 | no check asserts it |" in page
    assert "| ACCESS-01 | **none** |" in page
    assert "* b.site: **open**" in page


def test_rows_are_kept_and_a_part_is_made_anew(tmp_path):
    first = matrix(made(a__own="nonconformant"), made(OTHER, a__fact="nonconformant", b__site="nonconformant"))
    store(first, tmp_path / "rows.json")
    kept = load(tmp_path / "rows.json")
    assert kept == first
    again = kept.with_([made(OTHER, a__own="nonconformant")])
    assert again.rows["broken"] == first.rows["broken"]
    assert again.rows["other"].problems == ()
    assert load(tmp_path / "absent.json") == Matrix({})


def test_a_row_of_a_fault_that_stands_for_another_is_forgotten_and_so_is_a_check_that_is_gone():
    found = matrix(made(a__own="nonconformant"), made(OTHER, a__own="nonconformant", a__fact="nonconformant"))
    checks = [one for one in CHECKS.values() if one.info.id != "a.fact"]
    left = found.of([replace(FAULT, stands_for=("ACCESS-01",)), OTHER], checks)
    assert list(left.rows) == ["other"]
    assert left.rows["other"].also == ()
    assert not found.of([OTHER], [one for one in CHECKS.values() if one.info.id != "a.own"]).rows


NODES = [f"suites/{place}/test_file.py::test_{name}" for place, name in (("a", "own"), ("a", "fact"), ("b", "other"))]


def test_a_fault_is_run_on_what_it_touches():
    chosen = Selection({NODES[0]: ["broken"], NODES[1]: ["another"]}, list(CHECKS.values()))
    assert chosen.of(FAULT) == NODES[:1]


def test_of_the_checks_that_cite_nothing_of_it_a_few_may_do():
    touched = {node: ["broken"] for node in NODES}
    chosen = Selection(touched, list(CHECKS.values()))
    assert chosen.of(FAULT) == NODES
    assert chosen.of(FAULT, others=0) == NODES[:2]
    assert chosen.of(FAULT, others=5) == NODES


def test_who_is_drawn_comes_with_what_it_builds_on():
    middle, base = check("a.middle", builds_on=("a.base[x]",)), check("a.base[x]")
    built, lone = check("b.other", builds_on=("a.middle",)), check("c.lone")
    faults = [replace(FAULT, name=f"broken-{number}") for number in range(20)]
    names = [fault.name for fault in faults]
    chosen = Selection({node_of(one): names for one in (base, middle, built, lone)}, [base, middle, built, lone])
    found = [chosen.of(fault, others=1) for fault in faults]
    whole = [node_of(one) for one in (base, middle, built)]
    assert {tuple(one) for one in found} == {(node_of(lone),), tuple(whole), tuple(whole[:2]), tuple(whole[:1])}


def test_what_touches_the_set_up_is_run_on_every_check_of_the_site_as_well():
    site = ["suites/b/test_file.py::test_site"]
    chosen = Selection({NODES[0]: ["broken"], "": ["broken"]}, [CHECKS[n] for n in CHECKS if n != "b.watches"])
    assert chosen.of(FAULT) == NODES[:1] + site
    mistake = Given("misconfiguration", "wrong", ("REMOTE-01",), "It is wrong.")
    assert Selection({}, list(CHECKS.values())).of(mistake)[0] == site[0]


def test_a_fault_meets_those_that_noticed_it_before_with_what_they_build_on_and_others_drawn_of_all():
    checks = {
        one.info.id: one
        for one in (
            check("a.base[x]", "ACCESS-01"),
            check("a.base[y]", "ACCESS-01"),
            check("a.middle", "ACCESS-01", builds_on=("a.base[x]",)),
            check("a.own", "PERM-09", builds_on=("a.middle",)),
            *(check(f"b.other{number}", "REMOTE-01") for number in range(9)),
        )
    }
    row = Row.of(made(a__own="nonconformant"))
    own = [f"suites/a/test_file.py::test_{name}" for name in ("base", "middle", "own")]
    assert of_row(row, 0, checks, "state") == own
    drawn = of_row(row, 4, checks, "state")
    assert len(set(drawn) - set(own)) in (2, 3, 4)  # two of those that may be drawn are there already
    assert drawn == of_row(row, 4, checks, "state")
    assert any(of_row(row, 4, checks, str(number)) != drawn for number in range(9))
