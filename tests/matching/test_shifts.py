"""Are the sessions of made-up days where campaigns go, and of their sizes?"""

from collections import Counter
from statistics import median

from matching.generate import generate
from matching.grid import apart_km
from matching.kingdom import Seat
from matching.problem import Problem, Session
from tests.matching.lands import LAND, seat_at, venues


def test_close_seats_have_more_sessions(everywhere: Problem) -> None:
    counts = Counter(map(seat_at, venues(everywhere)))

    assert max(counts.values()) >= 5
    assert _a_seat(counts, 0) > 2 * _a_seat(counts, 5) > 3 * _a_seat(counts, 10) > 0
    assert _a_seat(counts, 25) < 0.05


def _a_seat(counts: Counter[Seat], low: int) -> float:
    """Sessions a seat, over those with a majority of *low* to *low* + 5 points."""
    seats = [seat for seat in LAND.seats if low <= seat.margin_points < low + 5]
    return sum(counts[seat] for seat in seats) / len(seats)


def test_single_events_are_in_close_seats() -> None:
    points = [seat_at(generate(0, seed).places[0]).margin_points for seed in range(60)]

    assert median(points) < 6 < max(points)


def test_the_closer_a_seat_the_more_its_sessions_need(everywhere: Problem) -> None:
    needs: dict[bool, list[float]] = {True: [], False: []}
    for session in everywhere.sessions:
        points = seat_at(everywhere.places[session.place]).margin_points
        if points < 3 or points > 20:
            needs[points < 3].append(session.need)

    assert median(needs[True]) > 0.85
    assert median(needs[False]) == 0


def test_the_events_of_a_region_are_near_each_other() -> None:
    problem = generate(1500, 9)

    places = venues(problem)
    assert len(places) == len(set(places)) == 30
    assert max(apart_km(places[0], each) for each in places) < 130
    assert len(set(map(seat_at, places))) > 5
    assert {each.start_s // 3600 for each in problem.sessions} == {10, 13, 14, 18}
    assert {(each.end_s - each.start_s) // 3600 for each in problem.sessions} == {2, 3}


def test_sessions_have_room_for_their_share() -> None:
    [few] = generate(6, 1).sessions

    assert all(_has_room_for_fifty(each) for each in generate(1000, 1).sessions)
    assert (few.minimum, few.target, few.maximum) == (4, 4, 8)


def _has_room_for_fifty(session: Session) -> bool:
    sizes = (session.minimum, session.maximum) == (4, 2 * session.target)
    return sizes and 20 <= session.target <= 60 and 0 <= session.coming <= 3
