"""The forms by which people ask, offer and propose: one question a page.

`catalogue.JOURNEYS` has them all, as data that `question` describes. `begin` and `start`
are for a form's first page, `show` and `answer` for each question, `review` and `send` for
the last one, `sent` for what comes after. All of them say what to show, as in `pages`.

Answers are kept as typed, in a draft, for a day. It refuses to keep what cannot be used:
that is shown again, with what is wrong beside it.
"""

from chalicelib.services.journeys.arrival import Given
from chalicelib.services.journeys.beginning import begin, start
from chalicelib.services.journeys.catalogue import JOURNEYS
from chalicelib.services.journeys.filling import answer, show
from chalicelib.services.journeys.pages import Closed, Onward, Page, Review, Sent
from chalicelib.services.journeys.review import review, send, sent

__all__ = [
    "JOURNEYS",
    "Closed",
    "Given",
    "Onward",
    "Page",
    "Review",
    "Sent",
    "answer",
    "begin",
    "review",
    "send",
    "sent",
    "show",
    "start",
]
