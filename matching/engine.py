"""OR-Tools' linear solvers: the only file that names them.

GLOP solves linear programs and SCIP integer ones, both through OR-Tools' wrapper, whose
models grow column by column. One thread each, and the same answer every time. (HiGHS was as
fast, but prints to the standard output; CP-SAT needed many times longer for these programs.)
"""

from typing import Any

import numpy as np
from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]
from ortools.linear_solver import pywraplp  # type: ignore[import-untyped]

from matching.day import Whole

Solver = Any  # the wrapper has no types: a Solver makes Variables and Constraints
Variable = Any
Constraint = Any


def linear(left_s: float) -> Solver:
    """A linear program, to be maximised within *left_s* seconds."""
    solver = _maximising("GLOP")
    solver.SetTimeLimit(_milliseconds(left_s))
    return solver


def rough(left_s: float) -> Solver:
    """A large linear program, to be maximised to within a ten-thousandth (by PDLP)."""
    solver = _maximising("PDLP")
    solver.SetSolverSpecificParametersAsString(
        "num_threads: 1 termination_criteria { simple_optimality_criteria {"
        " eps_optimal_relative: 1e-4 eps_optimal_absolute: 1e-2 } }"
    )
    solver.SetTimeLimit(_milliseconds(left_s))
    return solver


def integer(nodes: int, left_s: float, *, quick: bool, gap: float = 0) -> Solver:
    """An integer program, to be maximised within *nodes* of its tree and *left_s* seconds.

    A *quick* one looks for no cuts: sooner at good answers, later at proofs. An answer within
    *gap* of the best one counts as best.
    """
    solver = _maximising("SCIP")
    cuts = "separating/maxrounds = 0\nseparating/maxroundsroot = 0\n" if quick else ""
    solver.SetSolverSpecificParametersAsString(
        f"limits/nodes = {nodes}\nlimits/absgap = {gap}\n{cuts}"
    )
    solver.SetTimeLimit(_milliseconds(left_s))
    return solver


def solved(solver: Solver) -> bool | None:
    """Solve: True when the best answer is found, False when another is, None when none is.

    Begun from the answer before, GLOP now and then loses its way in rounding; then it is asked
    again from the beginning, and then to work from the other side.
    """
    status = solver.Solve()
    for algorithm in (pywraplp.MPSolverParameters.PRIMAL, pywraplp.MPSolverParameters.DUAL):
        if status != pywraplp.Solver.ABNORMAL:
            break
        anew = pywraplp.MPSolverParameters()
        anew.SetIntegerParam(anew.INCREMENTALITY, anew.INCREMENTALITY_OFF)
        anew.SetIntegerParam(anew.LP_ALGORITHM, algorithm)
        status = solver.Solve(anew)
    if status == pywraplp.Solver.OPTIMAL:
        return True
    return False if status == pywraplp.Solver.FEASIBLE else None


def _milliseconds(left_s: float) -> int:
    return max(1, int(left_s * 1000))  # 0 would mean no limit


def _maximising(name: str) -> Solver:
    solver = pywraplp.Solver.CreateSolver(name)
    solver.Objective().SetMaximization()
    return solver


def flow(
    people: int,
    person: Whole,
    session: Whole,
    cost: Whole,
    unit: Whole,
    below: Whole,
    beyond: Whole,
) -> Whole:
    """Where each of so many people goes, so that together they are worth most; -1 for nowhere.

    Arc i lets `person[i]` go to `session[i]` at a cost. A session's first `below` are worth
    twice its `unit` each, the next `beyond` once.
    """
    network = min_cost_flow.SimpleMinCostFlow()
    sessions, many = len(unit), len(person)
    first, end = people, people + sessions
    network.add_arcs_with_capacity_and_unit_cost(
        person, first + session, np.ones(many, dtype=np.int64), cost
    )
    every = np.arange(sessions)
    for places, worth in ((below, -2 * unit), (beyond, -unit)):
        network.add_arcs_with_capacity_and_unit_cost(
            first + every, np.full(sessions, end), places, worth
        )
    everyone = np.arange(people)
    network.add_arcs_with_capacity_and_unit_cost(
        everyone, np.full(people, end), np.ones(people, dtype=np.int64), np.zeros_like(everyone)
    )
    network.set_nodes_supplies(np.append(everyone, end), np.append(np.ones(people), -people))
    found = np.full(people, -1)
    if network.solve() == network.OPTIMAL:
        used = np.flatnonzero(network.flows(np.arange(many)) > 0)
        found[person[used]] = session[used]
    return found
