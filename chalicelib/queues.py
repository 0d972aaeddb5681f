"""The two queues: letters to send, and campaign days to match."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.errors import Busy

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class Queues(Protocol):
    """Takes work for later."""

    def mail(self, row_id: str) -> None:
        """Have the mail worker look at that outbox row."""

    def match(self, day: str, now: datetime) -> None:
        """Have the solver run that campaign day."""


@dataclass(frozen=True, slots=True)
class SqsQueues:
    """The real queues.

    Calls for one day within `run_every_s` seconds share a deduplication id, and the queue
    holds each message back for as long: one run, after the last of them. (SQS forgets a
    deduplication id after 5 minutes, so `run_every_s` is at most 300.)
    """

    client: "SQSClient"
    mail_url: str
    match_url: str
    run_every_s: int

    def mail(self, row_id: str) -> None:
        """Send the row's id."""
        try:
            self.client.send_message(QueueUrl=self.mail_url, MessageBody=json.dumps({"id": row_id}))
        except (ClientError, BotoCoreError) as error:
            raise Busy("The mail queue did not answer.") from error

    def match(self, day: str, now: datetime) -> None:
        """Send the day, once for each span of `run_every_s`."""
        span = int(now.timestamp()) // self.run_every_s
        try:
            self.client.send_message(
                QueueUrl=self.match_url,
                MessageBody=json.dumps({"day": day}),
                MessageGroupId=day,
                MessageDeduplicationId=f"{day}.{span}",
            )
        except (ClientError, BotoCoreError) as error:
            raise Busy("The match queue did not answer.") from error
