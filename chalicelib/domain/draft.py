"""A form that is being filled in, question by question."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.errors import Conflict

DRAFT_KEPT = timedelta(hours=24)
"""How long an unfinished form waits for its writer."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The answers so far, as typed: nothing is lost when one of them is refused.

    Attributes
    ----------
    id
        256 random bits, base64url: who has it may go on with the form.
    journey
        Which form: the key of `services.journeys.JOURNEYS`.
    answers
        Field name -> text as typed.
    made
        Ids of what the form has made once it was sent; the answers are gone then.
    """

    id: str
    journey: str
    answers: Mapping[str, str]
    created_at: datetime
    made: tuple[str, ...] = ()
    version: int = 0


def answer(draft: Draft, fields: Mapping[str, str]) -> Draft:
    """Put in, or put right, some answers.

    Raises
    ------
    Conflict
        When the form has been sent.
    """
    if draft.made:
        raise Conflict("This form has been sent already. Look for our letter in your inbox.")
    return replace(draft, answers={**draft.answers, **fields})


def sent(draft: Draft, made: tuple[str, ...]) -> Draft:
    """The form as it is kept once sent: what it made, and no answers."""
    return replace(draft, answers={}, made=made)
