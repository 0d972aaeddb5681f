"""Who signs up: from where, for which day, in which order, and which seat they take for nearest.

Assumed: six weeks, the last with twice the first's sessions; sessions on Wednesday evenings,
Saturdays and Sundays (`DAYS`); that everyone has one day in mind, up to two weeks ahead, as
many for each day as its sessions want; and `FANCY`, by which nearest-first comes to the shape
of 2024.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bench.demand.country import Country, Numbers

WEEKS = 6
DAYS = {2: 0.2, 5: 0.45, 6: 0.35}
"""Day of the week -> its share of the week's sign-ups: Wednesday, Saturday, Sunday."""

AHEAD_DAYS = 14.0
"""Nobody signs up longer before."""

FANCY = 0.35
"""What somebody takes for near: work, friends, trains, a name they have heard. A standard
deviation of it makes the way to one seat seem 42 % longer, or 30 % shorter, to one person. With
0, all go where it is nearest; the published numbers of 2024 choose it."""

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """Sign-ups, in the order in which they come in.

    Attributes
    ----------
    home
        The number of the small place.
    day
        The number of the campaign day that they have in mind, 0 to 17.
    nearest
        The number of the seat to which the way seems shortest.
    reserve
        0 to 1: whoever is below the share that follows suggestions, follows.
    """

    home: Whole
    day: Whole
    nearest: Whole
    reserve: Numbers


def dates() -> list[int]:
    """Each campaign day, in days since the first Monday."""
    return [7 * week + weekday for week in range(WEEKS) for weekday in DAYS]


def day_shares() -> Numbers:
    """Each campaign day's share of the sign-ups, and of the people wanted."""
    weeks = np.linspace(1.0, 2.0, WEEKS)
    shares = np.outer(weeks, list(DAYS.values())).ravel()
    return np.asarray(shares / shares.sum())


def a_crowd(land: Country, people: int, seed: int) -> Crowd:
    """Draw *people* sign-ups, the same for the same arguments."""
    chance = np.random.default_rng(seed)
    home = chance.choice(len(land.activity), people, p=land.activity)
    shares = day_shares()
    day = chance.choice(len(shares), people, p=shares)
    signed_up = np.array(dates())[day] - chance.uniform(0, AHEAD_DAYS, people)
    order = np.argsort(signed_up, kind="stable")
    return Crowd(
        home=home[order],
        day=day[order],
        nearest=_nearest(land, home[order], chance),
        reserve=chance.random(people),
    )


def _nearest(land: Country, home: Whole, chance: np.random.Generator) -> Whole:
    fancy = chance.standard_normal((len(home), len(land.seats)), dtype=np.float32)
    seeming_s = land.drive_s[home] * np.exp(np.float32(FANCY) * fancy)
    return np.asarray(seeming_s.argmin(axis=1))
