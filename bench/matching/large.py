"""Days of up to 100,000 people: an event for every 50, both ways, all types of places."""

from bench.matching.asks import OURS, Ask, Day, Outcome
from bench.matching.tables import Cells, Size, Table, shown

NEAREST = "asking"
NO_PHASES = {"total", "found", "proven"}


def _asks(size: Size) -> list[Ask]:
    return [
        Ask(tool, Day(size.people, seed, None, simple=False), seconds)
        for seconds in size.seconds
        for seed in size.each_seed
        for tool in (OURS, NEAREST)
    ]


def _rows(_: Size, outcomes: list[Outcome]) -> list[Cells]:
    greedy = {each.ask.day: each.people for each in outcomes if each.tool == NEAREST}
    ours = [each for each in outcomes if each.tool == OURS]
    return [_row(each, str(greedy.get(each.ask.day, "-"))) for each in ours]


def _row(found: Outcome, greedy: str) -> Cells:
    phases = [(name, s) for name, s in found.seconds.items() if name not in NO_PHASES]
    return [
        str(found.ask.day.people),
        str(found.sessions),
        str(found.drivers),
        str(found.ask.day.seed),
        str(found.people),
        greedy,
        str(found.worth),
        str(found.bound),
        shown(found.gap, ".3%"),
        shown(found.elapsed_s),
        str(found.memory_mb),
        str(found.wrong),
        ", ".join(f"{name} {seconds:.2f}" for name, seconds in phases),
    ]


TABLE = Table(
    title="""\
Large days: an event for every 50 people, both ways, all types of places. greedy: people who
are placed when everyone asks the nearest event and driver first; MB: of all processes.""",
    columns={
        "people": 6,
        "events": 6,
        "drivers": 7,
        "seed": 4,
        "placed": 6,
        "greedy": 6,
        "worth": 10,
        "bound": 10,
        "gap": 7,
        "all s": 7,
        "MB": 6,
        "wrong": 5,
        "seconds by phase": 0,
    },
    asks=_asks,
    rows=_rows,
    sizes=(
        Size(200, 3, (60,)),
        Size(1_000, 3, (60,)),
        Size(2_000, 2, (120,)),
        Size(10_000, 1, (300,)),
        Size(100_000, 1, (900,)),
    ),
    short=(Size(200, 1, (10,)),),
)
