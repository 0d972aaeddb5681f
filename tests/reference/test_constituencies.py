"""The seats: facts checked by hand against the Commons Library, and the margin rule."""

import re
from itertools import pairwise

import pytest

from reference import constituencies, constituency, hex_position, shape
from reference.constituencies import OTHER


@pytest.mark.parametrize(
    ("slug", "first", "majority", "valid_votes"),
    [("hendon", "Lab", 15, 41_256), ("calder-valley", "Lab", 8_991, 49_608),
     ("ynys-mon", "PC", 637, 32_628), ("islington-north", "Ind", 7_247, 49_006),
     ("chorley", "Spk", 20_575, 33_964), ("aldershot", "Lab", 5_683, 48_544)],
)  # fmt: skip
def test_results_of_2024(slug: str, first: str, majority: int, valid_votes: int) -> None:
    seat = constituency(slug)

    assert seat is not None
    assert (seat.first_party, seat.majority) == (first, majority)
    assert seat.valid_votes == valid_votes


def test_totals_are_those_of_the_kingdom() -> None:
    seats = constituencies()

    assert len(seats) == 650
    assert sum(seat.valid_votes for seat in seats) == 28_809_340
    assert sum(seat.electorate for seat in seats) == 48_224_212
    assert sum(seat.first_party == "Lab" for seat in seats) == 411
    assert sum(bool(seat.name_cy) for seat in seats) == 24


def test_votes_are_in_order_sum_up_and_agree_with_the_majority() -> None:
    for seat in constituencies():
        counts = [votes for _, votes in seat.votes]
        by_party = dict(seat.votes)

        assert counts == sorted(counts, reverse=True)
        assert sum(counts) == seat.valid_votes
        assert len(by_party) == len(seat.votes)
        assert by_party[seat.first_party] - by_party[seat.second_party] == seat.majority
        assert max(by_party, key=lambda party: (party != OTHER, by_party[party])) == (
            seat.first_party
        )


def test_margins_are_against_the_best_other_candidate() -> None:
    """A sum of small parties is nobody's rival; a winning independent is."""
    islington = constituency("islington-north")
    chorley = constituency("chorley")
    poplar = constituency("poplar-and-limehouse")
    assert islington is not None
    assert chorley is not None
    assert poplar is not None

    assert islington.lead_points("Lab") == pytest.approx(-100 * 7_247 / 49_006)
    assert islington.margin_points("Lab") == pytest.approx(100 * 7_247 / 49_006)
    assert chorley.lead_points("Lab") is None
    assert chorley.margin_points(OTHER) is None
    assert dict(poplar.votes)[OTHER] > dict(poplar.votes)["Green"]
    assert poplar.lead_points("Lab") == pytest.approx(100 * poplar.majority / poplar.valid_votes)


def test_who_sits_now() -> None:
    by_elections = {seat.slug: seat.holder for seat in constituencies() if seat.by_election}

    assert by_elections == {"runcorn-and-helsby": "RUK", "gorton-and-denton": "Green"}


def test_codes_and_slugs_find_each_seat_alone() -> None:
    seats = constituencies()

    assert len({seat.slug for seat in seats}) == 650
    for seat in seats:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", seat.slug)
        assert constituency(seat.slug) is constituency(seat.code) is seat
    assert constituency("nowhere") is None


def test_every_seat_has_its_hexagon_and_its_shape() -> None:
    seats = constituencies()

    assert len({hex_position(seat.code) for seat in seats}) == 650
    for seat in seats:
        for polygon in shape(seat.code):
            for ring in polygon:
                assert len(ring) >= 4
                assert ring[0] == ring[-1]
    with pytest.raises(KeyError):
        shape("E00000000")


def test_anchors_lie_in_their_shapes() -> None:
    """Nearly all: the shapes are simplified, and some anchors lie by the water."""
    inside = sum(_holds(shape(seat.code), seat.lat, seat.lon) for seat in constituencies())

    assert inside >= 640


def _holds(polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...],
           lat: float, lon: float) -> bool:  # fmt: skip
    """Say whether a line from the point eastwards crosses an odd number of sides."""
    crossings = 0
    for ring in (ring for polygon in polygons for ring in polygon):
        for (lat1, lon1), (lat2, lon2) in pairwise(ring):
            if (lat1 > lat) != (lat2 > lat):
                crossings += lon < lon1 + (lon2 - lon1) * (lat - lat1) / (lat2 - lat1)
    return crossings % 2 == 1
