"""What came of it, in numbers: by seat, sign-ups against targets; by person, minutes.

Begin with `measured`.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np

from bench.demand.country import Country, Numbers
from bench.demand.crowd import Crowd, Whole
from bench.demand.routing import NOWHERE, Plan, Routed

TOP, TAIL = 10, 60
"""Seats at either end: sixty had under a hundred sign-ups in 2024."""

FEW = 100


@dataclass(frozen=True, slots=True)
class Measures:
    """One run.

    Attributes
    ----------
    ratio
        The mean of the `TOP` seats' sign-ups by target, over the mean of the `TAIL` seats'.
    most, tail
        Sign-ups of the first seat, and of the middle one of the `TAIL` seats.
    few
        Seats with fewer than `FEW` sign-ups.
    over
        Share of the sign-ups that are beyond their session's maximum.
    median_min, p90_min
        Minutes of driving beyond the nearest venue, of those who followed; 0 without any.
    turned, nowhere
        Share of the sign-ups that took the next best since theirs was full; that found no room.
    """

    ratio: float
    most: float
    tail: float
    few: float
    over: float
    median_min: float
    p90_min: float
    turned: float
    nowhere: float


def measured(land: Country, crowd: Crowd, plan: Plan, routed: Routed) -> Measures:
    """Measure one run."""
    placed = routed.seat != NOWHERE
    came = np.zeros((len(plan), len(land.seats)), dtype=int)
    np.add.at(came, (crowd.day[placed], routed.seat[placed]), 1)
    wanted = np.array([[one.target for one in day] for day in plan])
    most = np.array([[one.maximum for one in day] for day in plan])
    signups = np.sort(came.sum(axis=0))
    extra_min = extra_minutes(land, crowd, routed)
    return Measures(
        ratio=top_to_tail(came.sum(axis=0) / wanted.sum(axis=0)),
        most=float(signups[-1]),
        tail=float(np.median(signups[:TAIL])),
        few=float((signups < FEW).sum()),
        over=float(np.maximum(0, came - most).sum() / len(placed)),
        median_min=float(np.median(extra_min)),
        p90_min=float(np.quantile(extra_min, 0.9)),
        turned=float(routed.turned.mean()),
        nowhere=float(1 - placed.mean()),
    )


def top_to_tail(filled: Numbers) -> float:
    """How unevenly seats are *filled* (sign-ups by target): 1 is even, infinite an empty tail."""
    ordered = np.sort(filled)
    tail = float(ordered[:TAIL].mean())
    return float(ordered[-TOP:].mean()) / tail if tail else float("inf")


def extra_minutes(land: Country, crowd: Crowd, routed: Routed) -> Numbers:
    """Of each who followed and found room: minutes of driving beyond the nearest venue."""
    chosen = np.flatnonzero(routed.followed & (routed.seat != NOWHERE))
    if not len(chosen):
        return np.zeros(1)
    ways = land.drive_s[crowd.home[chosen]]
    taken = ways[np.arange(len(chosen)), routed.seat[chosen]]
    return np.asarray((taken - ways.min(axis=1)) / 60)


def middle(runs: Sequence[Measures]) -> Measures:
    """The median of each number."""
    return Measures(*np.median([astuple(run) for run in runs], axis=0).tolist())


def ranks(crowd: Crowd, seats: int) -> Whole:
    """Sign-ups of the seats by nearest-first, most first."""
    return np.sort(np.bincount(crowd.nearest, minlength=seats))[::-1]
