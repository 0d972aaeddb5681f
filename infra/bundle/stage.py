"""What the functions of a proof find around them: a database, queues, SES, and people.

The database and the stand-ins are the local service's, tables and queues come from data.yaml,
the people from its sample campaign. The functions are told that they are live.
"""

import importlib
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

from chalicelib.storage.owing import QUEUES
from infra import child, dynoxide, world
from infra.bundle import events


@dataclass(frozen=True, slots=True)
class Stage:
    """A prepared one; its own folder holds letters and positions."""

    folder: Path
    environment: dict[str, str]
    dynamodb: Any
    streams: Any
    sqs: Any

    @property
    def letters(self) -> int:
        """How many letters SES has taken."""
        return len(list((self.folder / "mail").glob("*.eml")))

    @property
    def owed_letters(self) -> int:
        """How many letters the outbox owes."""
        owed = [item.get("owed", {}).get("S", "") for item in self.items("outbox")]
        return sum(queue in QUEUES.values() for queue in owed)

    def items(self, table: str) -> list[dict[str, Any]]:
        """Every item of a table ("drafts")."""
        pages = self.dynamodb.get_paginator("scan").paginate(TableName=f"{world.PREFIX}-{table}")
        return [item for page in pages for item in page["Items"]]

    def waiting(self, queue: str) -> int:
        """How many messages wait in a queue ("MAIL", "MATCH"), be it for their time."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesDelayed"]
        told = self.sqs.get_queue_attributes(QueueUrl=self.url(queue), AttributeNames=names)
        return sum(int(told["Attributes"][name]) for name in names)

    def url(self, queue: str) -> str:
        """The address of a queue ("MAIL", "MATCH")."""
        return self.environment[f"MARGINAL_{queue}_QUEUE_URL"]

    def days(self) -> list[str]:
        """The days that have both drivers and riders, the smallest first."""
        kinds: dict[str, Counter[str]] = {}
        for item in self.items("bookings"):
            day, kind = item["day"]["S"], item["id"]["S"].partition("-")[0]
            kinds.setdefault(day, Counter())[kind] += 1
        both = {day: found for day, found in kinds.items() if found["offer"] and found["request"]}
        return sorted(both, key=lambda day: both[day]["offer"] + both[day]["request"])

    def lifts(self, day: str) -> int:
        """How many lifts of a day are stored."""
        found = [item for item in self.items("bookings") if item["day"]["S"] == day]
        return sum(item["id"]["S"].startswith("lift-") for item in found)


@contextmanager
def standing(folder: Path) -> Iterator[Stage]:
    """Set one up, its files in *folder*."""
    world.forget_real_accounts()
    with dynoxide.running(None) as database:
        standins = child.start("infra.standins", str(folder / "mail"))
        try:
            world.prepare(folder, f"https://{events.HOST}", database, standins.announced)
            importlib.import_module("infra.sample").load(
                importlib.import_module("chalicelib.wiring").adapters()
            )
            yield Stage(
                folder,
                _environment(),
                boto3.client("dynamodb"),
                boto3.client("dynamodbstreams", endpoint_url=database),
                boto3.client("sqs"),
            )
        finally:
            child.stop([standins])


def _environment() -> dict[str, str]:
    ours = {name: os.environ[name] for name in os.environ if name.startswith(("AWS_", "MARGINAL_"))}
    del ours["MARGINAL_LOCAL_FOLDER"]
    return ours | {"MARGINAL_STAGE": "live", "AWS_REGION": ours["AWS_DEFAULT_REGION"]}
