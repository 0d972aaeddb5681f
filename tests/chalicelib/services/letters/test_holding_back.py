"""Letters that are not sent though they are true: nobody is to be written to, or not so often,
or not so late (PROMISES S8, S9, R15)."""

import logging
from dataclasses import replace

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain import ids
from chalicelib.domain.change import LetterName, OweLetter, Save
from chalicelib.domain.report import Fate, Report
from chalicelib.domain.states import RequestState
from chalicelib.errors import Busy
from chalicelib.services import letters, outbox
from tests.browse import Browser, Page
from tests.builders import (
    SATURDAY_WEEK,
    Clock,
    a_person,
    a_request,
    a_session,
    an_event,
    store,
)
from tests.chalicelib.routes.forms import RIDER, YOU, draft_of, fill, publish
from tests.chalicelib.services.letters.post import Failing, owe, sent


def asked(world: Adapters, number: int, email: str = "ria@example.org") -> str:
    """Somebody typed that address into a form: the row of the letter that is owed."""
    request = a_request(
        id=f"request-20261128-{number:012}",
        state=RequestState.UNCONFIRMED,
        person=replace(a_person("Ria Shah"), email=email),
    )
    return owe(world, LetterName.CONFIRM_ADDRESS, request)


def test_an_address_that_bounced_is_not_written_to(world: Adapters) -> None:
    row = asked(world, 1)
    letters.learn(world, Report("gone:by:now", "", a_person("Ria Shah").key, Fate.BOUNCED))

    letters.deliver(world, row)

    assert sent(world) == []
    assert world.outbox.state(row) == "suppressed"


def test_s8_the_pages_are_the_same_for_an_address_that_is_not_written_to(
    world: Adapters, browser: Browser
) -> None:
    publish(world)
    world.limits.stop(a_person("Bo").key, "complained")

    def seen(email: str) -> tuple[int, str]:
        steps = [*RIDER[:-1], {**YOU, "email": email}]
        check = fill(browser, f"/start/lift?session={a_session().id}", steps)
        page: Page = browser.post(check.path)
        row = ids.derived("request", SATURDAY_WEEK, draft_of(page))
        letters.deliver(world, f"confirm_address:{row}:1")
        return page.status, page.text.replace(email, "")

    assert seen("bo@example.org") == seen("ann@example.org")
    assert [letter.to for letter in sent(world)] == ["ann@example.org"]


def test_s9_nobody_gets_more_than_three_letters_a_day_before_confirming(
    world: Adapters, clock: Clock
) -> None:
    rows = [asked(world, number) for number in range(5)]
    other = asked(world, 9, "bo@example.org")

    for row in [*rows, other]:
        letters.deliver(world, row)

    states = [world.outbox.state(row) for row in rows]
    assert states == ["sent", "sent", "sent", "over_budget", "over_budget"]
    assert [letter.to for letter in sent(world)] == ["ria@example.org"] * 3 + ["bo@example.org"]
    clock.forward(hours=12)  # midnight in London
    tomorrow = asked(world, 10)
    letters.deliver(world, tomorrow)
    assert world.outbox.state(tomorrow) == "sent"


def test_a_letter_that_is_tried_again_counts_once(world: Adapters) -> None:
    rows = [asked(world, number) for number in range(3)]

    for _ in range(2):
        letters.deliver(replace(world, mailer=Failing(Busy("Later."))), rows[0])
    for row in rows:
        letters.deliver(world, row)

    assert len(sent(world)) == 3


def test_a_loop_of_ours_ends_at_forty_letters(world: Adapters) -> None:
    store(world, an_event(), a_session())
    request = a_request()
    for version in range(1, 43):
        owed = OweLetter(LetterName.REQUEST_WAITING, request.id, version)
        world.commit([Save(replace(request, version=version - 1)), owed])
        letters.deliver(world, f"request_waiting:{request.id}:{version}")

    assert len(sent(world)) == 40
    assert world.outbox.state(f"request_waiting:{request.id}:42") == "over_budget"


def test_r15_what_yesterdays_table_owes_is_not_sent(world: Adapters, clock: Clock) -> None:
    row = owe(world, LetterName.REQUEST_WAITING, a_request(), "", an_event(), a_session())
    stuck = owe(world, LetterName.CANCELLED, a_request(id="request-20261128-b"), "by_you")
    world.outbox.claim(stuck, world.token())
    reporting = replace(world, mailer=Failing(AssertionError("sent"), reports=True))

    clock.forward(days=1)
    for _ in range(3):
        outbox.sweep(reporting)
        for handed in (row, stuck):
            letters.deliver(reporting, handed)
        clock.forward(minutes=3)

    assert world.outbox.state(row) == "too_late"
    assert world.outbox.state(stuck) in {"too_late", "moot"}


def test_what_broke_in_the_evening_is_sent_in_the_morning(world: Adapters, clock: Clock) -> None:
    row = owe(world, LetterName.REQUEST_WAITING, a_request(), "", an_event(), a_session())
    clock.forward(hours=19)

    outbox.sweep(world)
    letters.deliver(world, row)

    assert len(sent(world)) == 1


@pytest.mark.parametrize("state", ["suppressed", "over_budget", "too_late"])
def test_logs_hold_ids_only(
    world: Adapters, clock: Clock, caplog: pytest.LogCaptureFixture, state: str
) -> None:
    """PROMISES S15."""
    caplog.set_level(logging.DEBUG, logger="marginal_lifts")
    rows = [asked(world, number) for number in range(4)]
    if state == "suppressed":
        world.limits.stop(a_person("Ria").key, "bounced")
    if state == "too_late":
        clock.forward(hours=21)

    for row in rows:
        letters.deliver(world, row)

    assert world.outbox.state(rows[-1]) == state
    assert not any(word in caplog.text.lower() for word in ("ria", "@", a_person("Ria").key))
