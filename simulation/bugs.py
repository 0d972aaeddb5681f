"""What planted bugs put in the place of the service's own functions; `canaries` lists them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from chalicelib import wiring
from chalicelib.domain import ids, joining, states
from chalicelib.domain.change import OweLetter, Save, Take
from chalicelib.domain.lift import Lift
from chalicelib.domain.signup import SignUp
from chalicelib.errors import Expired
from chalicelib.services import lifts, seating, signups
from chalicelib.services.letters import contents, delivery
from chalicelib.storage import bookings, calls, drafts
from chalicelib.storage import commit as commits
from chalicelib.storage import links as link_store
from chalicelib.storage import outbox as outbox_store
from chalicelib.storage.tables import BookingRow, LinkRow, OutboxRow

Patch = tuple[Any, str, Any]


def committing(change: Callable[[list[Any]], list[list[Any]]]) -> Patch:
    """Every commit's changes become these commits, one after another."""
    real = commits.commit

    def commit(connection: Any, changes: Any, *more: Any, **named: Any) -> None:
        for part in change(list(changes)):
            real(connection, part, *more, **(named if len(part) == len(changes) else {}))

    return wiring, "commit", commit


def commit_without_token(connection: Any, changes: Any, now: Any, zone: Any, **_: Any) -> None:
    _commit(connection, changes, now, zone)


_commit = commits.commit


def without(kind: type) -> Patch:
    return committing(lambda changes: [[one for one in changes if not isinstance(one, kind)]])


def letters_first(changes: list[Any]) -> list[list[Any]]:
    owed = [one for one in changes if isinstance(one, OweLetter)]
    rest = [one for one in changes if not isinstance(one, OweLetter)]
    return [part for part in (owed, rest) if part]


_put, _take, _calls_for = calls._put, calls._take, calls.calls_for


def put_over(found: Any, row: Any, table: Any, version: int) -> None:
    """Things are stored whatever stands there."""
    _put(found, row, table, version)
    if table is BookingRow and version:
        (stored, _), said = found.puts[-1]
        found.puts[-1] = (stored, None), said


def take_blindly(found: Any, session_id: str, people: int) -> None:
    _take(found, session_id, people)
    if people > 0 and found.updates:
        (row, actions, _), said = found.updates[-1]
        found.updates[-1] = (row, actions, None), said


def leave_quietly(world: Any, lift: Lift, request: Any) -> list[Any]:
    return [one for one in _leave(world, lift, request) if not isinstance(one, Take)]


_leave, _fall, _expired = lifts.leave, lifts.fall, lifts.expired
_begin_run, _send = bookings.BookingStore.begin_run, delivery._send


def fall_silently(world: Any, lift: Lift, offer: Any) -> list[Any]:
    return [one for one in _fall(world, lift, offer) if not isinstance(one, OweLetter)]


def expired_twice(world: Any, lift: Lift) -> list[Any]:
    return [*_expired(world, lift), Take(lift.session_id, -lift.people)]


def same_run(_: Any, day: str) -> int:
    row = BookingRow(day, "run")
    row.update(actions=[BookingRow.run.add(0)])
    return int(row.run or 0)


def sent_first(world: Any, claimed: Any, breaker: Any, letter: Any) -> None:
    delivery._settle(world, claimed, "sent", "soon")
    _send(world, claimed, breaker, letter)


_update, _joined, _refused = outbox_store.OutboxStore._update, joining.joined, seating._refusal


def update_blindly(self: Any, row: Any, actions: Any, _: Any) -> None:
    _update(self, row, actions, OutboxRow.id.exists())


def joined_one_way(lift: Lift, offer: Any, known: Any, new: Any, drive: Any, **more: Any) -> Any:
    return _joined(lift, offer, known, replace(new, both_ways=False), drive, **more)


def whoever(car: Any, request: Any, now: Any) -> str:
    said = _refused(car, request, now)
    return "" if said == seating.CAR_FULL else said


def room_for_all(lift: Any, _: Any, new: Any) -> bool:
    return (lift.back_at is not None or not new.both_ways) and new.id not in lift.rides


def confirm_again(world: Any, signup_id: str) -> Any:
    """Whoever presses again is counted again."""
    signup = world.bookings.get(SignUp, signup_id)
    if signup.state is states.SignUpState.COMING:
        world.commit([Save(signup), Take(signup.session_id, signup.people)])
        return signup
    return _confirm(world, signup_id)


_confirm, _derived, _entry = signups.confirm, ids.derived, contents.entry
_counter = iter(range(10**9))


def another(kind: str, day: Any, secret: str) -> str:
    return _derived(kind, day, f"{secret}{next(_counter)}")


def same_sequence(world: Any, thing_id: str, _: int, *more: Any, **named: Any) -> Any:
    return _entry(world, thing_id, 1, *more, **named)


def any_link(self: Any, thing: str, token: str, purpose: Any) -> None:
    try:
        _check(self, thing, token, purpose)
    except Expired:
        LinkRow.get(thing, link_store._hash(token))


_check = link_store.LinkStore.check


def _read_pynamodbs_way(error: Any) -> str | None:
    code: str | None = error.cause_response_code
    return code


CODES = tuple(
    (module, "code_of", _read_pynamodbs_way) for module in (commits, drafts, bookings, outbox_store)
)
