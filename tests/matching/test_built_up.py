"""The grid that drives are estimated with: what it says of places, and how evenly it changes."""

import math
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.built_up import FILE, built_up, nodes
from matching.travel import EARTH_M, SLOW_REACH_M

ELSEWHERE = 38 / 255


@given(
    st.tuples(st.floats(-90, 90), st.floats(-180, 180))
    | st.tuples(st.floats(49, 62), st.floats(-9, 3))
)
def test_it_is_never_below_0_nor_above_1(place: tuple[float, float]) -> None:
    assert 0 <= built_up(place) <= 1


def test_cities_towns_and_the_country_are_told_apart() -> None:
    known = {
        "Hackney": (51.55, -0.06),
        "Birmingham": (52.48, -1.90),
        "Cardiff": (51.48, -3.18),
        "Bury St Edmunds": (52.245, 0.711),
        "Cairngorms": (57.1, -3.6),
    }

    values = [built_up(place) for place in known.values()]

    assert values == sorted(values, reverse=True)
    assert values == pytest.approx([1.0, 0.58, 0.38, 0.09, 0.0], abs=0.01)


@pytest.mark.parametrize(
    "place", [(48.85, 2.35), (53.35, -6.26), (54.2, -4.5), (40.7, -74.0), (-51.7, -57.9), (90, 180)]
)
def test_elsewhere_is_as_the_median_resident_has_it(place: tuple[float, float]) -> None:
    assert built_up(place) == pytest.approx(ELSEWHERE)


def test_it_changes_slower_than_the_way_is_long() -> None:
    """Else a way round could be shorter than the way itself (see `travel`)."""
    grid = nodes()
    metres = math.radians(1) * EARTH_M
    up_m = grid.step_lat * metres
    worst = 0.0
    for row, column in product(range(grid.rows - 1), range(grid.columns - 1)):
        along_m = (
            grid.step_lon * metres * math.cos(math.radians(grid.south + grid.step_lat * (row + 1)))
        )
        at = row * grid.columns + column
        south_west, south_east, north_west, north_east = (
            grid.values[at + each] for each in (0, 1, grid.columns, grid.columns + 1)
        )
        along = max(abs(south_east - south_west), abs(north_east - north_west)) / along_m
        up = max(abs(north_west - south_west), abs(north_east - south_east)) / up_m
        worst = max(worst, math.hypot(along, up) / 255 * SLOW_REACH_M)

    assert worst < 0.8


def test_the_border_is_what_lies_beyond_it() -> None:
    grid = nodes()
    rows = [grid.values[at : at + grid.columns] for at in range(0, len(grid.values), grid.columns)]

    assert set(rows[0] + rows[-1]) == {38}
    assert {(row[0], row[-1]) for row in rows} == {(38, 38)}
    assert len(rows) == grid.rows


def test_it_is_small() -> None:
    assert FILE.stat().st_size < 100_000


@pytest.mark.parametrize("broken", [b"MLP1" + b"\0" * 40, b"MLP2\2\0\0\0\x11\0\0\0" + b"\0" * 40])
def test_a_file_that_is_none_of_ours_is_refused(tmp_path: Path, broken: bytes) -> None:
    file = tmp_path / "built_up.bin"
    file.write_bytes(broken)

    with pytest.raises(ValueError, match="not a grid"):
        nodes(file)
