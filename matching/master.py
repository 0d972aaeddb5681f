"""Which car-loads to drive, as a linear or an integer program.

One row a person (used at most once), one a session (its people: those below the target,
those beyond, and the bonus), one a higher level that must hold. Begin with `Master`.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from matching.day import Day, Whole
from matching.engine import Constraint, Solver, Variable
from matching.goals import Gains, Goal
from matching.loads import Loads
from matching.prices import FINE, Kept, Prices


class Master:
    """A program over *loads*, all of which must be known, but only those added count.

    Parameters
    ----------
    solver
        As `engine` makes them; solving it is the caller's affair.
    kept
        Higher levels; the first of them, or *goal* itself, is worth.
    """

    def __init__(
        self, solver: Solver, day: Day, loads: Loads, goal: Goal, kept: Sequence[Kept] = ()
    ) -> None:
        self.solver = solver
        self.columns: dict[int, Variable] = {}
        self._day, self._loads, self._goal, self._kept = day, loads, goal, kept
        self._objective = solver.Objective()
        row, free = solver.Constraint, solver.infinity()
        self._persons = [row(float(person in day.pins), 1.0) for person in range(day.persons)]
        self._levels = [row(float(each.least), free) for each in kept]
        self._places: list[Constraint] = []
        levels = [goal, *(each.goal for each in kept)]
        gains = next(level.gains for level in levels if level.gains is not None)
        for each, room in zip(gains, day.room, strict=True):
            place, people = people_at(solver, each, int(room))
            self._places.append(place)
            for variable, worth in people:
                self._is_worth(variable, worth)

    def _is_worth(self, variable: Variable, worth: int) -> None:
        if self._goal.gains is not None:
            self._objective.SetCoefficient(variable, float(worth))
        for row, kept in zip(self._levels, self._kept, strict=True):
            if kept.goal.gains is not None:
                row.SetCoefficient(variable, float(worth))

    def add(self, chosen: Iterable[int]) -> None:
        """Let these loads be driven too."""
        day, loads = self._day, self._loads
        for load in chosen:
            if load in self.columns:
                continue
            column = self.columns[load] = self.solver.BoolVar("")
            self._objective.SetCoefficient(column, float(self._goal.value[load]))
            self._places[loads.session[load]].SetCoefficient(column, float(loads.people[load]))
            self._persons[loads.driver[load]].SetCoefficient(column, 1.0)
            for rider in loads.riders[load]:
                if rider >= 0:
                    self._persons[day.person_of_rider[rider]].SetCoefficient(column, 1.0)
            for row, kept in zip(self._levels, self._kept, strict=True):
                row.SetCoefficient(column, float(kept.goal.value[load]))

    def prices(self) -> Prices:
        """The duals of a solved linear program, in whole `FINE`ths and of the right sign."""
        person = _fine([row.dual_value() for row in self._persons])
        free = np.isin(np.arange(len(person)), list(self._day.pins))
        levels = _fine([row.dual_value() for row in self._levels])
        return Prices(
            person=np.where(free, person, np.maximum(person, 0)),
            place=-_fine([row.dual_value() for row in self._places]),
            kept=tuple(max(0, -int(price)) for price in levels),
        )

    def chosen(self) -> list[int]:
        """The loads that the solution drives, in rising order."""
        return sorted(i for i, column in self.columns.items() if column.solution_value() > 0.5)


def _fine(duals: list[float]) -> Whole:
    return np.asarray(np.rint(np.array(duals) * FINE), dtype=np.int64)


def people_at(
    solver: Solver, gains: Gains, room: int
) -> tuple[Constraint, list[tuple[Variable, int]]]:
    """A session's people: a row to which those who come are added, and what they are worth.

    The variables are the people below the target, those beyond, and whether the minimum is
    reached; a maximum takes the first before the second of itself.
    """
    below = solver.IntVar(0.0, float(gains.below), "")
    beyond = solver.IntVar(0.0, float(room - gains.below), "")
    place = solver.Constraint(0.0, 0.0)
    place.SetCoefficient(below, -1.0)
    place.SetCoefficient(beyond, -1.0)
    priced = [(below, 2 * gains.unit), (beyond, gains.unit)]
    if gains.bonus:
        lifted = solver.BoolVar("")
        enough = solver.Constraint(0.0, solver.infinity())
        enough.SetCoefficient(below, 1.0)
        enough.SetCoefficient(beyond, 1.0)
        enough.SetCoefficient(lifted, -float(gains.missing))
        priced.append((lifted, gains.bonus))
    return place, priced
