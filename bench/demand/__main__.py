"""Print where a campaign's people go: `python -m bench.demand [--tables list weights] [--seeds 5]`.

    python -m bench.demand --overflow

Without arguments: the shape of 2024, and tables list, margin and everyone, in a few minutes on
one core. Tables wanted and weights say what other supply and other constants would do.
`--overflow`: sessions booked up to what a chance of 5 % allows. Seeds are 1, 2, ..., numbers
are medians over them; progress goes to the standard error.
"""

import argparse
import sys
import time
from collections.abc import Sequence

import numpy as np

from bench.demand import overflow
from bench.demand.country import Country, country
from bench.demand.crowd import a_crowd
from bench.demand.measures import FEW, middle, ranks
from bench.demand.tables import HEAD, SIGNUPS, Titled, line, tables

USUAL = ("list", "margin", "everyone")
DAYS = 10_000

PUBLISHED = {1: 851, 2: 775, 3: 766, 10: 452, 18: 341}
"""Rank -> sign-ups by 11 June 2024, as LabourList counted them; docs/need.md."""


def main() -> None:
    """Print what the command line asks for."""
    chosen = _parser().parse_args()
    if chosen.overflow:
        overflow.print_table(DAYS, seed=1)
        return
    land, every = country(), tables()
    print(f"{len(land.seats)} seats; seeds 1 to {chosen.seeds}, medians")
    print_shape(land, SIGNUPS, chosen.seeds)
    print_tables(land, [every[name] for name in chosen.tables], chosen.seeds)


def print_shape(land: Country, people: int, seeds: int) -> None:
    """Nearest-first against what was published: sign-ups by rank, and how many had few."""
    every = [ranks(a_crowd(land, people, 1 + at), len(land.seats)) for at in range(seeds)]
    found = np.median(every, axis=0)
    few = np.median([(one < FEW).sum() for one in every])
    print("\nThe shape of 2024: sign-ups of the seat with the most, the second, ...\n")
    print(f"{'':<16}" + "".join(f"{rank:>6}" for rank in PUBLISHED) + f"{'<100':>7}")
    print(f"{'published':<16}" + "".join(f"{each:>6}" for each in PUBLISHED.values()) + f"{60:>7}")
    simulated = "".join(f"{found[rank - 1]:>6.0f}" for rank in PUBLISHED)
    print(f"{'nearest-first':<16}{simulated}{few:>7.0f}")


def print_tables(land: Country, chosen: Sequence[Titled], seeds: int) -> None:
    """Print each table, a row as soon as its runs are done."""
    runs, done, began = seeds * sum(len(cases) for _, cases in chosen), 0, time.monotonic()
    for title, cases in chosen:
        print(f"\n{title}\n\n{HEAD}", flush=True)
        for case in cases:
            found = [case.run(land, seed) for seed in range(1, seeds + 1)]
            print(line(case, middle(found)), flush=True)
            done += seeds
            spent_s = time.monotonic() - began
            print(f"{done} of {runs} runs done in {spent_s:.0f} s", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.demand", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--tables", nargs="+", choices=list(tables()), default=list(USUAL))
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--overflow", action="store_true")
    return parser


if __name__ == "__main__":
    main()
