"""One run, in a process of its own: `python -m bench.matching.work ASK`, both ways in JSON.

Begin with `outcomes`, which does the same in this process; `apart` starts the process.
"""

import importlib
import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace

from bench.matching.again import changed, moved, people_of, told_again
from bench.matching.asks import AGAIN, ANEW, OURS, TOLD, Ask, Outcome
from matching.check import violations
from matching.plan import Plan
from matching.problem import Problem, Told

WORKERS = 2  # processes for a large day: the machine that this is measured on has as many cores


def main() -> None:
    """Read an ask from the command line, print its outcomes."""
    found = outcomes(Ask.of(json.loads(sys.argv[1])))
    json.dump([asdict(each) for each in found], sys.stdout)


def outcomes(ask: Ask) -> list[Outcome]:
    """Do what *ask* says; `AGAIN` has two outcomes, all else one."""
    problem = ask.day.problem()
    if ask.tool != AGAIN:
        return [_outcome(ask, ask.tool, problem)]
    before, after = changed(problem)
    told = told_again(_tool(OURS)(before, ask.seconds), after)
    return [
        _outcome(ask, ANEW, after, told),
        _outcome(ask, TOLD, replace(after, told=told), told),
    ]


def _outcome(ask: Ask, tool: str, problem: Problem, told: Sequence[Told] = ()) -> Outcome:
    planned = _tool(OURS if tool in {ANEW, TOLD} else tool)
    began = time.perf_counter()
    plan = planned(problem, ask.seconds)
    elapsed_s = time.perf_counter() - began
    memory_mb = _memory_mb()
    people = people_of(problem)
    return Outcome(
        ask=ask,
        tool=tool,
        sessions=len(problem.sessions),
        drivers=len(problem.drivers),
        people=sum(1 + sum(people[stop.rider] for stop in lift.stops) for lift in plan.lifts),
        worth=plan.worth,
        bound=plan.bound,
        gap=plan.gap,
        proven=plan.proven_levels > 0,
        elapsed_s=elapsed_s,
        seconds=dict(plan.seconds),
        wrong=len(violations(problem, plan)),
        told=sum(people[each] for lift in told for each in (lift.driver, *lift.riders)),
        moved=moved(told, plan, people),
        memory_mb=memory_mb,
    )


def _tool(name: str) -> Callable[[Problem, float], Plan]:
    """Import the tool, which is not to be measured, and give its one function."""
    if name != OURS:
        rival: Callable[[Problem, float], Plan]
        rival = importlib.import_module(f"bench.rivals.{name}").plan
        return rival
    solve = importlib.import_module("matching.solve").solve
    return lambda problem, seconds: solve(replace(problem, deadline_s=seconds), workers=WORKERS)


def _memory_mb() -> int:
    """The highest memory of this process so far."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // 2**20 if sys.platform == "darwin" else most // 2**10


if __name__ == "__main__":
    main()
