"""One event: until the best plan is found, until it is proven, and what both ways add to that."""

from bench.matching.asks import OURS, Ask, Day, Outcome
from bench.matching.tables import Cells, Size, Table, middle, seeds, shown, told_s, worst, wrong


def _asks(size: Size) -> list[Ask]:
    return [
        Ask(OURS, Day(size.people, seed, simple=simple), seconds)
        for seconds in size.seconds
        for simple in (True, False)
        for seed in size.each_seed
    ]


def _rows(size: Size, outcomes: list[Outcome]) -> list[Cells]:
    out = [each for each in outcomes if each.ask.day.simple]
    both = [each for each in outcomes if not each.ask.day.simple]
    return [_row(size, "out", out), _row(size, "both", both), _ratios(size, out, both)]


def _row(size: Size, kind: str, outcomes: list[Outcome]) -> Cells:
    cells = [str(size.people), kind, seeds(size), str(len(outcomes))]
    cells += [str(sum(each.proven for each in outcomes))]
    for numbers in (_proven_s(outcomes), _elapsed_s(outcomes), _found_s(outcomes)):
        cells += [shown(middle(numbers)), shown(worst(numbers))]
    cells += [shown(worst(each.gap for each in outcomes), ".3%"), wrong(outcomes)]
    return [*cells, str(max((each.memory_mb for each in outcomes), default=0))]


def _ratios(size: Size, out: list[Outcome], both: list[Outcome]) -> Cells:
    """How many times as long a median day takes with both ways."""
    cells = [str(size.people), "ratio", "", "", ""]
    for numbers in (_proven_s, _elapsed_s, _found_s):
        cells += [shown(middle(numbers(both)) / max(1e-9, middle(numbers(out)))), ""]
    return [*cells, "", "", ""]


def _proven_s(outcomes: list[Outcome]) -> list[float]:
    return [told_s(each, "proven") for each in outcomes]


def _elapsed_s(outcomes: list[Outcome]) -> list[float]:
    return [each.elapsed_s for each in outcomes]


def _found_s(outcomes: list[Outcome]) -> list[float]:
    return [told_s(each, "found") for each in outcomes]


TABLE = Table(
    title="""\
One event. out: out only, standard places only; both: both ways, all types of places, some
who could drive or ride, some who share no car. Medians and worst: seconds until the best
worth was proven (- where it was not), in all, and until that worth was first reached.""",
    columns={
        "people": 6,
        "kind": 5,
        "seeds": 5,
        "runs": 4,
        "proven": 6,
        "proof s": 7,
        "worst": 7,
        "all s": 7,
        "worst ": 7,
        "found s": 7,
        " worst": 7,
        "worst gap": 9,
        "wrong": 5,
        "MB": 5,
    },
    asks=_asks,
    rows=_rows,
    sizes=(
        Size(20, 10, (60,)),
        Size(50, 10, (60,)),
        Size(100, 10, (60,)),
        Size(200, 10, (60,)),
        Size(500, 3, (60,)),
    ),
    short=(Size(20, 3, (5,)), Size(50, 3, (5,)), Size(100, 3, (5,))),
)
