"""`python -m simulation run --operations N --seed S --faults 0.05`, and its companions.

run, canaries, kill-points, overlapped and cancellations; `--help` of each says what it takes.
Each exits with 1 where a promise was broken, a canary lived, or too little was reached.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial

from simulation import levels, report


def main(words: Sequence[str] | None = None) -> int:
    """Do what the words ask; 0 when all is well."""
    parser = argparse.ArgumentParser(prog="python -m simulation", description=__doc__)
    commands = parser.add_subparsers(required=True)
    _run(commands)
    _levels(commands)
    chosen = parser.parse_args(words)
    deed: Callable[[argparse.Namespace], bool] = chosen.deed
    return 0 if deed(chosen) else 1


def _run(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    one = commands.add_parser("run", help="one world, one seed")
    one.add_argument("--operations", type=int, default=2_000)
    one.add_argument("--seed", type=int, default=1)
    one.add_argument("--faults", type=float, default=0.05)
    one.set_defaults(deed=_one)


def _one(chosen: argparse.Namespace) -> bool:
    found = report.tried(chosen.seed, chosen.faults, chosen.operations, show=True)
    print("\n".join(report.lines(found)))
    print(f"  digest {found.digest}")
    return not found.broken and not found.shallow


def _levels(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    every = commands.add_parser("levels", help="worlds at 5, 20 and 40 % faults, on all cores")
    every.add_argument("--operations", type=int, default=100_000, help="at each level")
    every.add_argument("--seed", type=int, default=1)
    every.set_defaults(deed=_all)


def _all(chosen: argparse.Namespace) -> bool:
    found = levels.tried(chosen.operations, chosen.seed)
    for one in found:
        print("\n".join(report.lines(one, whole=False)))
    total = levels.together(found)
    print("\n".join(report.lines(total)))
    return not total.broken and not total.shallow


if __name__ == "__main__":
    sys.exit(main())
