"""Changing what one has sent, an answer at a time, by the very questions that asked for it.

`show` and `answer` are all there is; `stored` turns what is kept back into answers as
typed, and `deeds` does what a new answer means.
"""

from chalicelib.services.changing.asking import answer, show
from chalicelib.services.changing.stored import QUESTIONS

__all__ = ["QUESTIONS", "answer", "show"]
