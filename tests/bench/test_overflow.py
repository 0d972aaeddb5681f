"""Do sessions that are booked up to the bound overflow as seldom as promised?"""

import pytest

from bench.demand.overflow import MIXES, TURN_UP, Mix, overflows, print_table
from chalicelib.domain.fullness import places


@pytest.mark.parametrize("mix", MIXES, ids=lambda mix: mix.label)
def test_sessions_booked_to_the_bound_overflow_on_few_days(mix: Mix) -> None:
    booked = places(30, TURN_UP, largest_party=mix.largest)

    lower, assumed, higher = overflows(mix, 30, booked, 1_000, seed=1)

    assert lower <= assumed <= 0.05 + 0.02  # three standard errors
    assert assumed <= higher


def test_the_same_seed_gives_the_same_days() -> None:
    first, again = (overflows(MIXES[0], 20, 24, 100, seed=1) for _ in range(2))

    assert first == again != overflows(MIXES[0], 20, 24, 100, seed=2)


def test_the_table_has_a_row_for_each_mix_and_room(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(days=2, seed=1)

    printed = capsys.readouterr()
    assert printed.out.count("in twos  ") == 2 * 5 * 2  # two mixes, five rooms, two rates
    assert "full cars done" in printed.err
