"""The sample campaign: it is what it says, obeys the rules, and may be loaded again."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain import ids
from chalicelib.domain.change import Change
from chalicelib.domain.event import Event, Kind, Session
from chalicelib.domain.need import closeness
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request
from chalicelib.domain.signup import SignUp
from chalicelib.domain.states import EventState
from chalicelib.errors import Conflict
from chalicelib.services import offers, runs, signups, wishes
from chalicelib.services.board import AHEAD
from chalicelib.services.problem import build
from chalicelib.storage.tables import BookingRow, OutboxRow
from infra import sample
from infra.sample import storing
from infra.sample.composed import Sample, compose
from matching.check import violations
from matching.solve import solve
from reference import Located, constituencies, distance_m, find
from tests.builders import FRIDAY, Clock, a_campaign, owed


@pytest.fixture(scope="module")
def made() -> Sample:
    """The sample of the day on which the tests' clock stands."""
    return compose(a_campaign(), FRIDAY.date())


def _wished(made: Sample) -> list[Offer | Request]:
    return [*made.offers, *made.requests]


def test_it_is_as_large_as_announced(made: Sample) -> None:
    things = made.events, made.signups, made.offers, made.requests
    eithers = [one for one in made.requests if one.either_with]
    counts = Counter(one.event_id for one in made.sessions)

    assert [len(kind) for kind in things] == [40, 200, 150, 350]
    assert len(eithers) == 20
    assert {one.id for one in eithers} == {one.either_with for one in made.offers} - {""}
    assert set(counts.values()) == {1, 2, 3}
    assert {one.kind for one in made.events} == set(Kind) - {Kind.OTHER}
    assert len({one.title for one in made.events}) == 40


def test_every_venue_lies_in_its_seat(made: Sample) -> None:
    for event in made.events:
        found = find(event.venue.label)
        assert isinstance(found, Located)
        assert found.seats == ((event.venue.constituency, 1.0),)


def test_the_seats_are_the_closest_marginals_of_their_regions(made: Sample) -> None:
    chosen = {one.venue.constituency for one in made.events}
    open_to = {seat: closeness(a_campaign(), seat) for seat in constituencies()}
    by_region = {seat.region: seat.code for seat in sorted(open_to, key=lambda one: open_to[one])}

    assert len(chosen) == 12
    assert all(open_to[seat] > 0 for seat in open_to if seat.code in chosen)
    assert {by_region[region] for region in by_region if region != "Northern Ireland"} <= chosen


@pytest.mark.parametrize("today", [date(2026, 3, 20), date(2026, 10, 19)])
def test_sessions_lie_in_the_coming_three_weeks_whatever_the_day(today: date) -> None:
    """Clocks go forward in the first span and back in the second."""
    composed = compose(a_campaign(), today)
    first = datetime.combine(today, time(), a_campaign().zone).astimezone(UTC)

    for session in composed.sessions:
        assert first + timedelta(hours=24) < session.starts_at < first + AHEAD
        assert session.starts_at.astimezone(a_campaign().zone).hour in range(9, 20)


def test_most_homes_are_within_a_realistic_drive(made: Sample) -> None:
    sessions = {one.id: one.venue for one in made.sessions}
    away = [
        distance_m(venue.lat, venue.lon, one.start.lat, one.start.lon)
        for one in _wished(made)
        for venue in [sessions[session] for session in (one.sessions or ())[:1]]
    ]

    assert max(away) < 90_000
    assert sum(5_000 <= metres <= 40_000 for metres in away) > 0.8 * len(away)


def test_a_campaign_without_marginals_has_no_sample(
    world: Adapters, capsys: pytest.CaptureFixture[str]
) -> None:
    sample.load(replace(world, campaign=a_campaign(margin_limit=0.0)))

    assert "no marginals" in capsys.readouterr().out


def test_the_services_would_have_taken_every_wish(world: Adapters, made: Sample) -> None:
    storing.store_events(world, made)

    for one in _wished(made):
        day = date.fromisoformat(ids.day_of(one.id))
        assert wishes.check(world, day, one.earliest_at, one.sessions) == one.told


def test_every_day_is_matched_and_drivers_are_asked(world: Adapters, made: Sample) -> None:
    sample.load(world)
    days = [day.isoformat() for day in storing.days(made)]
    problems = {day: build(world, runs.read(world, day)) for day in days}
    busiest = max(days, key=lambda day: len(problems[day].riders))

    plan = solve(problems[busiest])
    run = runs.run(world, busiest, solve=lambda _: plan)

    found = [one.id for day in days for one in problems[day].drivers]
    found += [one.id for day in days for one in problems[day].riders]
    assert sorted(found) == sorted(one.id for one in _wished(made))
    assert violations(problems[busiest], plan) == []
    assert run is not None
    told = Counter(name for name, *_ in owed(world))
    assert run.proposed == told["lift_proposed"] + told["lift_accepted"]
    assert min(told["lift_proposed"], told["lift_accepted"]) > 1, "some drivers are asked"


def test_its_people_can_have_one_lift_a_day_and_come_once(world: Adapters, made: Sample) -> None:
    rider = next(one for one in made.requests if one.sessions)
    day = date.fromisoformat(ids.day_of(rider.id))
    comer = next(one for one in made.signups if ids.day_of(one.id) == day.isoformat())
    storing.store_events(world, made)
    storing.store_day(world, made, day)
    driving = offers.make(
        world, "another form", person=rider.person, start=rider.start, seats=rider.needs,
        day=day, earliest_at=rider.earliest_at, detour_limit_s=600, sessions=rider.sessions,
        both_ways=True,
    )  # fmt: skip
    coming = signups.ask(
        world, "a third form", person=comer.person, session_id=comer.session_id, people=1
    )

    with pytest.raises(Conflict, match="already have a lift"):
        offers.confirm(world, driving.id)
    with pytest.raises(Conflict, match="already"):
        signups.confirm(world, coming.id)


def test_the_same_day_gives_the_same_sample_and_loaded_twice_it_is_one(
    world: Adapters, made: Sample
) -> None:
    sample.load(world)
    sample.load(world)

    assert _stored(world, made) == _meant(made)


def test_killed_at_any_commit_it_is_finished_later(
    world: Adapters, clock: Clock, made: Sample
) -> None:
    for commits in (1, 9, 21):
        with pytest.raises(Killed):
            sample.load(_dying(world, after=commits))
        clock.forward(hours=5)  # at the last, the next day has begun

    sample.load(world)

    assert _stored(world, made) == _meant(made)


class Killed(BaseException):
    """As a process is: nobody catches it."""


def _dying(world: Adapters, *, after: int) -> Adapters:
    left = iter(range(after))

    def commit(changes: Sequence[Change]) -> None:
        if next(left, None) is None:
            raise Killed
        world.commit(changes)

    return replace(world, commit=commit)


@dataclass(frozen=True)
class Stored:
    """All that there is of the sample: things by id, who holds claims, what is owed."""

    things: dict[str, object]
    holders: list[str]
    runs: set[str]
    letters: list[tuple[str, str, str]]


def _stored(world: Adapters, made: Sample) -> Stored:
    things: dict[str, object] = {}
    for event in made.events:
        there, sessions = world.events.get(event.id)
        # When the one was cancelled is the loading's time, not the sample's.
        there = replace(there, cancelled_at=None, cancelled_in=None)
        things |= {there.id: there} | {one.id: one for one in sessions}
    for day in storing.days(made):
        things |= {one.id: one for one in world.bookings.day(day.isoformat())}
    claims = [row for row in BookingRow.scan() if row.id.startswith("claim-")]
    owing = [row for row in OutboxRow.scan() if row.owed == "match"]
    return Stored(
        things=things,
        holders=sorted(row.holder for row in claims),
        runs={row.facts["day"] for row in owing},
        letters=owed(world),
    )


def _meant(made: Sample) -> Stored:
    """What should be stored, after the composed sample and the rules alone."""
    taken = Counter[str]()
    for signup in made.signups:
        taken[signup.session_id] += signup.people
    booked: list[SignUp | Offer | Request] = [*made.signups, *_wished(made)]
    events: dict[str, object] = {one.id: _event(one, made) for one in made.events}
    sessions = {one.id: _session(one, taken[one.id], made) for one in made.sessions}
    return Stored(
        things=events | sessions | {one.id: replace(one, version=1) for one in booked},
        holders=sorted(
            one.id for one in booked if not (isinstance(one, Offer) and one.either_with)
        ),
        runs={ids.day_of(one.id) for one in booked},
        letters=[
            ("cancelled", made.cancelled, "by_you"),
            ("event_published", made.events[0].id, ""),
            ("offer_open", made.offers[0].id, ""),
            ("request_waiting", made.requests[-1].id, ""),
            ("signup_coming", made.signups[0].id, ""),
        ],
    )


def _event(event: Event, made: Sample) -> Event:
    off = event.id == made.cancelled
    return (
        replace(event, version=2, state=EventState.CANCELLED) if off else replace(event, version=1)
    )


def _session(session: Session, taken: int, made: Sample) -> Session:
    """Every place that nobody has taken is free."""
    off = session.event_id == made.cancelled
    version = 2 if off else 1
    return replace(session, free=session.maximum - taken, published=not off, version=version)
