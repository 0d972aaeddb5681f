"""How big the reference data are, and how fast a place is found: `python -m bench.lookup`.

Times are wall times on this machine, now. Everything cold is measured in interpreters of its
own, the best of `COLD_RUNS`: the files are in the disk's cache, the interpreter is fresh.
Warm times are over random samples drawn with `SEED`.
"""

import random
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from reference import find, postcodes_in, sectors, towns
from reference.areas import outcodes
from reference.files import OURS
from reference.layout import FILES

SEED = 1
SAMPLE = 5_000
COLD_RUNS = 7

COLD_QUERIES = ("HX7 8AA", "HX7 8", "HX7", "Hebden Bridge", "ZZ9 9ZZ", "Hebdan Brigde")

COLD = """
import sys, time
def memory_kb():
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))
before = memory_kb()
start = time.perf_counter()
from reference import find
imported = time.perf_counter()
find(sys.argv[1])
found = time.perf_counter()
print(1000 * (imported - start), 1000 * (found - imported), memory_kb() - before)
"""


def main() -> None:
    """Print the tables."""
    print(f"seed {SEED}, Python {sys.version.split()[0]}\n")
    _sizes()
    _cold()
    _warm()


def _sizes() -> None:
    print(f"{'pack file':<20}{'bytes':>12}")
    sizes = {name: Path(OURS.folder, name).stat().st_size for name in FILES}
    for name, size in sizes.items():
        print(f"{name:<20}{size:>12,}")
    print(f"{'in all':<20}{sum(sizes.values()):>12,}\n")


def _cold() -> None:
    print(f"{'cold':<20}{'import ms':>12}{'lookup ms':>12}{'memory KB':>12}")
    for query in COLD_QUERIES:
        runs = [_fresh(query) for _ in range(COLD_RUNS)]
        import_ms, lookup_ms, memory_kb = (min(column) for column in zip(*runs, strict=True))
        print(f"{query:<20}{import_ms:>12.1f}{lookup_ms:>12.2f}{memory_kb:>12,.0f}")
    print()


def _fresh(query: str) -> list[float]:
    """Give milliseconds of import and first lookup, and KB of memory for both."""
    command = [sys.executable, "-c", COLD, query]
    run = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return [float(part) for part in run.stdout.split()]


def _warm() -> None:
    print(f"{'warm':<20}{'median us':>12}{'p99 us':>12}{'most us':>12}")
    for kind, queries in _samples().items():
        find(queries[0])  # the first of a kind may load an index: that is "cold" above
        times = sorted(_time_us(query) for query in queries)
        p99 = times[len(times) * 99 // 100]
        print(f"{kind:<20}{statistics.median(times):>12.0f}{p99:>12.0f}{times[-1]:>12.0f}")


def _time_us(query: str) -> float:
    start = time.perf_counter()
    find(query)
    return 1e6 * (time.perf_counter() - start)


def _samples() -> dict[str, Sequence[str]]:
    """Give random queries of each kind."""
    dice = random.Random(SEED)
    areas = [area.label for area in outcodes()]
    units = [unit.label for area in dice.sample(areas, 300) for unit in postcodes_in(area)]
    names = [town.name for town in towns.every()]
    chosen = dice.choices(units, k=SAMPLE)
    return {
        "postcode": chosen,
        "new postcode": [f"{unit[:-2]}CC" for unit in chosen],
        "sector": dice.choices([sector.code for sector in sectors()], k=SAMPLE),
        "outcode": dice.choices(areas, k=SAMPLE),
        "town": dice.choices(names, k=SAMPLE),
        "misspelt town": [_misspelt(name, dice) for name in dice.choices(names, k=SAMPLE)],
        "unknown postcode": [f"Z{unit}" for unit in chosen],
    }


def _misspelt(name: str, dice: random.Random) -> str:
    at = dice.randrange(len(name))
    return name[:at] + dice.choice("abcdefghijklmnopqrstuvwxyz") + name[at + 1 :]


if __name__ == "__main__":
    main()
