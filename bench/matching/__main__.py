"""Print what matching takes: `python -m bench.matching [--tables single large] [--short]`.

    python -m bench.matching --tables against --people 100 200 --seeds 3 --seconds 1 5

Tables: single, against, several, large, reruns; all of them take hours, --short two minutes.
Seeds are 1, 2, ... Progress goes to the standard error.
"""

import argparse
import os
import platform
from collections.abc import Callable, Sequence

from bench.matching import against, apart, large, reruns, several, single
from bench.matching.asks import Ask, Outcome
from bench.matching.progress import Progress
from bench.matching.tables import Size, Table

TABLES: dict[str, Table] = {
    "single": single.TABLE,
    "against": against.TABLE,
    "several": several.TABLE,
    "large": large.TABLE,
    "reruns": reruns.TABLE,
}


def main() -> None:
    """Print the tables that the command line asks for."""
    chosen = _parser().parse_args()
    print(f"{os.cpu_count()} CPUs, Python {platform.python_version()}; one run at a time")
    print_tables(
        [(TABLES[name], sizes_of(TABLES[name], chosen)) for name in chosen.tables], apart.outcomes
    )


def print_tables(
    tables: Sequence[tuple[Table, Sequence[Size]]], run: Callable[[Ask], list[Outcome]]
) -> None:
    """Print each table in its sizes, a size's rows as soon as its runs are done."""
    progress = Progress(
        [ask for table, sizes in tables for size in sizes for ask in table.asks(size)]
    )
    for table, sizes in tables:
        print(f"\n{table.title}\n\n{table.head()}", flush=True)
        for size in sizes:
            outcomes = []
            for ask in table.asks(size):
                progress.begins(ask)
                outcomes += run(ask)
            progress.pauses()
            for cells in table.rows(size, outcomes):
                print(table.line(cells).rstrip(), flush=True)


def sizes_of(table: Table, chosen: argparse.Namespace) -> list[Size]:
    """The table's own sizes, changed as the command line says."""
    own = table.short if chosen.short else table.sizes
    wanted = chosen.people or [size.people for size in own]
    nearest = [min(own, key=lambda size: abs(size.people - people)) for people in wanted]
    return [
        Size(people, chosen.seeds or size.seeds, tuple(chosen.seconds or size.seconds))
        for people, size in zip(wanted, nearest, strict=True)
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.matching", description=__doc__)
    parser.add_argument("--tables", nargs="+", choices=TABLES, default=list(TABLES))
    parser.add_argument("--short", action="store_true", help="a few small days")
    parser.add_argument("--people", type=int, nargs="+", help="sizes of days")
    parser.add_argument("--seeds", type=int, help="days of each size")
    parser.add_argument("--seconds", type=float, nargs="+", help="that a run may last")
    return parser


if __name__ == "__main__":
    main()
