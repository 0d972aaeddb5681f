"""Car-loads as columns: a driver, a session, riders in order, and what all that costs.

Begin with `Loads`; `listing` makes them.
"""

from dataclasses import dataclass, fields

import numpy as np

from matching.day import Day, Flags, Numbers, Whole


@dataclass(frozen=True)
class Loads:
    """Car-loads as columns, all arrays `[load]`.

    `riders[load]` are rider numbers in the order of their pickups, `drops[load]` those who
    go back in the order of their drops, both filled up with -1. `driver_extra` and
    `rider_extra` are seconds, out and back together; `told` is the price that the load saves
    by keeping what people were told.
    """

    driver: Whole
    session: Whole
    riders: Numbers
    drops: Numbers
    people: Whole
    driver_extra: Whole
    rider_extra: Whole
    told: Whole

    def __len__(self) -> int:
        return len(self.driver)

    def pick(self, chosen: Whole | Flags) -> "Loads":
        """These of the loads."""
        return Loads(*(getattr(self, each.name)[chosen] for each in fields(self)))


def joined(parts: list[Loads]) -> Loads:
    """One list of all *parts*, whose rows of riders may be of different widths."""
    columns = {each.name: [getattr(part, each.name) for part in parts] for each in fields(Loads)}
    for name in ("riders", "drops"):
        width = max(rows.shape[1] for rows in columns[name])
        columns[name] = [padded(rows, width) for rows in columns[name]]
    return Loads(**{name: np.concatenate(arrays) for name, arrays in columns.items()})


def padded(rows: Numbers, width: int) -> Numbers:
    """*rows* filled up with -1 to *width*."""
    return np.pad(rows, ((0, 0), (0, width - rows.shape[1])), constant_values=-1)


def persons_of(day: Day, loads: Loads) -> Whole:
    """`[load, k]`: the people of each load, its driver first, filled up with -1."""
    riders = np.append(day.person_of_rider, -1)[loads.riders]
    return np.column_stack([loads.driver, riders])


def told_by(day: Day, driver: Whole, session: Whole, riders: Numbers) -> Whole:
    """By load: what it saves of the price of changes. *riders* `[load, k]`, filled with -1."""
    there = day.told_session[driver] == session
    same = np.append(day.told_driver, -1)[riders] == driver[:, None]
    kept = there * (1 + (same * np.append(day.people, 0)[riders]).sum(axis=1))
    return np.asarray(day.problem.change_price * kept, dtype=np.int64)


def no_loads() -> Loads:
    """An empty list."""
    empty = np.empty(0, dtype=np.int64)
    nobody = np.empty((0, 1), dtype=np.int32)
    return Loads(empty, empty, nobody, nobody, empty, empty, empty, empty)
