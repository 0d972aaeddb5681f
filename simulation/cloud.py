"""Everything of AWS that one simulated world has, made from one seed and from data.yaml.

Begin with `made`; `wire.connected` leads botocore to it.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from infra import stack
from simulation.chance import Chance
from simulation.clock import BEGINNING, Clock
from simulation.faults import Faults
from simulation.queues import Queues
from simulation.ses import Ses
from simulation.tables import calls
from simulation.tables.store import Database

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

PREFIX = "simulated"
"""What the names of tables and queues begin with."""


@dataclass(frozen=True, slots=True)
class Cloud:
    """One account of AWS, with its time and its chance.

    Attributes
    ----------
    urls
        The queues' addresses by data.yaml's names for them: "Mail", "MatchDead".
    """

    clock: Clock
    chance: Chance
    database: Database
    queues: Queues
    ses: Ses
    faults: Faults
    urls: dict[str, str]


def made(seed: int, *, at: datetime = BEGINNING, run_every_s: int | None = None) -> Cloud:
    """A new world: empty tables, empty queues, nothing sent, nothing going wrong yet.

    Parameters
    ----------
    run_every_s
        Seconds that a message to the match queue waits; data.yaml's own when None.
    """
    clock, chance = Clock(at), Chance(seed)
    database = Database(clock, chance.stream("index lag"))
    queues = Queues(clock, chance.stream("queues"))
    stack.create_tables(_tables_client(database), PREFIX)
    urls = stack.create_queues(_queues_client(queues), PREFIX, run_every_s=run_every_s)
    faults = Faults(clock, chance.stream("faults"))
    return Cloud(clock, chance, database, queues, Ses(clock), faults, urls)


def _tables_client(database: Database) -> Any:
    """As much of boto3's client as `infra.stack` needs to make tables."""

    def asks(operation: str, **request: Any) -> dict[str, Any]:
        return calls.answer(database, operation, request)

    return SimpleNamespace(
        create_table=partial(asks, "CreateTable"),
        update_time_to_live=partial(asks, "UpdateTimeToLive"),
    )


def _queues_client(queues: Queues) -> "SQSClient":
    """As much of boto3's client as `infra.stack` needs to make queues."""

    # Parameters are named as boto3 names them.
    def create_queue(QueueName: str, Attributes: dict[str, str]) -> dict[str, str]:  # noqa: N803
        return {"QueueUrl": queues.create(QueueName, Attributes).url}

    def get_queue_attributes(QueueUrl: str, **_: Any) -> dict[str, Any]:  # noqa: N803
        return {"Attributes": {"QueueArn": queues.at(QueueUrl).arn}}

    return cast(
        "SQSClient",
        SimpleNamespace(create_queue=create_queue, get_queue_attributes=get_queue_attributes),
    )
