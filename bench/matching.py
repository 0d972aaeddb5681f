"""Print what matching takes: `python -m bench.matching [--people 20 50 ...] [--seeds 5]`.

Generated days of one event, out only, then of several events and both ways; see
`matching.measure` for the columns. Progress goes to the standard error.
"""

import argparse

from matching.measure import print_table


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.matching", description=__doc__)
    parser.add_argument("--people", type=int, nargs="*", default=[20, 50, 100, 200])
    parser.add_argument("--seeds", type=int, default=5)
    chosen = parser.parse_args()
    print("One event, out only")
    print_table(chosen.people, chosen.seeds)
    print("\nAn event for every 50 people, both ways")
    print_table(chosen.people, chosen.seeds, sessions=None, out_only=False)


if __name__ == "__main__":
    main()
