"""The shapes of our items, one class a table. `infra/data.yaml` makes the tables.

A thing's own fields lie together in `facts` (JSON): DynamoDB looks inside only what a
condition, an index or the expiry needs, and those stand beside it. Unknown fields are
left alone and missing ones take their default, so that two releases can share a table.
"""

from botocore.loaders import Loader
from pynamodb.attributes import (
    BinaryAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
)
from pynamodb.connection import Connection
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, KeysOnlyProjection
from pynamodb.models import Model

CONNECT_S, READ_S, RETRIES = 1, 3, 2
"""Seconds to connect and to read, and retries after the first attempt. PynamoDB's own
(15, 30, 3) outlast API Gateway's 29 seconds."""


class _Meta:
    table_name = "not-connected"
    region: str | None = None
    host: str | None = None
    connect_timeout_seconds = CONNECT_S
    read_timeout_seconds = READ_S
    max_retry_attempts = RETRIES


class Board(GlobalSecondaryIndex["EventRow"]):  # type: ignore[no-untyped-call]
    """Published sessions by their start."""

    class Meta:
        index_name = "board"
        projection = AllProjection()

    listing = UnicodeAttribute(hash_key=True)
    starts_at = UnicodeAttribute(range_key=True)


class EventRow(Model):
    """An event (item "event") or one of its sessions (item is the session's id)."""

    class Meta(_Meta):
        pass

    event_id = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    version = NumberAttribute()
    facts = JSONAttribute()
    free = NumberAttribute(null=True)
    listing = UnicodeAttribute(null=True)
    starts_at = UnicodeAttribute(null=True)
    expires_at = NumberAttribute(null=True)
    board = Board()


class Due(GlobalSecondaryIndex["BookingRow"]):  # type: ignore[no-untyped-call]
    """What the passing of time changes next, soonest first."""

    class Meta:
        index_name = "due"
        projection = KeysOnlyProjection()

    due = UnicodeAttribute(hash_key=True)
    due_at = UnicodeAttribute(range_key=True)


class Cars(GlobalSecondaryIndex["BookingRow"]):  # type: ignore[no-untyped-call]
    """The cars of an event that somebody may ask for a place."""

    class Meta:
        index_name = "cars"
        projection = AllProjection()

    cars = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class BookingRow(Model):
    """A sign-up, offer, request or lift of a campaign day; its claims and its runs.

    Beside each day lies a partition of its known drives, as `packed` (see `drives`).
    """

    class Meta(_Meta):
        pass

    day = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    version = NumberAttribute(null=True)
    state = UnicodeAttribute(null=True)
    facts = JSONAttribute(null=True)
    holder = UnicodeAttribute(null=True)
    run = NumberAttribute(null=True)
    packed = BinaryAttribute(legacy_encoding=False, null=True)
    due = UnicodeAttribute(null=True)
    due_at = UnicodeAttribute(null=True)
    cars = UnicodeAttribute(null=True)
    expires_at = NumberAttribute(null=True)
    by_deadline = Due()
    by_event = Cars()


class LinkRow(Model):
    """A mailed link, as the SHA-256 of its token."""

    class Meta(_Meta):
        pass

    thing = UnicodeAttribute(hash_key=True)
    token_hash = UnicodeAttribute(range_key=True)
    purpose = UnicodeAttribute()
    made_at = UnicodeAttribute()
    expires_at = NumberAttribute()


class DraftRow(Model):
    """A form that is being filled in."""

    class Meta(_Meta):
        pass

    id = UnicodeAttribute(hash_key=True)
    version = NumberAttribute()
    facts = JSONAttribute()
    expires_at = NumberAttribute()


class Owed(GlobalSecondaryIndex["OutboxRow"]):  # type: ignore[no-untyped-call]
    """What still has to be done, oldest first; done rows are not in it."""

    class Meta:
        index_name = "owed"
        projection = AllProjection()

    owed = UnicodeAttribute(hash_key=True)
    owed_at = UnicodeAttribute(range_key=True)


class OutboxRow(Model):
    """A letter or a run that is owed, or was."""

    class Meta(_Meta):
        pass

    id = UnicodeAttribute(hash_key=True)
    state = UnicodeAttribute()
    facts = JSONAttribute()
    owed = UnicodeAttribute(null=True)
    owed_at = UnicodeAttribute()
    made_at = UnicodeAttribute(null=True)
    handed_at = UnicodeAttribute(null=True)
    claimed_at = UnicodeAttribute(null=True)
    claimant = UnicodeAttribute(null=True)
    message_id = UnicodeAttribute(null=True)
    expires_at = NumberAttribute()
    index = Owed()


class LimitRow(Model):
    """What holds letters back: addresses not to write to, counts of a day, the breaker.

    A count is a set of what was counted, so that counting again counts once.
    """

    class Meta(_Meta):
        pass

    id = UnicodeAttribute(hash_key=True)
    version = NumberAttribute(null=True)
    facts = JSONAttribute(null=True)
    counted = UnicodeSetAttribute(null=True)
    expires_at = NumberAttribute(null=True)


_LOADER = Loader()
"""Reads botocore's descriptions of AWS once a process: they are megabytes, and a session of its
own would read them again. For the same reason all tables share one connection, and so its client,
where PynamoDB would make one for each."""

TABLES: dict[str, type[Model]] = {
    "events": EventRow,
    "bookings": BookingRow,
    "links": LinkRow,
    "drafts": DraftRow,
    "outbox": OutboxRow,
    "limits": LimitRow,
}


def connect(prefix: str, region: str, host: str | None) -> Connection:
    """Point every table at the database, and return the connection for transactions.

    Parameters
    ----------
    prefix
        What the tables' names begin with, as in `infra/data.yaml`.
    host
        Address of another database than AWS's; None for AWS.
    """
    connection = Connection(
        region=region,
        host=host,
        connect_timeout_seconds=CONNECT_S,
        read_timeout_seconds=READ_S,
        max_retry_attempts=RETRIES,
    )
    connection.session.register_component("data_loader", _LOADER)
    for name, row in TABLES.items():
        row.Meta.table_name = f"{prefix}-{name}"
        row.Meta.region, row.Meta.host = region, host
        row._connection = None
        table = row._get_connection()
        connection.add_meta_table(table.get_meta_table())
        table.connection = connection
    return connection
