"""Requests: somebody, or a party that stays together, who needs a lift."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.domain.people import Person, Start
from chalicelib.domain.places import Places
from chalicelib.domain.states import RequestState, step, step_again, step_back
from chalicelib.errors import Invalid

IN_A_LIFT = frozenset({RequestState.OFFERED, RequestState.CONFIRMED})
"""States in which a place in a lift is held for the request."""


@dataclass(frozen=True, slots=True)
class Request:
    """A rider's, for one campaign day.

    Attributes
    ----------
    needs
        The party, by type of place.
    earliest_at
        Is ready no earlier; aware, UTC.
    extra_limit_s
        Seconds in the car beyond the direct drive that are bearable.
    sessions
        Ids of the sessions that are welcome; None: wherever most needed.
    both_ways
        Whether the way back is needed: then nobody is carried out without it.
    either_with
        Id of the same person's offer, of which at most one is used; "" for none.
    lift_id
        The lift in which a place is held; "" for none.
    reason, help
        While waiting, why the last run had no lift, as a code of the matching, and the
        smallest thing that would change it, in words; "" before the first run.
    told
        Session id -> its edition that the rider has been told of.
    car
        Id of the offer that the rider chose by name; "" where any car will do.
    lost
        The agreed lift that fell from under them, until they have another; "" for none.
    moved_at
        When, within the last hour, others changed the plan that the rider knows.
    ended_at, left
        When the rider cancelled, and the agreed lift they were in then; for undoing it.
    came
        What they said afterwards: whether they went. None: nothing yet.
    no_car
        They said that the car did not come.
    told_off
        Ids of sessions that they were told are cancelled: should one be on after all, they are
        told that as well.
    version
        Stored version; 0 before it is stored. Rises with all that the rider is told, so
        it serves as the SEQUENCE of their calendar entry.
    """

    id: str
    person: Person
    start: Start
    needs: Places
    earliest_at: datetime
    extra_limit_s: int
    sessions: tuple[str, ...] | None
    both_ways: bool
    state: RequestState
    created_at: datetime
    either_with: str = ""
    lift_id: str = ""
    reason: str = ""
    help: str = ""
    told: Mapping[str, int] = field(default_factory=dict)
    car: str = ""
    lost: str = ""
    moved_at: tuple[datetime, ...] = ()
    ended_at: datetime | None = None
    left: str = ""
    told_off: tuple[str, ...] = ()
    came: bool | None = None
    no_car: bool = False
    version: int = 0

    def __post_init__(self) -> None:
        if self.needs.total < 1:
            raise Invalid("Ask for at least 1 place.", {"standard": "Enter 1 person or more"})


def confirm(request: Request) -> Request:
    """The rider's address is theirs: the request takes part from now on."""
    return replace(request, state=step(request.state, RequestState.WAITING))


def offer(request: Request, lift_id: str) -> Request:
    """A place is held in that lift; the driver has not answered yet."""
    state = step(request.state, RequestState.OFFERED)
    return replace(request, state=state, lift_id=lift_id, reason="", help="")


def accept(request: Request) -> Request:
    """The driver said yes."""
    return replace(request, state=step(request.state, RequestState.CONFIRMED), lost="")


def release(request: Request) -> Request:
    """The lift is gone; the rider waits for another, in any car."""
    lost = request.lift_id if request.state is RequestState.CONFIRMED else request.lost
    state = step(request.state, RequestState.WAITING)
    return replace(request, state=state, lift_id="", lost=lost, car="")


def cancel(request: Request, *, at: datetime) -> Request:
    """The rider does not need it any more."""
    left = request.lift_id if request.state is RequestState.CONFIRMED else ""
    state = step(request.state, RequestState.CANCELLED)
    # What was never confirmed cannot become so by an undo.
    ended_at = None if request.state is RequestState.UNCONFIRMED else at
    return replace(request, state=state, lift_id="", lost="", left=left, ended_at=ended_at)


def restore(request: Request, *, at: datetime) -> Request:
    """The rider needs it after all, and waits again, for any car.

    Raises
    ------
    Conflict
        When they did not cancel it, or too long ago.
    """
    state = step_back(request.state, request.ended_at, at=at)
    return replace(request, state=state, ended_at=None, left="", car="")


def give_up(request: Request) -> Request:
    """The last run before its day is over, or its sessions are gone: there is no lift."""
    return replace(request, state=step(request.state, RequestState.NOT_PLACED))


def expire(request: Request) -> Request:
    """Its day has passed, and its owner drove instead."""
    return replace(request, state=step(request.state, RequestState.EXPIRED))


def explain(request: Request, reason: str, helps: str) -> Request:
    """Keep why the last run had no lift, and what would change it."""
    return replace(request, reason=reason, help=helps)


def brought(request: Request) -> Request:
    """They were brought there, and the lift's way back is gone."""
    return replace(complete(request), lost=request.lift_id)


def taken_back(request: Request, *, withdrawn_at: datetime | None, at: datetime) -> Request:
    """The driver who had withdrawn the way back brings them home after all.

    Raises
    ------
    Conflict
        When that driver withdrew too long ago.
    """
    state = step_back(request.state, withdrawn_at, at=at)
    return replace(request, state=state, lost="")


def complete(request: Request) -> Request:
    """The lift took place, with the rider in it as far as we know."""
    return replace(request, state=step(request.state, RequestState.COMPLETED))


def happened(request: Request, *, came: bool, no_car: bool = False) -> Request:
    """The rider says whether they went, and if not whether it was for want of the car."""
    to = RequestState.COMPLETED if came else RequestState.NO_SHOW
    return replace(request, state=step(request.state, to), came=came, no_car=no_car)


def call_off(request: Request, session_ids: Iterable[str]) -> Request:
    """They are told that those sessions are cancelled."""
    return replace(request, told_off=tuple(sorted({*request.told_off, *session_ids})))


def call_on(request: Request, session_ids: Collection[str]) -> Request:
    """Those sessions are on after all; what had ended with them goes on."""
    off = tuple(one for one in request.told_off if one not in session_ids)
    return replace(request, state=step_again(request.state), told_off=off)
