"""The outbox: each letter is claimed by one worker, and ends once (PROMISES R8)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.change import LetterName, OweLetter, Save
from chalicelib.domain.report import Fate, Report
from chalicelib.domain.urgency import Urgency
from chalicelib.errors import Conflict, NotFound
from chalicelib.storage.outbox import Claimed
from chalicelib.storage.tables import OutboxRow
from tests.builders import Clock, a_person, a_request, owed

LETTER = OweLetter(LetterName.REQUEST_WAITING, a_request().id, 1)
ROW = "request_waiting:request-20261128-aaaaaaaaaaaa:1"
LOST = timedelta(minutes=2)


@pytest.fixture
def owing(world: Adapters) -> Adapters:
    """A world in which one letter is owed."""
    world.commit([Save(a_request()), LETTER])
    return world


def claim(world: Adapters) -> Claimed:
    return world.outbox.claim(ROW, world.token())


def news(world: Adapters, fate: Fate, claimed: Claimed) -> None:
    world.outbox.learn(Report(ROW, claimed.edition, a_person().key, fate))


def test_a_letter_is_claimed_once(owing: Adapters) -> None:
    claimed = claim(owing)

    assert claimed.letter == LETTER
    assert claimed.due_at == owing.now()
    with pytest.raises(Conflict):
        claim(owing)
    assert owed(owing) == []


def test_what_is_given_back_is_owed_again(owing: Adapters) -> None:
    owing.outbox.give_back(claim(owing), owing.now())

    assert owing.outbox.state(ROW) == "owed"
    assert owed(owing) == [("request_waiting", a_request().id, "")]
    claim(owing)


def test_what_is_settled_stays_settled(owing: Adapters) -> None:
    claimed = claim(owing)

    owing.outbox.settle(claimed, "sent", "message-1")

    assert owing.outbox.state(ROW) == "sent"
    with pytest.raises(Conflict):
        owing.outbox.give_back(claimed, owing.now())
    with pytest.raises(Conflict):
        claim(owing)


def test_who_has_lost_a_claim_ends_nothing(owing: Adapters) -> None:
    """Whoever took it after us may be sending it now."""
    late = claim(owing)
    owing.outbox.give_back(late, owing.now())
    newer = claim(owing)

    with pytest.raises(Conflict):
        owing.outbox.settle(late, "sent")
    with pytest.raises(Conflict):
        owing.outbox.give_back(late, owing.now())

    owing.outbox.settle(newer, "sent")


def test_only_what_has_waited_is_listed(owing: Adapters, clock: Clock) -> None:
    assert owing.outbox.owed("mail", older_than=LOST) == []

    clock.forward(minutes=3)

    [row] = owing.outbox.owed("mail", older_than=LOST)
    assert (row["id"], row["queue"]) == (ROW, "mail")


def test_what_was_given_back_is_due_at_its_time_and_what_is_new_when_it_counts_as_lost(
    owing: Adapters, clock: Clock
) -> None:
    def due() -> list[str]:
        found = owing.outbox.due(Urgency.NORMAL, lost_after=LOST, most=9)
        return [row_id for row_id, _ in found]

    clock.forward(minutes=1)
    assert due() == []
    clock.forward(minutes=1, seconds=1)
    assert due() == [ROW]
    owing.outbox.give_back(claim(owing), clock() + timedelta(seconds=30))
    assert due() == []
    clock.forward(seconds=30)
    assert due() == [ROW]


def test_what_lies_in_the_queue_is_not_handed_on_at_once_again(
    owing: Adapters, clock: Clock
) -> None:
    clock.forward(minutes=3)
    [(row_id, owed_at)] = owing.outbox.due(Urgency.NORMAL, lost_after=LOST, most=9)

    owing.outbox.queued(row_id, owed_at, lost_after=LOST)

    assert owing.outbox.due(Urgency.NORMAL, lost_after=LOST, most=9) == []
    with pytest.raises(Conflict):
        owing.outbox.queued(row_id, owed_at, lost_after=LOST)
    clock.forward(minutes=2)
    assert owing.outbox.due(Urgency.NORMAL, lost_after=LOST, most=9) != []


def test_each_urgency_is_listed_apart_and_all_together_the_most_urgent_first(
    owing: Adapters, clock: Clock
) -> None:
    owing.commit([OweLetter(LetterName.CONFIRM_ADDRESS, a_request().id, 1)])
    clock.forward(minutes=3)

    first = owing.outbox.due(Urgency.FIRST, lost_after=LOST, most=9)

    assert [row_id for row_id, _ in first] == [f"confirm_address:{a_request().id}:1"]
    assert [row["letter"] for row in owing.outbox.owed("mail", older_than=LOST)] == [
        "confirm_address",
        "request_waiting",
    ]


def test_a_claimed_letter_stays_to_be_found(owing: Adapters, clock: Clock) -> None:
    claimed = claim(owing)
    clock.forward(minutes=16)

    [lost] = owing.outbox.unanswered(older_than=timedelta(minutes=15))
    owing.outbox.owe_again(lost)

    assert (lost.row_id, lost.claimant) == (ROW, claimed.claimant)
    assert owed(owing) == [("request_waiting", a_request().id, "")]


def test_what_has_been_claimed_anew_is_not_taken_for_lost(owing: Adapters, clock: Clock) -> None:
    """PROMISES R11: the index may lag, the write decides."""
    first = claim(owing)
    clock.forward(minutes=16)
    [lost] = owing.outbox.unanswered(older_than=timedelta(minutes=15))
    owing.outbox.give_back(first, owing.now())
    claim(owing)

    for end in (owing.outbox.owe_again, owing.outbox.end_unknown):
        with pytest.raises(Conflict):
            end(lost)

    assert owing.outbox.state(ROW) == "sending"


def test_a_held_letter_is_due_at_its_instant_and_takes_in_what_follows(
    world: Adapters, clock: Clock
) -> None:
    after = clock() + timedelta(minutes=40)
    request = a_request()
    held = OweLetter(LetterName.CHANGED, request.id, 1, "pickup", after)
    world.commit([Save(request), held])
    clock.forward(minutes=30)
    world.commit([replace(held, version=2)])
    clock.forward(minutes=9, seconds=59)
    assert world.outbox.due(Urgency.FIRST, lost_after=LOST, most=9) == []
    clock.forward(seconds=1)

    [(row_id, _)] = world.outbox.due(Urgency.FIRST, lost_after=LOST, most=9)

    assert row_id == f"changed:{request.id}:after-20261120T1240"
    claimed = world.outbox.claim(row_id, world.token())
    assert (claimed.letter.version, claimed.due_at) == (2, after)


def test_a_letter_of_another_release_fails_and_can_be_claimed_by_that_release(
    owing: Adapters,
) -> None:
    """PROMISES R16."""
    facts = {"letter": "from_the_future", "thing": a_request().id, "version": 1, "about": ""}
    OutboxRow(ROW).update(actions=[OutboxRow.facts.set(facts)])

    for _ in range(2):
        with pytest.raises(ValueError, match="from_the_future"):
            claim(owing)

    assert owing.outbox.state(ROW) == "owed"


def test_rows_of_the_first_release_are_found_and_settled(owing: Adapters, clock: Clock) -> None:
    """PROMISES R16: they have neither an edition nor an urgency."""
    OutboxRow(ROW).update(actions=[OutboxRow.made_at.remove(), OutboxRow.owed.set("mail")])
    clock.forward(minutes=3)
    [(row_id, _)] = owing.outbox.due(Urgency.NORMAL, lost_after=LOST, most=9)

    claimed = owing.outbox.claim(row_id, owing.token())
    news(owing, Fate.SENT, claimed)

    assert (claimed.edition, owing.outbox.state(ROW)) == ("", "sent")


def test_no_such_letter(world: Adapters) -> None:
    with pytest.raises(NotFound):
        world.outbox.state("nothing:here:1")
    with pytest.raises(Conflict):
        world.outbox.claim("nothing:here:1", world.token())
