"""When EventBridge would call a schedule's handler, and what it would say.

Only two kinds of schedule are played: a rate, which is hurried twelvefold so that nobody waits
for it at a desk, and a cron of the form "at this minute of this hour, every day", in UTC.
"""

import re
import secrets
from datetime import datetime, timedelta
from typing import Any

HURRIED = {"minute": timedelta(seconds=5), "hour": timedelta(minutes=5)}

_RATE = re.compile(r"rate\((\d+) (minute|hour)s?\)")
_DAILY = re.compile(r"cron\((\d{1,2}) (\d{1,2}) \* \* \? \*\)")


class UnknownScheduleError(ValueError):
    """A schedule of a kind that is not played locally."""


def is_due(expression: str, *, last: datetime, now: datetime) -> bool:
    """Say whether a schedule that was last called at *last* has to be called *now* (both UTC).

    Raises
    ------
    UnknownScheduleError
        When *expression* is of another kind.
    """
    if rate := _RATE.fullmatch(expression):
        return now - last >= int(rate[1]) * HURRIED[rate[2]]
    if not (daily := _DAILY.fullmatch(expression)):
        raise UnknownScheduleError(f"infra/schedules.py does not play {expression} yet.")
    minute, hour = map(int, daily.groups())
    today = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return last < (today if today <= now else today - timedelta(days=1))


def event(name: str, now: datetime) -> dict[str, Any]:
    """Write what EventBridge tells the handler of schedule *name*."""
    return {
        "version": "0",
        "id": secrets.token_hex(16),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "000000000000",
        "time": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": "eu-west-2",
        "resources": [f"arn:aws:events:eu-west-2:000000000000:rule/{name}"],
        "detail": {},
    }
