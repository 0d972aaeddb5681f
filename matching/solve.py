"""The one way in: `solve(Problem) -> Plan`.

A first plan is made at once, so that there always is one (`greedy`); then it is improved as
far as time and memory allow (`search`), its stops get their clock times (`routes`), and
whoever is left out is told why (`reasons`).
"""

from matching.answer import Watch, plan_of
from matching.crew import Crew
from matching.greedy import first_plan
from matching.large import by_blocks
from matching.numbering import day_of, used_places
from matching.pins import pinned_loads
from matching.plan import Plan
from matching.problem import Problem
from matching.search import search
from matching.vast import by_regions

LARGE = 1_200  # people: beyond it, one linear program of the whole day takes too long
VAST = 13_000  # people: beyond it, a table of all drives between them takes gigabytes


def solve(problem: Problem, workers: int = 1) -> Plan:
    """The best plan that the deadline allows, with what is proven about it.

    Days of more than `LARGE` people are shared among so many *workers*, each a process; those of
    more than `VAST` are cut into regions first.

    The same problem gives the same plan, unless the clock cuts the search; then `status` is
    `deadline`, or `proven_levels` is below 3.

    Raises
    ------
    InvalidProblem
        When a pin cannot be kept.
    """
    watch = Watch(problem.deadline_s)
    if len(problem.drivers) + len(problem.riders) > VAST and problem.drive_s is None:
        return by_regions(problem, workers, watch)
    day = day_of(used_places(problem))
    pinned = pinned_loads(day)
    watch.phase("read")
    if day.persons > LARGE:
        with Crew(day, workers) as crew:
            found = by_blocks(day, pinned, crew, watch.left_s, watch.mark)
    else:
        first = first_plan(day, pinned, watch.late)
        watch.phase("first")
        found = search(day, first, watch.left_s, watch.mark)
    watch.phase("search")
    return plan_of(day, found, watch)
