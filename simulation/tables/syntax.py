"""What an expression says: the nodes that `expressions` makes of its text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Path:
    """Where in an item: names, and numbers of list elements."""

    parts: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """A value that the request gives beside the expression, by its ":name"."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function: of a condition ("begins_with") or of an update ("if_not_exists")."""

    function: str
    arguments: tuple["Operand", ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Two numbers of an update, with "+" or "-" between them."""

    operator: str
    left: "Operand"
    right: "Operand"


Operand = Path | Given | Call | Sum


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two operands, with "=", "<>", "<", "<=", ">" or ">=" between them."""

    operator: str
    left: Operand
    right: Operand


@dataclass(frozen=True, slots=True)
class Between:
    """An operand, and the least and the most that it may be."""

    operand: Operand
    least: Operand
    most: Operand


@dataclass(frozen=True, slots=True)
class In:
    """An operand, and what it may equal."""

    operand: Operand
    choices: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary."""

    test: "Test"


@dataclass(frozen=True, slots=True)
class Joined:
    """Two tests, with "AND" or "OR" between them."""

    word: str
    left: "Test"
    right: "Test"


Test = Comparison | Between | In | Not | Joined | Call


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that an update does: "SET", "ADD" or "DELETE" with a value, or "REMOVE"."""

    section: str
    path: Path
    operand: Operand | None
