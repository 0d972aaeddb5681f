"""What each function can come to ask of its stores and queues, read from the code.

Follows every name of ours that a function mentions, whether it calls it or hands it on, so it
finds too much rather than too little. Writes by `commit` depend on their contents: those are
seen on the wire only.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from infra import child
from tests.infra.asked import MAIL, Need, queue, table

ROOTS = {
    "relay": ("chalicelib.jobs.relay",),
    "mail": ("chalicelib.jobs.mail",),
    "mail_events": ("chalicelib.jobs.mail_events",),
    "sweep": ("chalicelib.jobs.sweep",),
    "deadlines": ("chalicelib.jobs.pass_deadlines",),
    "hourly": ("chalicelib.jobs.hourly",),
    "nightly": ("chalicelib.jobs.nightly",),
    "count": ("chalicelib.jobs.count",),
    "solver": ("solver.handler",),
}
"""Function -> where it begins; the web function begins in every route."""


def _dynamodb(thing: str, *actions: str) -> set[Need]:
    name, _, index = thing.partition("/")
    return {(f"dynamodb:{action}", table(name, index)) for action in actions}


_UPDATES = ("claim", "settle", "give_back", "set_aside", "learn", "owe_again", "end_unknown",
            "handed_on", "queued")  # fmt: skip

STORES: dict[str, set[Need]] = {
    "events.get": _dynamodb("events", "Query"),
    "events.sessions": _dynamodb("events", "BatchGetItem"),
    "events.board": _dynamodb("events/board", "Query"),
    "bookings.get": _dynamodb("bookings", "BatchGetItem"),
    "bookings.many": _dynamodb("bookings", "BatchGetItem"),
    "bookings.day": _dynamodb("bookings", "Query"),
    "bookings.due": _dynamodb("bookings/due", "Query"),
    "bookings.put_off": _dynamodb("bookings", "UpdateItem"),
    "bookings.cars": _dynamodb("bookings/cars", "Query"),
    "bookings.begin_run": _dynamodb("bookings", "UpdateItem"),
    "bookings.save_run": _dynamodb("bookings", "PutItem"),
    "bookings.runs": _dynamodb("bookings", "Query"),
    "links.add": _dynamodb("links", "DeleteItem", "PutItem", "Query"),
    "links.check": _dynamodb("links", "GetItem"),
    "drafts.get": _dynamodb("drafts", "GetItem"),
    "drafts.save": _dynamodb("drafts", "PutItem"),
    **{f"outbox.{name}": _dynamodb("outbox", "UpdateItem") for name in _UPDATES},
    **{
        f"outbox.{name}": _dynamodb("outbox/owed", "Query")
        for name in ("due", "owed", "unanswered")
    },
    "outbox.state": _dynamodb("outbox", "GetItem"),
    "limits.stop": _dynamodb("limits", "PutItem"),
    "limits.is_stopped": _dynamodb("limits", "GetItem"),
    "limits.count": _dynamodb("limits", "UpdateItem"),
    "limits.breaker": _dynamodb("limits", "GetItem"),
    "limits.keep_breaker": _dynamodb("limits", "PutItem"),
    "turn_ups.save": _dynamodb("bookings", "PutItem"),
    "turn_ups.save_rate": _dynamodb("bookings", "PutItem"),
    "turn_ups.since": _dynamodb("bookings", "Query"),
    "turn_ups.rate": _dynamodb("bookings", "Query"),
    "queues.mail": {("sqs:SendMessage", queue("mail"))},
    "queues.match": {("sqs:SendMessage", queue("match.fifo"))},
    "mailer.send": MAIL,
    "kept.between": _dynamodb("bookings", "Query"),
    "kept.keep": _dynamodb("bookings", "DeleteItem", "PutItem", "Query"),
}
"""Adapter and method -> what it takes; a test looks that none is left out."""


def reached(function: str) -> set[Need]:
    """All that a function can come to by way of its adapters' methods."""
    return {need for method in methods(function) for need in STORES[method]}


def methods(function: str) -> set[str]:
    """The adapters' methods ("events.get") that it can come to."""
    graph = _graph()
    waiting, seen = list(_roots(function)), set[str]()
    while waiting:
        name = waiting.pop()
        if name in graph and name not in seen:
            seen.add(name)
            waiting += graph[name][0]
    return {each for name in seen for each in graph[name][1]}


def _roots(function: str) -> tuple[str, ...]:
    if function == "web":
        return tuple(name for name in _graph() if name.startswith("chalicelib.routes."))
    return ROOTS[function]


@cache
def _graph() -> dict[str, tuple[set[str], set[str]]]:
    """Name of ours -> the names that it mentions, and the adapters' methods."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for path in [child.ROOT / "solver.py", *sorted((child.ROOT / "chalicelib").rglob("*.py"))]:
        module = ".".join(path.relative_to(child.ROOT).with_suffix("").parts)
        module = module.removesuffix(".__init__")
        if not module.startswith(("chalicelib.storage", "chalicelib.wiring")):
            found |= _of_module(module, ast.parse(Path(path).read_text("utf-8")))
    return found


def _of_module(module: str, tree: ast.Module) -> dict[str, tuple[set[str], set[str]]]:
    known = dict(_imported(module, tree))
    own = [(name, node) for node in tree.body for name in _named(node)]
    known |= {name: f"{module}.{name}" for name, _ in own}
    found = {
        f"{module}.{name}": (set(_mentions(node, known)), set(_asks(node))) for name, node in own
    }
    # A package hands on what it imports: `letters.deliver` is `letters.delivery.deliver`.
    for name, target in known.items():
        found.setdefault(f"{module}.{name}", ({target}, set()))
    return found


def _imported(module: str, tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
            ("chalicelib", "matching")
        ):
            for each in node.names:
                yield each.asname or each.name, f"{node.module}.{each.name}"


def _named(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            yield from (one.id for one in targets if isinstance(one, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name


def _mentions(node: ast.AST, known: dict[str, str]) -> Iterator[str]:
    """`lifts.expired` of the module lifts, and `expired` of this one."""
    for each in ast.walk(node):
        match each:
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name in known:
                yield f"{known[name]}.{attribute}"
            case ast.Name(id=name) if name in known:
                yield known[name]


def _asks(node: ast.AST) -> Iterator[str]:
    """`world.events.get`, whatever the world is called; and a bound one that is only named."""
    for each in ast.walk(node):
        match each:
            case ast.Attribute(value=ast.Attribute(attr=adapter), attr=method):
                if f"{adapter}.{method}" in STORES:
                    yield f"{adapter}.{method}"
