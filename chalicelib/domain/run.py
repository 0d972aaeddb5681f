"""What one execution of the matching did on one campaign day."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.drives import ESTIMATED, Sources


@dataclass(frozen=True, slots=True)
class Run:
    """A run, as it is kept for those who run the campaign.

    Attributes
    ----------
    token
        Its number on that day: the fencing token.
    inputs
        SHA-256 of the problem as it was asked.
    worth, bound, gap
        The objective's first level, its proven upper bound, and the gap between them.
    seconds
        What the solver took.
    proposed, stranded, refused
        Lifts proposed; requests without one; lifts that a change meanwhile made void.
    drives
        Where its drive times came from.
    """

    day: str
    token: int
    at: datetime
    inputs: str
    status: str
    worth: int
    bound: int
    gap: float
    seconds: float
    proposed: int
    stranded: int
    refused: int
    drives: Sources = ESTIMATED
