"""What runs without a request: the outbox's stream, the mail queue, SES's news, schedules.

A message that fails is reported alone (partial batch answer), so that a poison one
delays nobody and ends in the dead-letter queue after 5 deliveries (PROMISES R10).
"""

import json
import logging
from collections.abc import Callable
from typing import Any

from chalice.app import Blueprint, CloudWatchEvent, Cron, Rate

from chalicelib import news, wiring
from chalicelib.services import days, deadlines, letters, outbox, turn_up

bp = Blueprint(__name__)
log = logging.getLogger("marginal_lifts")

Event = dict[str, Any]


@bp.lambda_function(name="relay")
def relay(event: Event, _context: object) -> Event:
    """Hand on what the outbox's stream shows as newly owed: DynamoDB stream event in.

    What a worker gives back is not new: handed on at once it would go round and round while
    the carrier is down. That, and what is held, is for the sweep.
    """
    failed = []
    for record in event["Records"]:
        try:
            outbox.hand_on_new(wiring.adapters(), _row(record["dynamodb"].get("NewImage", {})))
        except Exception:
            log.exception("relay: record %s", record.get("eventID"))
            failed.append({"itemIdentifier": record["dynamodb"]["SequenceNumber"]})
            # A stream is in order: Lambda begins again at the first that failed.
            break
    return {"batchItemFailures": failed}


def _row(image: Event) -> dict[str, str]:
    """The texts of an item as streams have it."""
    return {name: value["S"] for name, value in image.items() if "S" in value}


@bp.lambda_function(name="mail")
def mail(event: Event, _context: object) -> Event:
    """Send the letters that an SQS event names by their outbox rows."""
    return each_message(
        event, lambda body: letters.deliver(wiring.adapters(), json.loads(body)["id"])
    )


@bp.lambda_function(name="mail_events")
def mail_events(event: Event, _context: object) -> None:
    """Take in what SES says, by way of SNS, has become of letters.

    What cannot be read is named by its SNS id and dropped: it would never be readable. When
    it cannot be stored this fails, and Lambda brings the whole event again.
    """
    for record in event.get("Records", []):
        message = record.get("Sns", {})
        try:
            report = news.read(message["Message"])
        except (ValueError, KeyError, TypeError, AttributeError):
            log.warning("mail event %s cannot be read", message.get("MessageId"))
            continue
        if report is not None:
            letters.learn(wiring.adapters(), report)


@bp.schedule(Rate(1, unit=Rate.MINUTES), name="sweep")
def sweep(_event: CloudWatchEvent) -> None:
    """Hand on again what was lost on the way."""
    outbox.sweep(wiring.adapters())


@bp.schedule(Rate(1, unit=Rate.MINUTES), name="deadlines")
def pass_deadlines(_event: CloudWatchEvent) -> None:
    """Lock, expire, end and remind what the time has come for."""
    deadlines.pass_time(wiring.adapters())


@bp.schedule(Cron(30, 2, "*", "*", "?", "*"), name="count")
def count(_event: CloudWatchEvent) -> None:
    """Count who came on the last days."""
    turn_up.count(wiring.adapters())


@bp.schedule(Cron(0, 20, "*", "*", "?", "*"), name="nightly")
def nightly(_event: CloudWatchEvent) -> None:
    """Have every coming campaign day matched, and yesterday closed."""
    days.owe_all(wiring.adapters())


@bp.schedule(Rate(1, unit=Rate.HOURS), name="hourly")
def hourly(_event: CloudWatchEvent) -> None:
    """Have today and tomorrow matched."""
    days.owe_near(wiring.adapters())


def each_message(event: Event, deed: Callable[[str], object]) -> Event:
    """Do *deed* with each message's body; name those that failed."""
    failed = []
    for message in event["Records"]:
        try:
            deed(message["body"])
        except Exception:
            log.exception("message %s", message["messageId"])
            failed.append({"itemIdentifier": message["messageId"]})
    return {"batchItemFailures": failed}
