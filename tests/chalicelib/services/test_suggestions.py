"""Suggestions: what is first and why, and that nobody is left with nothing to do."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.bands import Band
from chalicelib.domain.event import Kind
from chalicelib.services import suggestions
from chalicelib.services.marginals import ranked_by_need
from chalicelib.services.suggestions import near
from reference import Located
from tests.builders import SATURDAY_WEEK, TEN, a_campaign
from tests.chalicelib.services.boards import (
    CHELSEA,
    DUNDEE,
    HARROW,
    HENDON,
    UXBRIDGE,
    an_event_in,
    place,
    put,
    seat,
)

HOME = (seat(HENDON).lat, seat(HENDON).lon)
SUNDAY = {"starts_at": TEN + timedelta(days=1), "ends_at": TEN + timedelta(days=1, hours=3)}


@pytest.fixture
def home() -> Located:
    """A start at the anchor of Hendon."""
    return replace(place("NW4 4BT"), lat=HOME[0], lon=HOME[1], label="NW4 4BT")


def test_the_best_three_are_of_three_events(world: Adapters, home: Located) -> None:
    put(world, an_event_in(HENDON), {}, SUNDAY, {})
    put(world, an_event_in(CHELSEA), {}, SUNDAY)
    put(world, an_event_in(UXBRIDGE))

    found = near(world, home)

    assert [one.session.event_id for one in found.best] == [
        "event-hendon", "event-chelsea-and-fulham", "event-uxbridge-and-south-ruislip",
    ]  # fmt: skip
    assert [one.id for one in found.best[1].also] == ["event-chelsea-and-fulham-2"]
    assert found.marginals == ()


def test_reasons_are_in_words(world: Adapters, home: Located) -> None:
    put(world, an_event_in(HENDON), {"target": 20, "free": 18})
    put(world, an_event_in(CHELSEA), {"target": 20, "free": 30})
    put(world, an_event_in(UXBRIDGE), {"target": 20, "free": 18})

    reasons = {one.session.event_id: one.reasons for one in near(world, home).best}

    assert reasons == {
        "event-hendon": (
            "The nearest to you, and they have about half of the people they want",
            "A very close seat: 15 votes in it",
        ),
        "event-chelsea-and-fulham": (
            "About 30 minutes further than the nearest, but they have few people yet",
            "A very close seat: 152 votes in it",
        ),
        "event-uxbridge-and-south-ruislip": (
            "About 30 minutes further than the nearest, "
            "but they have about half of the people they want",
            "A close seat: 587 votes in it",
        ),
    }


def test_a_full_session_is_shown_as_full_and_the_next_best_beside_it(
    world: Adapters, home: Located
) -> None:
    put(world, an_event_in(HENDON), {"target": 30, "free": 0})
    put(world, an_event_in(CHELSEA), SUNDAY)
    put(world, an_event_in(UXBRIDGE))

    found = near(world, home)

    assert "event-hendon" not in {one.session.event_id for one in found.best}
    [row] = found.marginals
    [full] = row.sessions
    assert (full.band, full.full) == (Band.FULL, True)
    assert full.instead is not None
    assert full.instead.event_id == "event-uxbridge-and-south-ruislip"


def test_what_is_from_home_needs_no_drive_and_is_no_journeys_best(
    world: Adapters, home: Located
) -> None:
    put(world, an_event_in(DUNDEE, kind=Kind.PHONE_BANK))
    put(world, an_event_in(CHELSEA))

    found = near(world, home)

    [online] = found.online
    assert (online.drive_s, online.distance_m, online.online) == (0, 0, True)
    assert [one.session.event_id for one in found.best] == ["event-chelsea-and-fulham"]


def test_a_session_in_no_marginal_is_listed_apart(world: Adapters, home: Located) -> None:
    for slug in (HENDON, CHELSEA, UXBRIDGE, HARROW):
        put(world, an_event_in(slug))

    found = near(world, home)

    assert [one.session.event_id for one in found.elsewhere] == ["event-harrow-east"]
    assert "event-harrow-east" not in {one.session.event_id for one in found.best}


def test_a_start_with_nothing_near_is_told_of_what_is_further_and_from_home(
    world: Adapters,
) -> None:
    put(world, an_event_in(HENDON))
    put(world, an_event_in(CHELSEA, kind=Kind.PHONE_BANK))

    found = near(world, place("EX39"))

    assert found.best == ()
    assert [one.session.event_id for one in found.beyond] == ["event-hendon"]
    assert [one.session.event_id for one in found.online] == ["event-chelsea-and-fulham"]


def test_an_empty_board_still_names_marginals_to_begin_in(world: Adapters, home: Located) -> None:
    found = near(world, home)

    assert (found.best, found.beyond, found.online) == ((), (), ())
    assert found.quiet[0].seat.slug == HENDON


def test_one_day_or_kind_can_be_asked_for(world: Adapters, home: Located) -> None:
    put(world, an_event_in(HENDON), {}, SUNDAY)
    put(world, an_event_in(CHELSEA, kind=Kind.LEAFLET))

    sunday = near(world, home, day=date(2026, 11, 29))
    leaflets = near(world, home, kind=Kind.LEAFLET)

    assert [one.session.id for one in sunday.best] == ["event-hendon-2"]
    assert [one.session.event_id for one in leaflets.best] == ["event-chelsea-and-fulham"]
    assert sunday.days == (SATURDAY_WEEK, date(2026, 11, 29))
    assert sunday.kinds == (Kind.CANVASS, Kind.LEAFLET)


def test_a_day_without_sessions_offers_the_other_days(world: Adapters, home: Located) -> None:
    put(world, an_event_in(HENDON))

    found = near(world, home, day=date(2026, 11, 30))

    assert found.best == ()
    assert found.days == found.lift_days == (SATURDAY_WEEK,)


def test_the_first_page_shows_those_in_most_need_one_of_an_event(world: Adapters) -> None:
    put(world, an_event_in(HARROW))
    put(world, an_event_in(HENDON), SUNDAY, {})
    put(world, an_event_in(CHELSEA), {"free": 0})

    found = suggestions.most_needed(world, 2)

    assert [one.session.id for one in found] == ["event-harrow-east-1", "event-hendon-2"]


def test_marginals_are_listed_by_need(world: Adapters) -> None:
    put(world, an_event_in(HENDON), {"target": 20, "free": 10})

    rows = ranked_by_need(world)

    assert [one.need for one in rows] == sorted((one.need for one in rows), reverse=True)
    assert len(rows) == 115
    assert rows[0].seat.slug == "poole"
    [hendon] = [one for one in rows if one.seat.slug == HENDON]
    assert (hendon.count, hendon.next is not None) == (1, True)


def test_a_campaign_without_marginals_still_suggests_what_is_near(
    world: Adapters, home: Located
) -> None:
    other = replace(world, campaign=a_campaign(party="Nobody"))
    put(other, an_event_in(HENDON))

    found = near(other, home)

    assert [one.reasons for one in found.best] == [
        ("The nearest to you, and they have few people yet",)
    ]
    assert found.quiet == ()
