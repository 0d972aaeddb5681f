"""Reads DynamoDB's expressions: conditions, filters, keys, updates and projections.

Names ("#name") are replaced while reading. The same text with the same names is read once
in the life of the process. Of the grammar only reserved words are not minded: PynamoDB
never writes a name out. Begin with `condition`, `update` and `projection`.
"""

from functools import lru_cache

from simulation.tables.reader import Reader, reader_of
from simulation.tables.syntax import (
    Action,
    Between,
    Call,
    Comparison,
    Given,
    In,
    Joined,
    Not,
    Operand,
    Path,
    Sum,
    Test,
)

Names = tuple[tuple[str, str], ...]
"""The request's names for attributes: ("#0", "state")."""

_COMPARING = {"=", "<>", "<", "<=", ">", ">="}
_TESTS = {
    "attribute_exists": 1,
    "attribute_not_exists": 1,
    "attribute_type": 2,
    "begins_with": 2,
    "contains": 2,
}
_OF_UPDATES = {"if_not_exists": 2, "list_append": 2}
_SECTIONS = ("SET", "REMOVE", "ADD", "DELETE")


def condition(label: str, text: str, names: Names) -> tuple[Test, frozenset[str]]:
    """Read a condition, filter or key condition; *label* is what the request calls it.

    Returns
    -------
    tuple[Test, frozenset[str]]
        What it says, and the "#names" and ":values" that it uses.

    Raises
    ------
    Refused
        When it cannot be read.
    """
    reader = reader_of(label, text, names)
    test = _either(reader)
    return test, _all_read(reader)


@lru_cache(maxsize=4096)
def update(text: str, names: Names) -> tuple[tuple[Action, ...], frozenset[str]]:
    """Read an update; returns and raises as `condition`."""
    reader = reader_of("UpdateExpression", text, names)
    actions: list[Action] = []
    seen: set[str] = set()
    while reader.peek():
        section = reader.take().upper()
        if section not in _SECTIONS or section in seen:
            raise reader.wrong(f"Syntax error or a section used twice; token: {section}")
        seen.add(section)
        actions.append(_action(reader, section))
        while reader.took(","):
            actions.append(_action(reader, section))
    _require_apart(reader, [action.path.parts for action in actions])
    return tuple(actions), _all_read(reader)


@lru_cache(maxsize=4096)
def projection(text: str, names: Names) -> tuple[tuple[Path, ...], frozenset[str]]:
    """Read a projection; returns and raises as `condition`."""
    reader = reader_of("ProjectionExpression", text, names)
    paths = [_path(reader)]
    while reader.took(","):
        paths.append(_path(reader))
    _require_apart(reader, [path.parts for path in paths])
    return tuple(paths), _all_read(reader)


def _all_read(reader: Reader) -> frozenset[str]:
    if reader.peek():
        raise reader.wrong(f"Syntax error; token: {reader.peek()!r}")
    return frozenset(reader.used)


def _require_apart(reader: Reader, paths: list[tuple[str | int, ...]]) -> None:
    for number, one in enumerate(paths):
        for other in paths[:number]:
            shorter = min(len(one), len(other))
            if one[:shorter] == other[:shorter]:
                raise reader.wrong("Two document paths overlap with each other")


def _either(reader: Reader) -> Test:
    test = _both(reader)
    while reader.took("OR"):
        test = Joined("OR", test, _both(reader))
    return test


def _both(reader: Reader) -> Test:
    test = _one(reader)
    while reader.took("AND"):
        test = Joined("AND", test, _one(reader))
    return test


def _one(reader: Reader) -> Test:
    if reader.took("NOT"):
        return Not(_one(reader))
    if reader.took("("):
        return _enclosed(reader)
    if reader.peek() in _TESTS:
        return _call(reader, _TESTS)
    return _compared(reader)


def _enclosed(reader: Reader) -> Test:
    start = reader.at
    test = _either(reader)
    if (start, reader.at) in reader.enclosed:
        raise reader.wrong("The expression has redundant parentheses;")
    reader.take(")")
    reader.enclosed.add((start - 1, reader.at))
    return test


def _compared(reader: Reader) -> Test:
    left = _operand(reader, {"size": 1})
    if reader.took("BETWEEN"):
        least = _operand(reader, {"size": 1})
        reader.take("AND")
        return Between(left, least, _operand(reader, {"size": 1}))
    if reader.took("IN"):
        reader.take("(")
        choices = [_operand(reader, {"size": 1})]
        while reader.took(","):
            choices.append(_operand(reader, {"size": 1}))
        reader.take(")")
        return In(left, tuple(choices))
    operator = reader.take()
    if operator not in _COMPARING:
        raise reader.wrong(f"Syntax error; token: {operator!r}")
    right = _operand(reader, {"size": 1})
    if left == right:
        raise reader.wrong("The first operand must be distinct from the remaining operands")
    return Comparison(operator, left, right)


def _action(reader: Reader, section: str) -> Action:
    path = _path(reader)
    if section == "REMOVE":
        return Action(section, path, None)
    if section != "SET":
        return Action(section, path, _given(reader))
    reader.take("=")
    left = _operand(reader, _OF_UPDATES)
    if reader.peek() not in {"+", "-"}:
        return Action(section, path, left)
    return Action(section, path, Sum(reader.take(), left, _operand(reader, _OF_UPDATES)))


def _operand(reader: Reader, functions: dict[str, int]) -> Operand:
    if reader.peek().startswith(":"):
        return _given(reader)
    if reader.peek() in functions and reader.tokens[reader.at + 1 : reader.at + 2] == ["("]:
        return _call(reader, functions)
    return _path(reader)


def _call(reader: Reader, functions: dict[str, int]) -> Call:
    name = reader.take()
    reader.take("(")
    arguments = [_operand(reader, functions)]
    while reader.took(","):
        arguments.append(_operand(reader, functions))
    reader.take(")")
    if len(arguments) != functions[name]:
        raise reader.wrong(f"Incorrect number of operands for operator or function: {name}")
    needs_path = name not in {"list_append", "size", "begins_with", "contains"}
    if needs_path and not isinstance(arguments[0], Path):
        raise reader.wrong(f"Operator or function requires a document path: {name}")
    return Call(name, tuple(arguments))


def _given(reader: Reader) -> Given:
    name = reader.take()
    if not name.startswith(":"):
        raise reader.wrong(f"Syntax error; token: {name!r}")
    reader.used.add(name)
    return Given(name)


def _path(reader: Reader) -> Path:
    parts: list[str | int] = [_name(reader)]
    while reader.peek() in {".", "["}:
        if reader.take() == ".":
            parts.append(_name(reader))
            continue
        parts.append(int(reader.take()) if reader.peek().isdigit() else reader.take("a number"))
        reader.take("]")
    return Path(tuple(parts))


def _name(reader: Reader) -> str:
    token = reader.take()
    if token.startswith("#"):
        reader.used.add(token)
        if token not in reader.names:
            raise reader.wrong(f"An expression attribute name is not defined: {token}")
        return reader.names[token]
    if not (token[0].isalpha() or token[0] == "_"):
        raise reader.wrong(f"Syntax error; token: {token!r}")
    return token
