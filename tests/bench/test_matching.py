"""Do matching's tables print what they promise?"""

from dataclasses import replace

import pytest

from bench.matching import against, apart, work
from bench.matching.__main__ import TABLES, print_tables
from bench.matching.again import changed, moved, people_of, told_again
from bench.matching.asks import AGAIN, ANEW, OURS, TOLD, Ask, Day
from bench.matching.tables import Size
from matching.generate import generate
from matching.solve import solve

SMALL = Size(12, 1, (0.1,))


@pytest.mark.parametrize("name", TABLES)
def test_a_table_prints_its_columns_and_rows(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    table = TABLES[name]

    print_tables([(table, [SMALL])], work.outcomes)

    printed = capfd.readouterr()
    before, head, rows = printed.out.partition(table.head() + "\n")
    assert table.title in before
    assert head
    assert {row.split()[0] for row in rows.splitlines()} == {"12"}
    assert printed.err.startswith("0 of ")


@pytest.mark.parametrize("name", TABLES)
def test_a_run_that_failed_spoils_no_table(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    print_tables([(TABLES[name], [SMALL])], lambda _: [])

    assert TABLES[name].head() in capfd.readouterr().out


def test_a_tool_that_places_more_is_named_with_its_seeds() -> None:
    [ours] = work.outcomes(Ask(OURS, Day(12, 1), 0.1))
    better = replace(ours, tool="vroom", people=ours.people + 2)

    rows = against.TABLE.rows(SMALL, [ours, better])

    [row] = [dict(zip(against.TABLE.columns, row, strict=True)) for row in rows if "vroom" in row]
    assert (row["more"], row["behind"], row["ahead"], row["at"]) == ("-2", "0", "1", "1")


def test_a_run_in_a_process_of_its_own_gives_the_same_and_its_memory() -> None:
    ask = Ask("nearest", Day(12, 1), 0.1)

    [found] = apart.outcomes(ask)

    [here] = work.outcomes(ask)
    assert (found.people, found.worth, found.wrong) == (here.people, here.worth, 0)
    assert found.memory_mb > 10


def test_a_run_that_fails_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    assert apart.outcomes(Ask("nearest", Day(12, 1, simple=False), 0.1)) == []
    assert "ended with status 1" in capfd.readouterr().err


def test_a_day_planned_again_has_two_outcomes() -> None:
    anew, told = work.outcomes(Ask(AGAIN, Day(30, 1, None, simple=False), 1))

    assert (anew.tool, told.tool) == (ANEW, TOLD)
    assert anew.told == told.told > 0
    assert (anew.wrong, told.wrong) == (0, 0)


def test_some_cancel_and_as_many_join() -> None:
    problem = generate(200, 1, standard_only=True)

    before, after = changed(problem)

    here, there = set(people_of(before)), set(people_of(after))
    assert len(here - there) == len(there - here) == 2
    assert len(here | there) == len(people_of(problem))


def test_who_is_in_another_lift_than_told_counts_with_their_party() -> None:
    problem = generate(30, 1, sessions=1)
    plan = solve(problem)
    told, people = told_again(plan, problem), people_of(problem)
    [gone, *others] = [lift for lift in plan.lifts if lift.stops]
    alone = [lift for lift in plan.lifts if not lift.stops]

    kept = moved(told, plan, people)
    without = moved(told, replace(plan, lifts=(*others, *alone)), people)

    assert kept == 0
    assert without == 1 + sum(people[stop.rider] for stop in gone.stops)
