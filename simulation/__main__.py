"""`python -m simulation run --operations N --seed S --faults 0.05`, and its companions.

Each exits with 1 where a promise was broken, a canary lived, or too little was reached. Begin
with `main`; docs/simulation.md says what each is for.
"""

import argparse
import sys
from collections.abc import Callable, Sequence

from simulation import cancellations, kill_points, killing, levels, overlapped, report
from simulation.report import Result

Chosen = argparse.Namespace
SHORT_OPERATIONS, SHORT_SEED = 6_000, 1
SHORT_RUNS, SHORT_CANCELLATIONS, SHORT_EVERY = 400, 250, 16


def main(words: Sequence[str] | None = None) -> int:
    """Do what the words ask; 0 when all is well."""
    parser = argparse.ArgumentParser(prog="python -m simulation", description=__doc__)
    commands = parser.add_subparsers(required=True)
    for name, (deed, words_of_help, options) in COMMANDS.items():
        command = commands.add_parser(name, help=words_of_help)
        for option, default in options.items():
            command.add_argument(f"--{option}", type=type(default), default=default)
        command.set_defaults(deed=deed)
    chosen = parser.parse_args(words)
    well: bool = chosen.deed(chosen)
    return 0 if well else 1


def _run(chosen: Chosen) -> bool:
    found = report.tried(chosen.seed, chosen.faults, chosen.operations, show=True)
    print("\n".join(report.lines(found)))
    print(f"  digest {found.digest}")
    return not found.broken


def _levels(chosen: Chosen) -> bool:
    found = levels.tried(chosen.operations, chosen.seed)
    return _shown(found, floors=True)


def _canaries(_: Chosen) -> bool:
    kills = killing.killed()
    dead = [one for one in kills if one.sentence]
    print(f"{len(dead)} of {len(kills)} canaries are dead")
    return len(dead) == len(kills)


def _kill_points(chosen: Chosen) -> bool:
    found = kill_points.tried(every=chosen.every)
    broken = [one for one in found if one.broken]
    print(f"{len(found)} kill points, {len(broken)} of them break a promise")
    print("\n".join(map(str, broken[:20])))
    return not broken


def _overlapped(chosen: Chosen) -> bool:
    return _shown(overlapped.tried(chosen.runs, chosen.seed))


def _cancellations(chosen: Chosen) -> bool:
    return _shown(cancellations.tried(chosen.count, chosen.seed))


def _shown(found: Sequence[Result], *, floors: bool = False) -> bool:
    """Print what several worlds came to together."""
    total = levels.together(found)
    print("\n".join(report.lines(total)))
    shallow = total.shallow if floors else []
    print("\n".join(f"  NOT REACHED {one}" for one in shallow))
    return not total.broken and not shallow


def _short(_: Chosen) -> bool:
    """Each of them, as much as five minutes hold."""
    well = [
        _levels(Chosen(operations=SHORT_OPERATIONS, seed=SHORT_SEED)),
        _overlapped(Chosen(runs=SHORT_RUNS, seed=SHORT_SEED)),
        _cancellations(Chosen(count=SHORT_CANCELLATIONS, seed=SHORT_SEED)),
        _kill_points(Chosen(every=SHORT_EVERY)),
        _canaries(Chosen()),
    ]
    return all(well)


COMMANDS: dict[str, tuple[Callable[[Chosen], bool], str, dict[str, int | float]]] = {
    "run": (_run, "one world", {"operations": 2_000, "seed": 1, "faults": 0.05}),
    "levels": (_levels, "worlds at 5, 20 and 40 % faults", {"operations": 100_000, "seed": 1}),
    "canaries": (_canaries, "plant every bug, and see it found", {}),
    "kill-points": (_kill_points, "die at every call of every deed", {"every": 1}),
    "overlapped": (_overlapped, "runs of one day that overlap", {"runs": 100_000, "seed": 1}),
    "cancellations": (_cancellations, "places given back", {"count": 10_000, "seed": 1}),
    "short": (_short, "a little of each, for the tests", {}),
}


if __name__ == "__main__":
    sys.exit(main())
