"""The command line: `python -m matching solve|check|generate|bench`.

    python -m matching generate --people 200 --seed 7 > problem.json
    python -m matching solve problem.json > plan.json
    python -m matching check problem.json plan.json

A file named `-` is the standard input. Exit status 0: done, and nothing is wrong; 1: `check`
found violations, one a line; 2: bad input or usage, with one line that says what.
"""

import argparse
import sys
from pathlib import Path

from matching.check import violations
from matching.files import plan_from_json, plan_to_json, problem_from_json, problem_to_json
from matching.generate import generate
from matching.problem import InvalidProblem


def main(arguments: list[str] | None = None) -> int:
    """Do what *arguments* (the process's own, if None) say; returns the exit status."""
    chosen = _parser().parse_args(arguments)
    try:
        status: int = chosen.run(chosen)
    except InvalidProblem as error:
        print(f"matching: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"matching: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m matching", description="Carpool matching.")
    commands = parser.add_subparsers(required=True, metavar="command")
    solving = commands.add_parser("solve", help="print the plan of a problem")
    solving.add_argument("problem")
    solving.add_argument(
        "--no-seconds", action="store_true", help="leave out the times, which differ between runs"
    )
    solving.add_argument(
        "--workers", type=_count, default=1, help="processes for a day of thousands"
    )
    solving.set_defaults(run=_solve)
    checking = commands.add_parser("check", help="print every promise that a plan breaks")
    checking.add_argument("problem")
    checking.add_argument("plan")
    checking.set_defaults(run=_check)
    making = commands.add_parser("generate", help="print a realistic UK day")
    making.add_argument("--people", type=_count, default=100)
    making.add_argument("--seed", type=_count, default=1)
    making.add_argument("--sessions", type=_count, default=None)
    making.add_argument("--out-only", action="store_true", help="nobody needs the way back")
    making.add_argument(
        "--standard-only",
        action="store_true",
        help="only standard places, nobody who could drive or ride, no blocks",
    )
    making.set_defaults(run=_generate)
    measuring = commands.add_parser("bench", help="print a table of what solving takes")
    measuring.add_argument("--people", type=_count, nargs="*", default=[20, 50, 100])
    measuring.add_argument("--seeds", type=_count, default=3)
    measuring.set_defaults(run=_bench)
    return parser


def _count(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 1_000_000:
        raise argparse.ArgumentTypeError("must be from 0 to 1000000")
    return number


def _read(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()


def _print(text: str) -> None:
    sys.stdout.buffer.write(text.encode() + b"\n")


def _solve(chosen: argparse.Namespace) -> int:
    from matching.solve import solve  # noqa: PLC0415 - check and generate need no solver

    problem = problem_from_json(_read(chosen.problem))
    _print(plan_to_json(solve(problem, chosen.workers), seconds=not chosen.no_seconds))
    return 0


def _check(chosen: argparse.Namespace) -> int:
    problem = problem_from_json(_read(chosen.problem))
    found = violations(problem, plan_from_json(_read(chosen.plan)))
    for violation in found:
        _print(str(violation))
    return 1 if found else 0


def _generate(chosen: argparse.Namespace) -> int:
    problem = generate(
        chosen.people,
        chosen.seed,
        sessions=chosen.sessions,
        out_only=chosen.out_only,
        standard_only=chosen.standard_only,
    )
    _print(problem_to_json(problem))
    return 0


def _bench(chosen: argparse.Namespace) -> int:
    from matching.measure import print_table  # noqa: PLC0415 - as above

    print_table(chosen.people, chosen.seeds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
