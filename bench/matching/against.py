"""Against the rivals: one event, out only, every tool the same seconds."""

from importlib.util import find_spec

from bench.matching.asks import OURS, Ask, Day, Outcome
from bench.matching.tables import Cells, Size, Table, seeds, shown, worst, wrong

GREEDY = ("nearest", "insertion")  # whose one run stands beside every time
RIVALS = {"routing": "ortools", "vroom": "vroom", "pyvrp": "pyvrp"}  # and what they import


def _asks(size: Size) -> list[Ask]:
    tools = [OURS, *(tool for tool, module in RIVALS.items() if find_spec(module))]
    chosen = [(tool, size.seconds[0]) for tool in GREEDY]
    chosen += [(tool, seconds) for seconds in size.seconds for tool in tools]
    return [
        Ask(tool, Day(size.people, seed), seconds)
        for tool, seconds in chosen
        for seed in size.each_seed
    ]


def _rows(size: Size, outcomes: list[Outcome]) -> list[Cells]:
    rows = []
    for seconds in size.seconds:
        ours = [each for each in outcomes if _is(each, OURS, seconds)]
        for tool in (OURS, *GREEDY, *RIVALS):
            found = [each for each in outcomes if _is(each, tool, seconds)]
            cells = [str(size.people), f"{seconds:g}", tool, seeds(size), str(len(found))]
            rows.append([*cells, *_compared(found, ours)])
    return rows


def _is(outcome: Outcome, tool: str, seconds: float) -> bool:
    return outcome.tool == tool and (tool in GREEDY or outcome.ask.seconds == seconds)


def _compared(found: list[Outcome], ours: list[Outcome]) -> Cells:
    """Over the seeds that both ran."""
    own = {each.ask.day.seed: each.people for each in ours}
    theirs = {each.ask.day.seed: each.people for each in found if each.ask.day.seed in own}
    placed = sum(theirs.values())
    more = sum(own[seed] for seed in theirs) - placed
    ahead = [seed for seed, people in theirs.items() if people > own[seed]]
    return [
        str(placed),
        str(more),
        shown(more / max(1, placed), ".2%"),
        str(sum(people < own[seed] for seed, people in theirs.items())),
        str(len(ahead)),
        shown(worst(each.elapsed_s for each in found)),
        wrong(found),
        " ".join(map(str, ahead)),
    ]


TABLE = Table(
    title="""\
Against other tools at equal time. One event, out only, standard places only. placed: people
in lifts in all seeds together, drivers too; more: by how many we placed more; behind, ahead:
seeds in which the tool placed fewer people, or more, than we, and which those were.""",
    columns={
        "people": 6,
        "time s": 6,
        "tool": 9,
        "seeds": 5,
        "runs": 4,
        "placed": 6,
        "more": 5,
        "%": 6,
        "behind": 6,
        "ahead": 5,
        "worst s": 7,
        "wrong": 5,
        "at": 0,
    },
    asks=_asks,
    rows=_rows,
    sizes=(
        Size(20, 10, (1, 5, 10)),
        Size(50, 10, (1, 5, 10)),
        Size(100, 10, (1, 5, 10)),
        Size(200, 10, (1, 5, 10)),
        Size(500, 3, (1, 5, 10)),
    ),
    short=(Size(50, 3, (1,)), Size(100, 3, (1,))),
)
