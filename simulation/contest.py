"""A session that too many people want to come to at once, and cars that are too few.

With it each world begins, and again and again: so states in which people contend for the same
places are frequent. Its forms are filled in without faults; what follows is not spared them.
"""

from datetime import timedelta

from simulation import town
from simulation.life import Life
from simulation.script import Script

DRIVERS = (("yes", "2"), ("no", "3"), ("no", "1"))
"""Whether they take whoever fits at once, and their places."""


def begin(life: Life, number: int) -> None:
    """Tomorrow afternoon: nine places, three drivers, five riders, and some by themselves."""
    faults, life.cloud.faults.rate = life.cloud.faults.rate, 0.0
    among, life.among = life.among, 0.0
    script = Script(life)
    day = life.cloud.clock() + timedelta(days=1)
    script.event(**town.day_fields(1, day), maximum="9")
    life.crowd.events[script.session.rpartition("-")[0]] = life.cloud.clock()
    for at, (auto, seats) in enumerate(DRIVERS):
        script.driver(f"driver{number}{at}", auto=auto, **{"seats-standard": seats})
    for at in range(5):
        script.rider(f"rider{number}{at}", **{"needs-standard": "2" if at == 4 else "1"})
    for name, people in (("sue", "3"), ("sam", "3"), ("sue", "1")):
        script.made(f"{name}{number}", script.way("own-way"), people=people)
    life.cloud.faults.rate, life.among = faults, among
