"""Which car-loads to drive, as a linear or an integer program.

One row a person (used at most once), one a session (its people: those below the target,
those beyond, and the bonus), one a higher level that must hold. Begin with `Master`.
"""

from collections.abc import Iterable

import numpy as np

from matching.cuts import Cuts, no_cuts
from matching.day import Day, Whole
from matching.engine import Constraint, Solver, Variable
from matching.goals import Gains
from matching.loads import Loads, persons_of
from matching.prices import FINE, Level, Prices


class Master:
    """A program over loads, which are known by their places in a list that may grow.

    Parameters
    ----------
    solver
        As `engine` makes them; solving it is the caller's affair.
    """

    def __init__(self, solver: Solver, day: Day, level: Level) -> None:
        self.solver = solver
        self.columns: dict[int, Variable] = {}
        self._day, self._level = day, level
        self._objective = solver.Objective()
        row, free = solver.Constraint, solver.infinity()
        self._persons = [row(float(person in day.pins), 1.0) for person in range(day.persons)]
        self._levels = [row(float(each.least), free) for each in level.kept]
        self._places: list[Constraint] = []
        self.cuts = no_cuts(day.persons)
        self._cuts: list[Constraint] = []
        for each, room in zip(level.goal.gains, day.room, strict=True):
            place, people = people_at(solver, each, int(room))
            self._places.append(place)
            for variable, worth in people:
                self._is_worth(variable, worth)

    def _is_worth(self, variable: Variable, worth: int) -> None:
        self._objective.SetCoefficient(variable, float(worth * self._level.goal.worth))
        for row, kept in zip(self._levels, self._level.kept, strict=True):
            if kept.goal.worth:
                row.SetCoefficient(variable, float(worth * kept.goal.worth))

    def add(self, loads: Loads, chosen: Iterable[int]) -> None:
        """Let these of *loads*, the list as it is now, be driven too."""
        fresh = np.array([i for i in chosen if i not in self.columns], dtype=np.int64)
        new = loads.pick(fresh)
        persons = persons_of(self._day, new)
        values = self._level.goal.value(new).tolist()
        kept = [each.goal.value(new).tolist() for each in self._level.kept]
        rows = zip(
            fresh.tolist(),
            values,
            new.session.tolist(),
            new.people.tolist(),
            persons.tolist(),
            strict=True,
        )
        held = self.cuts.held(persons)
        for at, (name, value, session, people, used) in enumerate(rows):
            column = self.columns[name] = self.solver.BoolVar("")
            self._objective.SetCoefficient(column, float(value))
            self._places[session].SetCoefficient(column, float(people))
            for person in used:
                if person >= 0:
                    self._persons[person].SetCoefficient(column, 1.0)
            for row, each in zip(self._levels, kept, strict=True):
                row.SetCoefficient(column, float(each[at]))
            for cut in np.flatnonzero(held[at]):
                self._cuts[cut].SetCoefficient(column, 1.0)

    def cut(self, loads: Loads, triples: Whole) -> None:
        """Let of each of these triples of people one load at most hold two or more."""
        fresh = Cuts(triples, self._day.persons)
        names = np.array(sorted(self.columns), dtype=np.int64)
        held = fresh.held(persons_of(self._day, loads.pick(names)))
        for at in range(len(fresh)):
            row = self.solver.Constraint(-self.solver.infinity(), 1.0)
            for name in names[held[:, at]].tolist():
                row.SetCoefficient(self.columns[name], 1.0)
            self._cuts.append(row)
        self.cuts = self.cuts.more(triples)

    def make_whole(self, load: int) -> None:
        """Let this load be driven in every solution."""
        self.columns[load].SetLb(1.0)

    def prices(self) -> Prices:
        """The duals of a solved linear program, in whole `FINE`ths and of the right sign."""
        person = _fine([row.dual_value() for row in self._persons])
        free = np.isin(np.arange(len(person)), list(self._day.pins))
        levels = _fine([row.dual_value() for row in self._levels])
        return Prices(
            person=np.where(free, person, np.maximum(person, 0)),
            place=-_fine([row.dual_value() for row in self._places]),
            kept=tuple(max(0, -int(price)) for price in levels),
            cut=np.maximum(_fine([row.dual_value() for row in self._cuts]), 0),
        )

    def shares(self) -> dict[int, float]:
        """How much of each load the solution drives, where that is not nothing."""
        found = {i: column.solution_value() for i, column in self.columns.items()}
        return {i: share for i, share in found.items() if share > 1e-6}

    def chosen(self) -> Whole:
        """The loads that an integer solution drives, in rising order."""
        return np.array(sorted(i for i, x in self.shares().items() if x > 0.5), dtype=np.int64)


def _fine(duals: list[float]) -> Whole:
    return np.asarray(np.rint(np.array(duals, dtype=float) * FINE), dtype=np.int64)


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
