"""What letters about lifts say, and what they do to calendars."""

from dataclasses import replace
from typing import Any

import icalendar

from chalicelib.adapters import Adapters
from chalicelib.domain.change import LetterName
from chalicelib.domain.states import (
    LiftState,
    RequestState,
)
from chalicelib.mime import Letter
from chalicelib.services import letters, lifts, offers, requests
from chalicelib.services.letters import drivers
from tests.builders import (
    a_lift,
    a_lift_day,
    a_request,
    a_session,
    an_offer,
)
from tests.chalicelib.services.letters.post import deliver_all, owe, sent


def entry_in(letter: Letter) -> Any:
    [event] = icalendar.Calendar.from_ical(letter.calendar).walk("VEVENT")
    return event


def test_a_lifts_calendar_entries_are_replaced_and_at_last_removed(world: Adapters) -> None:
    """PROMISES section 5, 9: the same UID, and a sequence that only rises."""
    lift = a_lift_day(world, state=LiftState.PROPOSED)
    lifts.accept(world, lift.id)
    told = deliver_all(world)
    requests.cancel(world, lift.places[1].request_id)
    told += deliver_all(world)
    offers.withdraw(world, lift.offer_id)
    told += deliver_all(world)

    for address, methods in {
        "dan@example.org": ["REQUEST", "REQUEST", "CANCEL"],
        "ria@example.org": ["REQUEST", "REQUEST", "CANCEL"],
        "bo@example.org": ["REQUEST", "CANCEL"],
    }.items():
        theirs = [letter for letter in told if letter.to == address and letter.calendar]
        assert [letter.method for letter in theirs] == methods
        assert len({entry_in(letter)["UID"] for letter in theirs}) == 1
        sequences = [entry_in(letter)["SEQUENCE"] for letter in theirs]
        assert sequences == sorted(set(sequences))


def test_a_drivers_next_lift_comes_after_the_one_before_in_the_calendar(world: Adapters) -> None:
    """Even where the lift before had seen more versions."""
    old = a_lift(state=LiftState.ACCEPTED, version=9)
    new = a_lift(id="lift-20261128-bbbbbbbbbbbb", state=LiftState.ACCEPTED, version=1)
    before = drivers.sequence(an_offer(lift_id=old.id, version=3), old.version)
    gone = drivers.sequence(an_offer(version=4), 0)
    after = drivers.sequence(an_offer(lift_id=new.id, version=5), new.version)

    assert before < gone < after


def test_who_would_drive_or_ride_reads_that_only_one_is_used(world: Adapters) -> None:
    request = a_request(either_with=an_offer().id)

    letters.deliver(world, owe(world, LetterName.REQUEST_WAITING, request))

    [letter] = sent(world)
    assert "one of the two, never both" in letter.text


def test_a_lift_of_one_way_says_so(world: Adapters) -> None:
    request = a_request(state=RequestState.CONFIRMED, lift_id=a_lift().id, both_ways=False)
    place = replace(a_lift().places[0], drop_at=None)
    lift = a_lift([place], state=LiftState.ACCEPTED, back_at=None, home_at=None, drops=())
    row = owe(world, LetterName.LIFT_CONFIRMED, request, "", lift, a_session())

    letters.deliver(world, row)

    [letter] = sent(world)
    assert "you asked for the way there only" in letter.text
    assert entry_in(letter)["DTEND"].dt == lift.ends_at


def test_r6_a_driver_with_another_lift_by_now_is_not_told_that_the_old_one_goes(
    world: Adapters,
) -> None:
    """The letter about the new one has replaced the entry in their calendar already."""
    lift = a_lift(state=LiftState.ACCEPTED)
    offer = an_offer(lift_id=lift.id)

    letters.deliver(world, owe(world, LetterName.CHANGED, offer, "session_lift", lift))

    assert sent(world) == []


def test_r6_who_waits_again_has_the_lift_out_of_their_calendar(world: Adapters) -> None:
    letters.deliver(world, owe(world, LetterName.REQUEST_WAITING, a_request(), "left_lift"))

    [letter] = sent(world)
    assert letter.method == "CANCEL"
