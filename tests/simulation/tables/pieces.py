"""What random calls to DynamoDB are made of: keys, values, items and conditions.

Few keys and few attributes, so that calls meet; now and then a wrong one. `sequences`
puts them together.
"""

from dataclasses import dataclass, field
from random import Random
from typing import Any

WIDE, FLAT = "wide-things", "flat-things"
"""A table with a sort key and two indexes, and one with neither but one index of keys."""

TABLES: list[dict[str, Any]] = [
    {
        "TableName": WIDE,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [
            {"AttributeName": name, "AttributeType": kind}
            for name, kind in (("p", "S"), ("r", "N"), ("g", "S"), ("h", "N"))
        ],
        "KeySchema": [
            {"AttributeName": "p", "KeyType": "HASH"},
            {"AttributeName": "r", "KeyType": "RANGE"},
        ],
        "GlobalSecondaryIndexes": [
            {
                "IndexName": "by-g",
                "KeySchema": [
                    {"AttributeName": "g", "KeyType": "HASH"},
                    {"AttributeName": "h", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "ALL"},
            },
            {
                "IndexName": "by-g-alone",
                "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            },
        ],
    },
    {
        "TableName": FLAT,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [
            {"AttributeName": name, "AttributeType": "S"} for name in ("p", "g")
        ],
        "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}],
        "GlobalSecondaryIndexes": [
            {
                "IndexName": "by-g",
                "KeySchema": [
                    {"AttributeName": "g", "KeyType": "HASH"},
                    {"AttributeName": "p", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["n"]},
            },
        ],
    },
]

TEXTS = ("", "a", "ab", "abc", "b", "Zoë", "😀")
NUMBERS = ("0", "-0", "1", "2", "007", "1.50", "-2", "1e2", "10", "3.14159")
ATTRIBUTES = ("n", "s", "t", "u", "l", "m", "b", "k")


@dataclass(slots=True)
class Draft:
    """The expressions of a call while it is made: placeholders for names and values."""

    draws: Random
    strict: bool = False
    """Whether operators get only values that they can take."""
    names: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    def name(self, attribute: str) -> str:
        """A placeholder for a name."""
        placeholder = f"#n{len(self.names)}"
        self.names[placeholder] = attribute
        return placeholder

    def value(self, given: Any) -> str:
        """A placeholder for a value."""
        placeholder = f":v{len(self.values)}"
        self.values[placeholder] = given
        return placeholder

    def path(self, attribute: str | None = None) -> str:
        """Some attribute, sometimes what lies in it."""
        top = self.name(attribute or self.draws.choice(ATTRIBUTES))
        return top + self.draws.choice(("", "", "", "", ".x", "[0]", "[1]"))

    def given(self) -> dict[str, Any]:
        """The names and values as the call gives them."""
        given: dict[str, Any] = {}
        if self.names:
            given["ExpressionAttributeNames"] = self.names
        if self.values:
            given["ExpressionAttributeValues"] = self.values
        return given


def key(draws: Random, table: str) -> dict[str, Any]:
    """A key; now and then a wrong one."""
    made = {"p": {"S": draws.choice("abc")}}
    if table == WIDE:
        made["r"] = {"N": draws.choice(("0", "1", "1.0", "2", "-3", "10"))}
    if draws.random() < 0.02:
        wrong: tuple[dict[str, Any], ...] = (
            {"p": {"S": ""}},
            {"p": {"N": "1"}},
            {"q": {"S": "a"}},
            {},
        )
        return {**made, **draws.choice(wrong)} if draws.random() < 0.5 else draws.choice(wrong)
    return made


def value(draws: Random, kind: str = "") -> Any:  # noqa: PLR0911  (one a type)
    """A value of that type, or of any."""
    match kind or draws.choice(("S", "N", "N", "B", "BOOL", "SS", "NS", "L", "M")):
        case "S":
            return {"S": draws.choice(TEXTS)}
        case "N":
            return {"N": draws.choice(NUMBERS)}
        case "B":
            return {"B": draws.choice((b"a", b"ab", b"\xff\x00"))}
        case "BOOL":
            return {"BOOL": draws.random() < 0.5}
        case "SS":
            return {"SS": draws.sample(("a", "ab", "b", "c"), draws.randint(1, 3))}
        case "NS":
            return {"NS": draws.sample(("1", "2", "3.5", "10"), draws.randint(1, 3))}
        case "L":
            return {"L": [value(draws, draws.choice("SN")) for _ in range(draws.randint(0, 3))]}
    return {"M": {"x": value(draws, draws.choice("SN")), "y": {"N": "1"}}}


def fitting(draws: Random, attribute: str) -> Any:
    """A value of the type that this attribute mostly has."""
    if attribute == "k" and draws.random() < 0.2:
        return {"NULL": True}
    usual = {"n": "N", "s": "S", "t": "SS", "u": "NS", "l": "L", "m": "M", "b": "B"}
    return value(draws, usual.get(attribute, "") if draws.random() < 0.9 else "")


def item(draws: Random, table: str) -> dict[str, Any]:
    """An item; now and then one that cannot be stored."""
    made = key(draws, table)
    for attribute in draws.sample(ATTRIBUTES, draws.randint(0, 5)):
        made[attribute] = fitting(draws, attribute)
    if draws.random() < 0.5:
        made["g"] = {"S": draws.choice("GH")}
        made["h"] = {"N": draws.choice(("1", "2", "2.0"))}
    if draws.random() < 0.03:
        made["k"] = draws.choice(
            ({"SS": []}, {"SS": ["a", "a"]}, {"N": "x"}, {"NS": ["1", "1.0"]}, {"N": "1" * 39})
        )
    if draws.random() < 0.03:
        made["g"] = draws.choice(({"S": ""}, {"N": "1"}))
    return made


def condition(draft: Draft, depth: int = 0) -> str:
    """A condition, of up to four parts."""
    draws = draft.draws
    if depth < 2 and draws.random() < 0.4:
        left, right = condition(draft, depth + 1), condition(draft, depth + 1)
        word = draws.choice(("AND", "OR", "and"))
        return draws.choice((f"({left}) {word} ({right})", f"({left} {word} {right})"))
    if draws.random() < 0.15:
        return f"NOT ({condition(draft, 2)})"
    attribute = draws.choice(ATTRIBUTES)
    path = draft.path(attribute)
    return draws.choice((_of_one_value, _of_more, _of_none))(draft, path, attribute)


def _of_one_value(draft: Draft, path: str, attribute: str) -> str:
    draws = draft.draws
    usual = value(draws, draws.choice("SNB"))
    match draws.choice(("compare", "equal", "begins", "contains", "size", "type")):
        case "compare":
            return f"{path} {draws.choice(('<', '<=', '>', '>='))} {draft.value(usual)}"
        case "equal":
            right = draft.value(fitting(draws, attribute))
            return f"{path} {draws.choice(('=', '<>'))} {right}"
        case "begins":
            beginning = value(draws, "S" if draft.strict else draws.choice("SSSN"))
            return f"begins_with({path}, {draft.value(beginning)})"
        case "contains":
            return f"contains({path}, {draft.value(usual)})"
        case "size":
            return f"size({path}) {draws.choice(('=', '<', '>='))} {draft.value({'N': '2'})}"
    return f"attribute_type({path}, {draft.value({'S': draws.choice(('S', 'N', 'L', 'SS'))})})"


def _of_more(draft: Draft, path: str, attribute: str) -> str:
    if draft.draws.random() < 0.5:
        least, most = _ends(draft)
        return f"{path} BETWEEN {draft.value(least)} AND {draft.value(most)}"
    choices = ", ".join(draft.value(fitting(draft.draws, attribute)) for _ in range(2))
    return f"{path} IN ({choices})"


def _of_none(draft: Draft, path: str, _: str) -> str:
    return f"{draft.draws.choice(('attribute_exists', 'attribute_not_exists'))}({path})"


def _ends(draft: Draft) -> tuple[Any, Any]:
    if draft.strict:
        return {"N": "-2"}, value(draft.draws, "N") | {"N": "2"}
    return value(draft.draws, draft.draws.choice("NNS")), value(draft.draws, "N")


def conditioned(draft: Draft, share: float = 0.5) -> dict[str, Any]:
    """Perhaps a condition, and whether to be told of the item that fails it."""
    if draft.draws.random() >= share:
        return {}
    told = draft.draws.choice(("ALL_OLD", "NONE"))
    return {
        "ConditionExpression": condition(draft),
        "ReturnValuesOnConditionCheckFailure": told,
    }
