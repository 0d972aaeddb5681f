"""Known drives are kept beside their day, whole or not at all, and not for long."""

from datetime import timedelta
from random import Random

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.drives import NO_WAY, UNKNOWN, Point, Seconds, nothing
from chalicelib.storage.drives import PART_BYTES, DriveStore
from chalicelib.storage.tables import BookingRow
from tests.builders import Clock, a_request, store

DAY = "2026-11-28"
POINTS = [(53.4426, -2.2786), (53.4243, -2.3196), (-0.5, 0.0)]
DRIVES = [[0, 600, NO_WAY], [630, 0, UNKNOWN], [86_400, 7, 0]]


@pytest.fixture
def kept(world: Adapters, clock: Clock) -> DriveStore:
    return DriveStore(clock)


def many(count: int) -> tuple[list[Point], Seconds]:
    """So many places with drives that cannot be packed small."""
    chance = Random(count)
    points = [(round(53 + at / 10_000, 4), -2.0) for at in range(count)]
    return points, [[chance.randrange(86_400) for _ in points] for _ in points]


def rows(day: str = DAY) -> list[BookingRow]:
    return list(BookingRow.query(f"{day}:drives"))


def test_what_is_kept_comes_back(kept: DriveStore) -> None:
    kept.keep(DAY, "osrm-1", POINTS, DRIVES)

    assert kept.between(DAY, "osrm-1", POINTS) == DRIVES
    assert kept.between("2026-11-29", "osrm-1", POINTS) == nothing(3)
    assert kept.between(DAY, "osrm-2", POINTS) == nothing(3)


def test_places_are_known_by_where_they_are(kept: DriveStore) -> None:
    kept.keep(DAY, "osrm-1", POINTS, DRIVES)

    found = kept.between(DAY, "osrm-1", [POINTS[1], (51.5, -0.1), POINTS[0]])

    assert found == [[0, UNKNOWN, 630], [UNKNOWN] * 3, [600, UNKNOWN, 0]]


def test_a_large_table_is_kept_in_parts(kept: DriveStore) -> None:
    points, drives = many(500)

    kept.keep(DAY, "osrm-1", points, drives)

    assert len(rows()) > 1
    assert all(len(row.packed) <= PART_BYTES for row in rows())
    assert kept.between(DAY, "osrm-1", points) == drives


def test_only_the_last_runs_places_are_kept(kept: DriveStore) -> None:
    kept.keep(DAY, "osrm-1", *many(500))

    kept.keep(DAY, "osrm-1", POINTS[:1], [[0]])

    assert len(rows()) == 1
    assert kept.between(DAY, "osrm-1", [*many(2)[0], POINTS[0]])[2] == [UNKNOWN, UNKNOWN, 0]


def test_parts_of_two_runs_are_no_answer(kept: DriveStore) -> None:
    points, drives = many(500)
    kept.keep(DAY, "osrm-1", points, drives)
    first = rows()[0]
    kept.keep(DAY, "osrm-1", points, [row[::-1] for row in drives])

    first.save()

    assert kept.between(DAY, "osrm-1", points) == nothing(500)


@pytest.mark.parametrize("packed", [b"", b"x", b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_what_cannot_be_read_is_as_nothing(kept: DriveStore, packed: bytes) -> None:
    BookingRow(f"{DAY}:drives", "osrm-1:000", packed=packed, expires_at=2**33).save()

    assert kept.between(DAY, "osrm-1", POINTS) == nothing(3)


@pytest.mark.parametrize(
    ("day", "hours"),
    [(DAY, 24 * 10 - 12), ("2027-06-05", 24 * 30), ("2026-11-21", 24 * 3 - 12)],
)
def test_homes_go_a_day_after_their_day_and_in_30_days(
    kept: DriveStore, clock: Clock, day: str, hours: int
) -> None:
    """The clock stands at noon on 20 November."""
    kept.keep(day, "osrm-1", POINTS, DRIVES)
    until = clock.at + timedelta(hours=hours)

    assert [int(row.expires_at) for row in rows(day)] == [int(until.timestamp())]
    clock.at = until - timedelta(seconds=1)
    assert kept.between(day, "osrm-1", POINTS) == DRIVES
    clock.at = until
    assert kept.between(day, "osrm-1", POINTS) == nothing(3)


def test_whoever_reads_a_day_does_not_read_its_drives(world: Adapters, kept: DriveStore) -> None:
    store(world, a_request())
    kept.keep(DAY, "osrm-1", POINTS, DRIVES)

    assert [one.id for one in world.bookings.day(DAY)] == [a_request().id]
    assert world.bookings.runs(DAY) == ()
