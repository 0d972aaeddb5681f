"""OR-Tools' routing library (pywrapcp): insertion, then guided local search."""

from ortools.constraint_solver import (  # type: ignore[import-untyped]
    pywrapcp,
    routing_enums_pb2,
)

from bench.rivals.case import Case, case_of, plan_of
from matching.plan import Plan
from matching.problem import Problem

PENALTY_S = 20_000  # for a person left out, in seconds of driving: more than any detour


def plan(problem: Problem, seconds: float) -> Plan:
    """Ask OR-Tools: a vehicle for each driver, an optional node for each rider.

    It knows all limits but the session's maximum. Routes are read backwards, from the venue
    home, so that every window is a latest time and nothing waits. It minimises the drive,
    plus a penalty for each person left out. Of its first solutions and metaheuristics, the
    ones that placed the most people on days of 100 and 200 were kept.
    """
    case = case_of(problem)
    routes: list[list[int]] = [[] for _ in case.drivers]
    if not case.riders or not case.drivers:
        return plan_of(case, routes)
    count = len(case.drivers)
    nodes = pywrapcp.RoutingIndexManager(
        len(case.drive_s), count, [case.venue] * count, list(range(count))
    )
    model = pywrapcp.RoutingModel(nodes)
    _add_times(case, nodes, model)
    _add_places(case, model)
    for rider, each in enumerate(case.riders):
        node = nodes.NodeToIndex(case.start(rider))
        model.AddDisjunction([node], PENALTY_S * each.people)
    found = model.SolveWithParameters(_limits(seconds))
    for driver in range(count) if found else ():
        at = found.Value(model.NextVar(model.Start(driver)))
        while not model.IsEnd(at):
            routes[driver].insert(0, nodes.IndexToNode(at) - count)
            at = found.Value(model.NextVar(at))
    return plan_of(case, routes)


def _add_times(
    case: Case, nodes: pywrapcp.RoutingIndexManager, model: pywrapcp.RoutingModel
) -> None:
    """Seconds before arrival: each drive's, and each stop's once it is driven away from."""
    points = range(len(case.drive_s))
    dwell_s = [case.problem.dwell_s * (point >= len(case.drivers)) for point in points]
    back_s = [[case.drive_s[end][start] + dwell_s[end] for end in points] for start in points]
    seconds = model.RegisterTransitMatrix(back_s)
    model.SetArcCostEvaluatorOfAllVehicles(seconds)
    model.AddDimension(seconds, 0, case.arrive_s, True, "time")
    time = model.GetDimensionOrDie("time")
    for rider, reach_s in enumerate(case.reach_s):
        time.CumulVar(nodes.NodeToIndex(case.start(rider))).SetMax(case.arrive_s - reach_s)
    for driver, leave_s in enumerate(case.leave_s):
        time.CumulVar(model.End(driver)).SetMax(case.arrive_s - leave_s)


def _add_places(case: Case, model: pywrapcp.RoutingModel) -> None:
    for kind in range(len(case.seats[0])):
        needed = [0] * len(case.drive_s)
        for rider, needs in enumerate(case.needs):
            needed[case.start(rider)] = needs[kind]
        taken = model.RegisterUnaryTransitVector(needed)
        seats = [each[kind] for each in case.seats]
        model.AddDimensionWithVehicleCapacity(taken, 0, seats, True, f"places {kind}")


def _limits(seconds: float) -> routing_enums_pb2:
    limits = pywrapcp.DefaultRoutingSearchParameters()
    limits.first_solution_strategy = (
        routing_enums_pb2.FirstSolutionStrategy.LOCAL_CHEAPEST_INSERTION
    )
    limits.local_search_metaheuristic = (
        routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    )
    limits.time_limit.FromMilliseconds(round(1000 * seconds))
    return limits
