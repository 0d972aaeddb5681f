"""A bound on worth for any day, however large: as if places could be shared out freely.

Who goes to which session is chosen in fractions, each rider needs a place of the right type
in some car there that could take them alone, and no order of stops is asked for. Every plan
does all that, so it is a bound; often a few per cent above the best plan. Begin with
`coarse_bound`.
"""

import numpy as np

from matching.day import Day, Flags
from matching.engine import Solver, Variable, linear, solved
from matching.goals import goals_of
from matching.master import people_at

MOST_VARIABLES = 200_000  # some seconds to write, some more to solve


def coarse_bound(day: Day, within_s: float) -> int:
    """No plan's worth (before `Day.told_price`) is above this.

    Where the program takes longer than *within_s*, or has too many variables to be worth
    writing: as if everybody came to every session.
    """
    worth = goals_of(day)[0]
    most = worth.ceiling + day.told_price
    if within_s <= 0 or int(day.driver_ok.sum() + day.rider_ok.sum()) > MOST_VARIABLES:
        return most
    program = _program(day, within_s)
    if not solved(program):
        return most
    found = program.Objective().Value() * (1 + 1e-9) + 1e-3  # the solver's tolerance
    return min(most, int(found) // worth.step * worth.step)


def _program(day: Day, within_s: float) -> Solver:
    program = linear(within_s)
    objective = program.Objective()
    persons = [program.Constraint(0.0, 1.0) for _ in range(day.persons)]
    price = float(day.problem.change_price)
    gains_of = goals_of(day)[0].gains
    for s, gains in enumerate(gains_of):
        place, people = people_at(program, gains, int(day.room[s]))
        for variable, worth in people:
            objective.SetCoefficient(variable, float(worth))
        seats = _Seats(program, day)
        for d in np.flatnonzero(day.driver_ok[:, s]):
            there = program.NumVar(0.0, 1.0, "")
            persons[d].SetCoefficient(there, 1.0)
            place.SetCoefficient(there, 1.0)
            seats.offer(int(d), there)
            objective.SetCoefficient(there, price * (day.told_session[d] == s))
        for r in np.flatnonzero(_reached(day, s)):
            there = program.NumVar(0.0, 1.0, "")
            size = float(day.people[r])
            persons[day.person_of_rider[r]].SetCoefficient(there, 1.0)
            place.SetCoefficient(there, size)
            seats.take(int(r), there)
            told = day.told_driver[r] >= 0 and day.told_session[day.told_driver[r]] == s
            objective.SetCoefficient(there, price * size * told)
    return program


class _Seats:
    """A session's places by type: no more taken than offered, all in all and on the way back."""

    def __init__(self, program: Solver, day: Day) -> None:
        self._day = day
        types = range(day.seats.shape[1])
        self._all = [program.Constraint(-program.infinity(), 0.0) for _ in types]
        self._back = [program.Constraint(-program.infinity(), 0.0) for _ in types]

    def offer(self, d: int, there: Variable) -> None:
        """Driver *d*'s places, as far as they are *there*."""
        for kind, seats in enumerate(self._day.seats[d]):
            self._all[kind].SetCoefficient(there, -float(seats))
            self._back[kind].SetCoefficient(there, -float(seats * self._day.driver_both[d]))

    def take(self, r: int, there: Variable) -> None:
        """Rider *r*'s places, likewise."""
        for kind, needs in enumerate(self._day.needs[r]):
            self._all[kind].SetCoefficient(there, float(needs))
            self._back[kind].SetCoefficient(there, float(needs * self._day.rider_both[r]))


def _reached(day: Day, s: int) -> Flags:
    """Riders whom some driver to *s* could take alone, or by a way round, on the way out."""
    way, start, dwell_s = day.out, day.start, day.problem.dwell_s
    onward = dwell_s + way.least[start, day.sessions[s].place]
    willing = day.rider_ok[:, s] & (onward <= way.rider_limit[:, s])
    reached = np.zeros(len(day.riders), dtype=bool)
    for d in np.flatnonzero(day.driver_ok[:, s]):
        in_reach = way.least[day.home[d], start] + onward <= way.driver_limit[d, s]
        fits = (day.needs <= day.seats[d]).all(axis=1)
        reached |= in_reach & fits & (day.driver_both[d] | ~day.rider_both)
    return np.asarray(willing & reached)
