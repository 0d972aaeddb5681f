"""Every state and every step: the table of DESIGN section 4, by hand."""

from itertools import pairwise, product

import pytest

from chalicelib.domain import states
from chalicelib.domain.states import (
    EventState,
    LiftState,
    OfferState,
    RequestState,
    SignUpState,
    step,
)
from chalicelib.errors import Conflict

PATHS = [
    (EventState, "unconfirmed in_review published completed"),
    (EventState, "unconfirmed published cancelled"),
    (SignUpState, "unconfirmed coming completed"),
    (OfferState, "unconfirmed open closed"),
    (OfferState, "unconfirmed withdrawn"),
    (RequestState, "unconfirmed waiting offered confirmed completed"),
    (RequestState, "unconfirmed waiting offered waiting offered confirmed waiting not_placed"),
    (RequestState, "unconfirmed waiting offered cancelled"),
    (LiftState, "proposed accepted locked completed"),
    (LiftState, "proposed cancelled"),
]


@pytest.mark.parametrize(("kind", "path"), PATHS)
def test_r6_the_ways_of_life(kind: type[EventState], path: str) -> None:
    """Each of them can be walked, and ends where nothing follows."""
    named = [kind(word) for word in path.split()]

    for now, to in pairwise(named):
        assert step(now, to) is to
    assert states.ended(named[-1])


def test_r6_nothing_leaves_an_end_or_skips_a_step() -> None:
    refused = 0
    for kind in (EventState, SignUpState, OfferState, RequestState, LiftState):
        for now, to in product(kind, kind):
            if to in states.LEGAL[kind].get(now, frozenset()):
                continue
            with pytest.raises(Conflict):
                step(now, to)  # type: ignore[type-var]
            refused += 1

    kinds = (EventState, SignUpState, OfferState, RequestState, LiftState)
    every = sum(len(kind) ** 2 for kind in kinds)
    assert refused == every - sum(
        len(to) for steps in states.LEGAL.values() for to in steps.values()
    )


def test_a_rider_is_never_confirmed_without_a_proposal() -> None:
    with pytest.raises(Conflict):
        step(RequestState.WAITING, RequestState.CONFIRMED)
    with pytest.raises(Conflict):
        step(LiftState.CANCELLED, LiftState.ACCEPTED)
