"""Random updates of items, as expressions: of attributes, and of what lies in them."""

from collections.abc import Iterator
from random import Random
from typing import Any

from tests.simulation.tables.pieces import ATTRIBUTES, FLAT, Draft, fitting, value

Call = tuple[str, dict[str, Any]]
"""A method of boto3's client, and its arguments."""


def changes(draft: Draft) -> str:
    """An update expression."""
    draws = draft.draws
    sections: dict[str, list[str]] = {}
    free = draws.sample((*ATTRIBUTES, "g"), draws.randint(1, 4))
    if draws.random() < 0.02 and not draft.strict:
        free.append(free[0])
    for attribute in free:
        section, change = _change(draft, attribute)
        sections.setdefault(section, []).append(change)
    return " ".join(f"{section} {', '.join(changes)}" for section, changes in sections.items())


def _change(draft: Draft, attribute: str) -> tuple[str, str]:  # noqa: PLR0911  (one a kind)
    draws, name = draft.draws, draft.name(attribute)
    if draws.random() < 0.15:
        return "REMOVE", name
    if draws.random() < 0.15:
        inner = "" if attribute == "k" else draws.choice(("", ".x"))
        return "SET", f"{name}{inner} = {draft.value(fitting(draws, attribute))}"
    match attribute:
        case "n":
            return _number_change(draft, name)
        case "t" | "u":
            same = draft.value(value(draws, "SS" if attribute == "t" else "NS"))
            return draws.choice(("ADD", "DELETE")), f"{name} {same}"
        case "l":
            empty, more = draft.value({"L": []}), draft.value(value(draws, "L"))
            lists = draws.sample((f"if_not_exists({name}, {empty})", more), 2)
            return "SET", f"{name} = list_append({', '.join(lists)})"
        case "g":
            wrong = {} if draft.strict else value(draws, "S")
            return "SET", f"{name} = {draft.value(wrong or {'S': draws.choice('GH')})}"
        case "s":
            return "SET", f"{name} = if_not_exists({draft.name('b')}, {draft.value({'S': 'z'})})"
    return "SET", f"{name} = {draft.value(fitting(draws, attribute))}"


def _number_change(draft: Draft, name: str) -> tuple[str, str]:
    step = draft.value(value(draft.draws, "N"))
    if draft.draws.random() < 0.4:
        return "ADD", f"{name} {step}"
    start = draft.value({"N": "5"})
    there = draft.draws.choice((name, f"if_not_exists({name}, {start})"))
    if there == name:
        del draft.values[start]
    return "SET", f"{name} = {there} {draft.draws.choice('+-')} {step}"


def nested(draws: Random) -> Iterator[Call]:
    """Store a map and a list, and change what is in them."""
    whole = {"p": {"S": "a"}, "m": value(draws, "M"), "l": {"L": [{"S": "a"}, {"N": "1"}]}}
    yield "put_item", {"TableName": FLAT, "Item": whole}
    steps = ("REMOVE m.x", "REMOVE m.z", "REMOVE l[0]", "REMOVE l[1], m.y")
    sets = ("SET m.z = :v", "SET l[0] = :v", "SET l[2] = :v, m.x = :v REMOVE l[0]", "ADD m.y :v")
    change = draws.choice((*steps, *sets))
    asked = {"TableName": FLAT, "Key": {"p": {"S": "a"}}, "UpdateExpression": change}
    given = {"ExpressionAttributeValues": {":v": {"N": "7"}}} if ":v" in change else {}
    yield "update_item", {**asked, **given, "ReturnValues": "ALL_NEW"}
