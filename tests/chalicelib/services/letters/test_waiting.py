"""While the carrier is away: letters wait by urgency, few are tried, and all go at its return."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.change import LetterName, OweLetter, Save
from chalicelib.domain.request import Request
from chalicelib.errors import Busy
from chalicelib.mail import TooFast, Unknown
from chalicelib.services import letters
from tests.builders import Clock, a_request, a_session, an_event, store
from tests.chalicelib.services.letters.carrier import Carrier, Post


@pytest.fixture
def post(world: Adapters, clock: Clock) -> Post:
    carrier = Carrier(Busy("Paused."))
    store(world, an_event(), a_session())
    return Post(replace(world, mailer=carrier), clock, carrier)


def test_r18_a_carrier_that_is_away_is_not_hammered(post: Post) -> None:
    for number in range(20):
        post.owe(LetterName.REQUEST_WAITING, number)

    post.work()
    for _ in range(60):
        post.minute()

    # Three until it opened; then after 30 s, 1, 2, 4, 8, 15, 15 minutes.
    assert post.carrier.tried <= 3 + 8
    assert post.world.limits.breaker().is_open


def test_r18_bookings_still_commit_while_letters_wait(post: Post) -> None:
    for number in range(5):
        post.owe(LetterName.REQUEST_WAITING, number)
    post.work()

    assert len(post.world.bookings.many([f"request-20261128-{n:012}" for n in range(5)])) == 5
    assert len(post.world.outbox.owed("mail", older_than=timedelta(minutes=-5))) == 5


def test_r18_the_urgent_are_tried_while_others_wait(post: Post) -> None:
    for number in range(5):
        post.owe(LetterName.REQUEST_WAITING, number)
    post.work()
    for _ in range(5):
        post.minute()  # waits have grown to minutes
    tried = post.carrier.tried

    post.owe(LetterName.REQUEST_WAITING, 8)
    post.work()
    assert post.carrier.tried == tried
    post.owe(LetterName.CONFIRM_ADDRESS, 9)
    post.work()

    assert post.carrier.tried == tried + 1


def test_r18_one_probe_is_made_at_a_time(post: Post) -> None:
    for number in range(30):
        post.owe(LetterName.CONFIRM_ADDRESS, number)

    post.work()
    assert post.carrier.tried == 3
    for _ in range(10):
        post.minute()

    assert post.carrier.tried <= 3 + 10 * 4


def test_r18_at_its_return_everything_goes_within_minutes_the_urgent_first(post: Post) -> None:
    for number in range(15):
        post.owe(LetterName.REQUEST_WAITING, number)
    for number in range(20, 25):
        post.owe(LetterName.CONFIRM_ADDRESS, number)
    post.work()
    for _ in range(45):
        post.minute()

    post.carrier.error = None
    post.minute()

    first = [letter.key for letter in post.carrier.letters[:5]]
    assert all(key.startswith("confirm_address:") for key in first)
    for _ in range(2):
        post.minute()
    assert len(post.carrier.letters) == 20
    assert post.world.limits.breaker().failures == 0


def test_r18_the_first_letter_that_is_taken_brings_the_others_at_once(post: Post) -> None:
    for number in range(20, 25):
        post.owe(LetterName.CONFIRM_ADDRESS, number)
    post.work()
    post.clock.forward(seconds=31)
    post.carrier.error = None

    post.owe(LetterName.CONFIRM_ADDRESS, 9)
    post.work()

    assert len(post.carrier.letters) == 6


def test_r18_a_sign_in_letter_that_is_asked_for_at_its_return_goes_at_once(post: Post) -> None:
    for number in range(5):
        post.owe(LetterName.REQUEST_WAITING, number)
    post.work()
    for _ in range(30):
        post.minute()
    post.carrier.error = None
    post.clock.forward(seconds=20)

    row = post.owe(LetterName.CONFIRM_ADDRESS, 9)
    post.work()

    assert post.carrier.letters[0].key == row


def test_r15_letters_that_waited_for_days_for_the_carrier_still_go(post: Post) -> None:
    row = post.owe(LetterName.REQUEST_WAITING, 1)
    post.work()
    for _ in range(3 * 24 * 6):
        post.clock.forward(minutes=9)
        post.minute()

    post.carrier.error = None
    for _ in range(20):
        post.minute()

    assert post.world.outbox.state(row) == "sent"


def test_too_many_a_second_delays_those_letters_only(post: Post) -> None:
    post.carrier.error = TooFast("Later.")
    for number in range(5):
        post.owe(LetterName.REQUEST_WAITING, number)
    post.work()
    post.carrier.error = None

    row = post.owe(LetterName.REQUEST_WAITING, 8)
    post.work()

    assert post.world.outbox.state(row) == "sent"
    post.minute()
    assert len(post.carrier.letters) == 6


def test_a_carrier_that_does_not_answer_opens_the_breaker_too(post: Post) -> None:
    post.carrier.error = Unknown()
    for number in range(5):
        post.owe(LetterName.REQUEST_WAITING, number)

    post.work()

    assert post.carrier.tried == 3
    assert post.world.limits.breaker().is_open


def test_r8_a_letter_without_an_answer_is_owed_again_when_the_carrier_stays_silent(
    post: Post,
) -> None:
    post.carrier.error = Unknown()
    row = post.owe(LetterName.REQUEST_WAITING, 1)
    post.work()
    post.carrier.error = None

    for _ in range(14):
        post.minute()
    assert post.world.outbox.state(row) == "sending"
    for _ in range(3):
        post.minute()

    assert [letter.key for letter in post.carrier.letters] == [row]
    assert post.world.outbox.state(row) == "sent"


def test_r8_where_no_news_come_a_letter_without_an_answer_ends_as_unknown(post: Post) -> None:
    post.carrier.error, post.carrier.reports = Unknown(), False
    row = post.owe(LetterName.REQUEST_WAITING, 1)
    post.work()
    post.carrier.error = None

    post.clock.forward(hours=23)
    post.minute()
    assert post.world.outbox.state(row) == "sending"
    post.clock.forward(hours=1)
    post.minute()

    assert post.world.outbox.state(row) == "unknown"
    assert post.carrier.letters == []


def test_a_held_letter_goes_when_its_hold_is_over_and_tells_the_newest(post: Post) -> None:
    request = a_request()
    after = post.clock() + timedelta(minutes=30)
    held = OweLetter(LetterName.CHANGED, request.id, 1, "details", after)
    post.world.commit([Save(request), held])
    post.world.commit([Save(replace(request, version=1)), replace(held, version=2)])
    post.carrier.error = None
    row = f"changed:{request.id}:after-{after:%Y%m%dT%H%M}"
    letters.deliver(post.world, row)  # as by a message from before

    for _ in range(29):
        post.minute()
    early = len(post.carrier.letters)
    post.minute()

    assert (early, len(post.carrier.letters)) == (0, 1)
    assert post.world.outbox.state(row) == "sent"
    assert post.world.bookings.get(Request, request.id).version == 2
