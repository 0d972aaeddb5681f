"""The Lambda entry point of the solver: the only function that carries OR-Tools."""

import json
from typing import Any

from chalicelib import jobs, wiring
from chalicelib.services import runs
from matching.solve import solve


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Run each campaign day of an SQS event; say which messages are to come again."""
    return jobs.each_message(
        event, lambda body: runs.run(wiring.adapters(), json.loads(body)["day"], solve=solve)
    )
