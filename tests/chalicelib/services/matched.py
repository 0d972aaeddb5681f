"""A day on which things are matched: its names, the real solver, the lift that came of it."""

from chalicelib.adapters import Adapters
from chalicelib.domain.lift import Lift
from chalicelib.domain.states import LiftState
from matching.check import violations
from matching.plan import Plan
from matching.problem import Problem
from matching.solve import solve

DAY = "2026-11-28"
RIA, BO = "request-20261128-aaaaaaaaaaaa", "request-20261128-bbbbbbbbbbbb"
DAN = "offer-20261128-aaaaaaaaaaaa"


def checked(asked: Problem) -> Plan:
    """The real solver; no plan that it makes here breaks a promise."""
    plan = solve(asked)
    assert violations(asked, plan) == []
    return plan


def the_lift(world: Adapters) -> Lift:
    [lift] = [
        one
        for one in world.bookings.day(DAY)
        if isinstance(one, Lift) and one.state is not LiftState.CANCELLED
    ]
    return lift
