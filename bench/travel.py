"""How wrong the estimated drives are: `python -m bench.travel FOLDER [--fit]`.

FOLDER holds what others published, whole or a part of it (CSV with a header):

calibration_minutes.csv: From, To, OSM, Google Noon Wed
    Postcodes; minutes by a router on OpenStreetMap and by a web map for a Wednesday's noon.
    samuel-book/stroke_unit_demographics.
inter_hospital_time_calibrated.csv: from_postcode, then a column for each postcode
df_lsoa_input.csv: lsoa_code, unit_travel_time, unit_postcode
    Minutes of the same router, 6.85 + 1.0741 times what it said. stroke-modelling/
    simpy-pathway-model (MIT), in data/ and output/everything/drip-and-ship/.
small_areas_uk.csv.xz: code, lat, lon
    As for `python -m reference build`.

The router's minutes are first turned into the web map's by the drives of which both are known.
`--fit` finds the constants of `matching.travel` anew, on all drives and on four fifths of them
at a time, and prints how wrong those are on the fifth that they have not seen.
"""

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matching import travel
from matching.built_up import built_up
from matching.values import Place
from reference import Located, find
from reference.build.source import Source

Numbers = npt.NDArray[np.float64]

PUBLISHED = 6.85, 1.0741  # minutes at none of the router's, and for each of them
ROUTED_MIN = 6.0, 40.0  # where its minutes begin to be worth less of the web map's
WORTH = 2.0, 1.15, 0.995  # fitted to the drives of which both are known
LEAST_ROUTED_MIN = 2.5  # whole minutes: below, they say too little
WEIGHTS = {"web map": 1.0, "routed": 0.2}  # a router knows no traffic
TO_KM = (3, 6, 10, 20, 45, 120, 1_000)
FIT_TO_M = 150_000
FOLDS = 5
HALVINGS = 9
BEGIN = 0.15, 0.1, 0.07, 0.06, travel.S_PER_M[-1], 0.03, 3_000.0  # as if nothing were known
STEADY = 0.15  # errors up to this count squared, larger ones not


class Drive(NamedTuple):
    """A published drive; those of one *group* share an end, and are held out together."""

    kind: str
    start: Place
    end: Place
    minutes: float
    group: str


class Table(NamedTuple):
    """Drives, column by column; *reach* is the sum of both ends' built-up values."""

    kind: npt.NDArray[np.str_]
    group: npt.NDArray[np.str_]
    distance_m: Numbers
    reach: Numbers
    seconds: Numbers

    def only(self, chosen: npt.NDArray[np.bool_]) -> "Table":
        """Those of *chosen*."""
        kind, group, distance_m, reach, seconds = self
        return Table(
            kind[chosen], group[chosen], distance_m[chosen], reach[chosen], seconds[chosen]
        )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.travel", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fit", action="store_true")
    chosen = parser.parse_args()
    drives = _table(list(_drives(Source(chosen.folder))))
    print("as shipped")
    _print_errors(drives, _estimate(_shipped(), drives))
    if chosen.fit:
        near = drives.only(drives.distance_m <= FIT_TO_M)
        print("\nfitted:", *(f"{each:.4g}" for each in _fitted(near)))
        print("held out")
        _print_errors(near, _held_out(near))


def _drives(source: Source) -> Iterator[Drive]:
    for row in source.rows("calibration_minutes.csv"):
        if row["From"].split() != row["To"].split():
            yield Drive(
                "web map", _place(row["From"]), _place(row["To"]),
                float(row["Google Noon Wed"]), row["From"],
            )  # fmt: skip
    seen = set()
    for row in source.rows("inter_hospital_time_calibrated.csv"):
        start = row.pop("from_postcode")
        for end, minutes in row.items():
            if end != start and (end, start) not in seen:
                seen.add((start, end))
                yield from _routed(_place(start), _place(end), minutes, start)
    points = {
        row["code"]: (float(row["lat"]), float(row["lon"]))
        for row in source.rows("small_areas_uk.csv.xz")
    }
    for row in source.rows("df_lsoa_input.csv"):
        if row["lsoa_code"] in points:  # those of 2011 that still were in 2021
            unit, minutes = row["unit_postcode"], row["unit_travel_time"]
            yield from _routed(points[row["lsoa_code"]], _place(unit), minutes, unit)


def _routed(start: Place, end: Place, published: str, group: str) -> Iterator[Drive]:
    """Give the drive with the web map's minutes; nothing where the router's are too few."""
    routed = (float(published) - PUBLISHED[0]) / PUBLISHED[1]
    if routed >= LEAST_ROUTED_MIN:
        parts = np.diff(np.clip(routed, 0, [0, *ROUTED_MIN, np.inf]))
        yield Drive("routed", start, end, float(parts @ WORTH), group)


_known: dict[str, Place] = {}


def _place(postcode: str) -> Place:
    """Where it is, or where its sector is: some no longer exist."""
    if postcode not in _known:
        found = find(postcode)
        if not isinstance(found, Located):
            raise SystemExit(f"{postcode} is not found")
        _known[postcode] = found.lat, found.lon
    return _known[postcode]


def _table(drives: Sequence[Drive]) -> Table:
    starts = np.array([travel.on_sphere(each.start) for each in drives])
    ends = np.array([travel.on_sphere(each.end) for each in drives])
    chord = np.sqrt(((starts - ends) ** 2).sum(axis=1))
    return Table(
        np.array([each.kind for each in drives]),
        np.array([each.group for each in drives]),
        travel.arc_m(chord),
        np.array([built_up(each.start) + built_up(each.end) for each in drives]),
        np.array([60 * each.minutes for each in drives]),
    )


def _shipped() -> Numbers:
    return np.array([*travel.S_PER_M, travel.SLOW_S_PER_M, travel.SLOW_REACH_M])


def _estimate(constants: Numbers, drives: Table) -> Numbers:
    """What `travel.drive_s` gives, unrounded, with other constants."""
    slopes, (slow, reach_m) = constants[:-2], constants[-2:]
    ends = np.array([0, *travel.KNOTS_M, np.inf])
    parts = np.diff(np.minimum(drives.distance_m[:, None], ends))
    seconds: Numbers = parts @ slopes
    seconds += slow * np.minimum(drives.distance_m, reach_m * drives.reach)
    return seconds


def _fitted(drives: Table) -> Numbers:
    """The constants that are least wrong, by steps halved again and again; the last slope stays."""
    weights = np.array([WEIGHTS[kind] for kind in drives.kind])

    def loss(constants: Numbers) -> float:
        if (np.diff(constants[:-2]) > 0).any():
            return float("inf")
        error = np.abs(np.log(_estimate(constants, drives) / drives.seconds))
        counted = np.where(error < STEADY, error**2 / (2 * STEADY), error - STEADY / 2)
        return float(weights @ counted)

    return _least(loss, np.array(BEGIN))


def _least(loss: Callable[[Numbers], float], best: Numbers) -> Numbers:
    least = loss(best)
    for halving in range(HALVINGS):
        better = True
        while better:
            better = False
            for at in [*range(len(travel.KNOTS_M)), -2, -1]:
                for step in (1 + 0.2 / 2**halving, 1 - 0.2 / 2**halving):
                    tried = best.copy()
                    tried[at] *= step
                    if (found := loss(tried)) < least:
                        best, least, better = tried, found, True
    return best


def _held_out(drives: Table) -> Numbers:
    groups = sorted(set(drives.group))
    random.Random(1).shuffle(groups)
    fold = {group: at % FOLDS for at, group in enumerate(groups)}
    at = np.array([fold[group] for group in drives.group])
    seconds = np.zeros(len(at))
    for each in range(FOLDS):
        seen = drives.only(at != each)
        seconds[at == each] = _estimate(_fitted(seen), drives.only(at == each))
    return seconds


def _print_errors(drives: Table, seconds: Numbers) -> None:
    """By kind and distance: drives, median error, what 90 % are within, median bias."""
    error = seconds / drives.seconds - 1
    print(f"{'':<12}{'km':>11}{'drives':>8}{'median':>8}{'90 %':>7}{'bias':>7}")
    for kind in WEIGHTS:
        of_kind = drives.kind == kind
        _print_row(kind, "all", error[of_kind])
        for low, high in zip((0, *TO_KM), TO_KM, strict=False):
            km = drives.distance_m / 1_000
            _print_row("", f"{low}-{high}", error[of_kind & (low <= km) & (km < high)])


def _print_row(kind: str, km: str, error: Numbers) -> None:
    if len(error):
        size = 100 * np.abs(error)
        shown = np.median(size), np.quantile(size, 0.9), 100 * np.median(error)
        print(f"{kind:<12}{km:>11}{len(error):>8}{shown[0]:>8.0f}{shown[1]:>7.0f}{shown[2]:>+7.0f}")


if __name__ == "__main__":
    main()
