"""Which days are due a run: pooled by the evening, at once when the day is near."""

from datetime import timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.change import OweRun
from chalicelib.domain.states import OfferState, RequestState
from chalicelib.services import days, offers, requests
from tests.builders import (
    TEN,
    Clock,
    ListedQueues,
    a_request,
    a_session,
    an_event,
    an_offer,
    store,
)

DAY = "2026-11-28"


@pytest.mark.parametrize(("hours", "owes"), [(59, False), (58, True), (1, True)])
def test_who_joins_is_matched_at_once_only_when_the_day_is_near(
    world: Adapters, clock: Clock, hours: int, owes: bool
) -> None:
    """The day begins ten hours before the session, at midnight; 48 before that is near."""
    clock.at = TEN - timedelta(hours=hours)

    assert days.joined(world, DAY) == ([OweRun(DAY)] if owes else [])


def test_confirming_far_ahead_waits_for_the_evening(world: Adapters) -> None:
    offer = an_offer(state=OfferState.UNCONFIRMED)
    request = a_request(state=RequestState.UNCONFIRMED)
    store(world, an_event(), a_session(), offer, request)

    offers.confirm(world, offer.id)
    requests.confirm(world, request.id)

    assert world.outbox.owed("match", older_than=timedelta(seconds=-1)) == []


def test_the_evenings_round_looks_at_every_day_once(world: Adapters) -> None:
    queues = world.queues
    assert isinstance(queues, ListedQueues)

    days.owe_all(world)

    assert queues.days[0] == "2026-11-19"
    assert queues.days[-1] == "2026-12-18"
    assert len(queues.days) == len(set(queues.days)) == days.AHEAD + 2


def test_near_days_are_looked_at_by_the_campaigns_own_calendar(
    world: Adapters, clock: Clock
) -> None:
    """R13: half past eleven in a London July is half past ten in UTC, of the same day."""
    clock.at = TEN.replace(year=2026, month=7, day=3, hour=23, minute=30)

    assert days.owe_near(world) == ["2026-07-04", "2026-07-05"]
