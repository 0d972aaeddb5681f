"""Planning a day again after some changed their minds: how many are moved who were told."""

from bench.matching.again import CHANGED
from bench.matching.asks import AGAIN, ANEW, TOLD, Ask, Day, Outcome
from bench.matching.tables import Cells, Size, Table, seeds, shown, worst, wrong


def _asks(size: Size) -> list[Ask]:
    return [
        Ask(AGAIN, Day(size.people, seed, None, simple=False), seconds)
        for seconds in size.seconds
        for seed in size.each_seed
    ]


def _rows(size: Size, outcomes: list[Outcome]) -> list[Cells]:
    anew = [each for each in outcomes if each.tool == ANEW]
    told = [each for each in outcomes if each.tool == TOLD]
    known = sum(each.told for each in told)
    cells = [str(size.people), seeds(size), str(len(told)), str(known)]
    for found in (anew, told):
        moved = sum(each.moved for each in found)
        cells += [str(moved), shown(moved / max(1, known), ".1%")]
        cells += [str(sum(each.people for each in found))]
    return [[*cells, shown(worst(each.elapsed_s for each in told)), wrong(outcomes)]]


TABLE = Table(
    title=f"""\
Planned again after {CHANGED:.0%} of the people cancelled or joined. An event for every 50 people,
both ways. told: people whose lift there can still be; moved: those of them who are in another
or in none, and placed: all who are in one, when solving anew and when a change has its price.""",
    columns={
        "people": 6,
        "seeds": 5,
        "runs": 4,
        "told": 6,
        "moved anew": 6,
        "%": 6,
        "placed": 6,
        "moved told": 6,
        "% ": 6,
        "placed ": 6,
        "worst s": 7,
        "wrong": 5,
    },
    asks=_asks,
    rows=_rows,
    sizes=(Size(100, 10, (30,)), Size(200, 5, (60,)), Size(1_000, 1, (120,))),
    short=(Size(100, 2, (5,)),),
)
