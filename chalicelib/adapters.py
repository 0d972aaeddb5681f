"""The world, as one argument: what a service function may read, write and ask."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.campaign import Campaign
from chalicelib.domain.change import Change
from chalicelib.mail import Mailer
from chalicelib.queues import Queues
from chalicelib.roads.table import Table
from chalicelib.storage.bookings import BookingStore
from chalicelib.storage.drafts import DraftStore
from chalicelib.storage.drives import DriveStore
from chalicelib.storage.events import EventStore
from chalicelib.storage.limits import LimitStore
from chalicelib.storage.links import LinkStore
from chalicelib.storage.outbox import OutboxStore
from chalicelib.storage.turn_ups import TurnUpStore


@dataclass(frozen=True, slots=True)
class Roads:
    """Who knows the roads, and what they have told us.

    Attributes
    ----------
    most_pairs
        Drives that one run may ask for; services are slow, or send a bill.
    """

    table: Table
    kept: DriveStore
    most_pairs: int


@dataclass(frozen=True, slots=True)
class Adapters:
    """Everything beyond the rules. `wiring` builds the real one, `tests/builders.py` others.

    Attributes
    ----------
    base_url
        Where people reach us, without a slash at the end; links in letters begin with it.
    local
        Whether this is the local service, with its mailbox page.
    commit
        Stores a list of changes, all or none (`storage.commit`).
    now
        The one clock: an aware instant in UTC.
    token
        The one source of randomness: 256 bits as 43 characters of base64url.
    roads
        None: every drive is estimated, and nobody is told where people live.
    """

    campaign: Campaign
    base_url: str
    local: bool
    events: EventStore
    bookings: BookingStore
    links: LinkStore
    drafts: DraftStore
    outbox: OutboxStore
    limits: LimitStore
    turn_ups: TurnUpStore
    commit: Callable[[Sequence[Change]], None]
    mailer: Mailer
    queues: Queues
    now: Callable[[], datetime]
    token: Callable[[], str]
    roads: Roads | None = None
