"""Several events: whom we bring where, against everyone asking the nearest first."""

from bench.matching.asks import OURS, Ask, Day, Outcome
from bench.matching.tables import Cells, Size, Table, middle, seeds, shown, worst, wrong

NEAREST = "asking"
SESSIONS = 5


def _asks(size: Size) -> list[Ask]:
    return [
        Ask(tool, Day(size.people, seed, SESSIONS, simple=False), seconds)
        for seconds in size.seconds
        for tool in (OURS, NEAREST)
        for seed in size.each_seed
    ]


def _rows(size: Size, outcomes: list[Outcome]) -> list[Cells]:
    ours = [each for each in outcomes if each.tool == OURS]
    theirs = [each for each in outcomes if each.tool == NEAREST]
    placed, greedy = (sum(each.people for each in found) for found in (ours, theirs))
    worth, greedy_worth = (sum(each.worth for each in found) for found in (ours, theirs))
    row = [
        str(size.people),
        str(SESSIONS),
        seeds(size),
        str(len(ours)),
        str(placed),
        str(greedy),
        shown(placed / max(1, greedy) - 1, ".1%"),
        shown(worth / max(1, greedy_worth) - 1, ".1%"),
        str(sum(each.proven for each in ours)),
        shown(worst(each.gap for each in ours), ".3%"),
        shown(middle(each.elapsed_s for each in ours)),
        shown(worst(each.elapsed_s for each in ours)),
        wrong(outcomes),
    ]
    return [row]


TABLE = Table(
    title="""\
Several events, both ways, all types of places. greedy: people who are placed when everyone
asks the nearest event and driver first; more: people, and worth, that we have more.""",
    columns={
        "people": 6,
        "events": 6,
        "seeds": 5,
        "runs": 4,
        "placed": 6,
        "greedy": 6,
        "more": 6,
        "more worth": 6,
        "proven": 6,
        "worst gap": 9,
        "median s": 8,
        "worst s": 7,
        "wrong": 5,
    },
    asks=_asks,
    rows=_rows,
    sizes=(Size(200, 10, (60,)),),
    short=(Size(100, 3, (5,)),),
)
