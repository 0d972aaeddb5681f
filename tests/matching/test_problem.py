"""Is everything impossible refused at birth, with a path that says where?"""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from matching.problem import Driver, InvalidProblem, Pin, Problem, Told
from tests.matching.days import LINE, a_day, a_driver, a_rider, a_session

DAY = a_day(riders=(a_rider(),))
HUGE = 10**30


def _changed(**given: Any) -> Problem:
    return replace(DAY, **given)


REFUSED: dict[str, tuple[str, Callable[[], object]]] = {
    "a latitude beyond the pole": ("places[0]", lambda: _changed(places=((91.0, 0.0),))),
    "a place that is no number": ("places[0]", lambda: _changed(places=((math.nan, 0.0),))),
    "a place beyond all numbers": ("places[0]", lambda: _changed(places=((10**400, 0.0),))),
    "a place of three numbers": ("places[0]", lambda: _changed(places=((1.0, 2.0, 3.0),))),
    "a place of texts": ("places[0]", lambda: _changed(places=(("51", "0"),))),
    "a table with a row missing": ("drive_s", lambda: _changed(drive_s=())),
    "a row too short": ("drive_s[0]", lambda: _changed(drive_s=((),) * len(LINE))),
    "a negative drive": (
        "drive_s[0][0]",
        lambda: _changed(drive_s=((-1,) * len(LINE),) * len(LINE)),
    ),
    "an endless drive": (
        "drive_s[0][0]",
        lambda: _changed(drive_s=((HUGE,) * len(LINE),) * len(LINE)),
    ),
    "a negative stop": ("dwell_s", lambda: _changed(dwell_s=-1)),
    "a stop in halves": ("dwell_s", lambda: _changed(dwell_s=0.5)),
    "a stop that is true": ("dwell_s", lambda: _changed(dwell_s=True)),
    "a stop too long to be written out": ("dwell_s", lambda: _changed(dwell_s=10**5_000)),
    "a deadline that is no number": ("deadline_s", lambda: _changed(deadline_s=math.nan)),
    "a deadline that never comes": ("deadline_s", lambda: _changed(deadline_s=math.inf)),
    "a huge price": ("change_price", lambda: _changed(change_price=HUGE)),
    "a negative seed": ("seed", lambda: _changed(seed=-1)),
    "an id twice": ("drivers[1].id", lambda: a_day(drivers=(a_driver(), a_driver()))),
    "a rider with a driver's id": ("riders[0].id", lambda: a_day(riders=(a_rider(id="d"),))),
    "a session twice": ("sessions[1].id", lambda: a_day(sessions=(a_session(), a_session()))),
    "a home nowhere": ("drivers[0].home", lambda: a_day(drivers=(a_driver(home=10),))),
    "a start nowhere": ("riders[0].start", lambda: a_day(riders=(a_rider(start=99),))),
    "a venue nowhere": ("sessions[0].place", lambda: a_day(sessions=(a_session(place=10),))),
    "a wish for no session": (
        "drivers[0].sessions",
        lambda: a_day(drivers=(a_driver(sessions=("x",)),)),
    ),
    "an either of a stranger": ("either[0]", lambda: _changed(either=(("d", "x"),))),
    "an either the wrong way": ("either[0]", lambda: _changed(either=(("r", "d"),))),
    "somebody in two eithers": ("either[2]", lambda: _changed(either=(("d", "r"),) * 2)),
    "a forbidden stranger": ("forbidden[0]", lambda: _changed(forbidden=(("d", "x"),))),
    "a pair of one": ("forbidden[0][1]", lambda: _changed(forbidden=(("d", "d"),))),
    "a pin of a stranger": ("pins[0].driver", lambda: _changed(pins=(Pin("x", "s"),))),
    "a pin to no session": ("pins[0].session", lambda: _changed(pins=(Pin("d", "x"),))),
    "a pinned stranger": ("pins[0].riders", lambda: _changed(pins=(Pin("d", "s", ("x",)),))),
    "a driver in two pins": ("pins[1]", lambda: _changed(pins=(Pin("d", "s"),) * 2)),
    "somebody told twice": ("told[1]", lambda: _changed(told=(Told("d", "s"),) * 2)),
    "an id that is empty": ("id", lambda: a_rider(id="")),
    "an id that is a number": ("id", lambda: a_rider(id=7)),
    "an id that UTF-8 cannot carry": ("id", lambda: a_rider(id="\ud800")),
    "an id without end": ("id", lambda: a_rider(id="x" * 201)),
    "a party of nobody": ("needs", lambda: a_rider(needs={})),
    "a party of none": ("needs", lambda: a_rider(needs={"standard": 0})),
    "a party of half": ("needs.standard", lambda: a_rider(needs={"standard": 0.5})),
    "a party of a million": ("needs.standard", lambda: a_rider(needs={"standard": 10**6})),
    "a place for a horse": ("needs", lambda: a_rider(needs={"horse": 1})),
    "a negative place": ("seats.child", lambda: a_driver(seats={"child": -1})),
    "places that are a list": ("seats", lambda: a_driver(seats=["standard"])),
    "a negative detour": ("detour_limit_s", lambda: a_driver(detour_limit_s=-1)),
    "a huge detour": ("detour_limit_s", lambda: a_driver(detour_limit_s=HUGE)),
    "a time before the day": ("earliest_s", lambda: a_driver(earliest_s=-1)),
    "a negative patience": ("extra_limit_s", lambda: a_rider(extra_limit_s=-1)),
    "a negative distance": ("max_direct_s", lambda: a_rider(max_direct_s=-1)),
    "both ways by a number": ("both_ways", lambda: a_rider(both_ways=1)),
    "the same wish twice": ("sessions[1]", lambda: a_rider(sessions=("s", "s"))),
    "an end before the start": ("end_s", lambda: a_session(end_s=36_000)),
    "a minimum above the maximum": ("minimum", lambda: a_session(minimum=21)),
    "a target above the maximum": ("target", lambda: a_session(target=21)),
    "a negative sign-up": ("coming", lambda: a_session(coming=-1)),
    "a need above 1": ("need", lambda: a_session(need=1.01)),
    "a need that is no number": ("need", lambda: a_session(need=math.nan)),
    "a pin open by a text": ("closed", lambda: Pin("d", "s", (), "no")),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused_with_its_path(name: str) -> None:
    path, make = REFUSED[name]

    with pytest.raises(InvalidProblem) as refused:
        make()

    assert refused.value.path == path
    assert str(refused.value).startswith(f"{path}: ")
    assert len(str(refused.value)) < 200


def test_places_of_a_type_are_kept_in_one_order_and_without_zeros() -> None:
    driver: Driver = a_driver(seats={"child": 1, "wheelchair": 0, "standard": 2})

    assert list(driver.seats.items()) == [("standard", 2), ("child", 1)]


def test_an_event_that_more_people_come_to_than_it_holds_is_possible() -> None:
    problem: Problem = a_day(sessions=(a_session(coming=50),))

    assert problem.sessions[0].coming == 50
