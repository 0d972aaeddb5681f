"""The words of an expression, one after the other."""

import re
from dataclasses import dataclass, field

from simulation.refusals import Refused, invalid

_TOKEN = re.compile(r"\s*(<>|<=|>=|[-+=<>(),.\[\]]|[#:]\w+|[A-Za-z_]\w*|\d+)")


@dataclass(slots=True)
class Reader:
    """A text on its way to being read, and which names and values it has used.

    Attributes
    ----------
    label
        What the request calls the expression: "ConditionExpression".
    names
        What its "#names" stand for.
    used
        The "#names" and ":values" that have been read so far.
    enclosed
        (first token, token after the last) of what has stood in parentheses so far.
    """

    label: str
    tokens: list[str]
    names: dict[str, str]
    at: int = 0
    used: set[str] = field(default_factory=set)
    enclosed: set[tuple[int, int]] = field(default_factory=set)

    def peek(self) -> str:
        """The next token, "" at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        """Read the next token.

        Raises
        ------
        Refused
            At the end, and when another one is *wanted*.
        """
        token = self.peek()
        if not token or (wanted and token.upper() != wanted):
            raise self.wrong(f"Syntax error; token: {token or '<EOF>'!r}")
        self.at += 1
        return token

    def took(self, wanted: str) -> bool:
        """Read the next token if it is that word, in capitals or not."""
        if self.peek().upper() != wanted:
            return False
        self.at += 1
        return True

    def wrong(self, why: str) -> Refused:
        """The refusal of this expression."""
        return invalid(f"Invalid {self.label}: {why}")


def reader_of(label: str, text: str, names: tuple[tuple[str, str], ...]) -> Reader:
    """A reader at the beginning of *text*.

    Raises
    ------
    Refused
        When it is empty, or holds what no expression can.
    """
    tokens, at, end = [], 0, len(text.rstrip())
    while at < end:
        if not (found := _TOKEN.match(text, at)):
            raise invalid(f"Invalid {label}: Syntax error; token: {text[at]!r}")
        tokens.append(found.group(1))
        at = found.end()
    if not tokens:
        raise invalid(f"Invalid {label}: The expression can not be empty;")
    return Reader(label, tokens, dict(names))
