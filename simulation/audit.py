"""What must hold of the stored rows, whatever happened: read from the tables, not through ours.

It knows the items' shapes from the outside: an attribute is DynamoDB JSON, and `facts` holds a
thing's fields as JSON text. It imports nothing of the service, so that no mistake is shared.
Begin with `violations`.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Item = Mapping[str, Mapping[str, Any]]
Fact = Mapping[str, Any]

HOLDING = frozenset({"proposed", "accepted", "locked"})
"""States of a lift in which it holds places."""

HELD = {"offered", "confirmed"}
"""States of a request for which a place is held."""

TYPES = ("standard", "wheelchair", "child")


def violations(bookings: Iterable[Item], events: Iterable[Item]) -> list[str]:
    """What is wrong with the rows, one line each, with the promise that it breaks."""
    things = {item["id"]["S"]: facts_of(item) for item in bookings if "facts" in item}
    sessions = {
        item["item"]["S"]: {**facts_of(item), "free": int(item["free"]["N"])}
        for item in events
        if "free" in item and "listing" in item
    }
    return broken(things, sessions)


def broken(things: Mapping[str, Fact], open_sessions: Mapping[str, Fact]) -> list[str]:
    """The same of rows that are read already: things by id, and open sessions with `free`."""
    lifts = _of_kind(things, "lift", HOLDING)
    return [
        *_cars(things, lifts),
        *_people(things, lifts),
        *_either(things),
        *_claims(things, lifts),
        *_sessions(things, lifts, open_sessions),
    ]


def facts_of(item: Item) -> Fact:
    """A row's facts with its own id."""
    facts: dict[str, Any] = json.loads(item["facts"]["S"])
    return {**facts, "id": item["id"]["S"] if "id" in item else item["item"]["S"]}


def _of_kind(things: Mapping[str, Fact], kind: str, states: Iterable[str]) -> dict[str, Fact]:
    wanted = set(states)
    return {
        key: thing
        for key, thing in things.items()
        if key.startswith(f"{kind}-") and thing["state"] in wanted
    }


def _held(lift: Fact) -> list[Fact]:
    return [*lift["places"], *lift.get("asks", ())]


def _cars(things: Mapping[str, Fact], lifts: Mapping[str, Fact]) -> Iterator[str]:
    """R1: no car holds more people than it has places of their kind; its driver is its own."""
    for key, lift in lifts.items():
        offer = things.get(lift["offer_id"])
        if offer is None or offer["lift_id"] != key or offer["state"] != "open":
            yield f"R4 {key}: its offer does not know it"
            continue
        for kind in TYPES:
            taken = sum(one["needs"][kind] for one in _held(lift))
            if taken > offer["seats"][kind]:
                yield f"R1 {key}: {taken} of {offer['seats'][kind]} {kind} places are taken"
        declined = {one["request_id"] for one in _held(lift)} & set(offer["declined"])
        if declined:
            yield f"R4 {key}: holds {sorted(declined)} whom the driver has declined"


def _people(things: Mapping[str, Fact], lifts: Mapping[str, Fact]) -> Iterator[str]:
    """R2, R4: who is told of a place has it, in one car, with the way back they need."""
    seen = Counter(one["request_id"] for lift in lifts.values() for one in _held(lift))
    yield from (f"R4 {one}: is in {cars} cars" for one, cars in seen.items() if cars > 1)
    for key, request in _of_kind(things, "request", HELD).items():
        car = things.get(request["lift_id"])
        if car is None or not any(one["request_id"] == key for one in _held(car)):
            yield f"R2 {key}: {request['state']}, but in no lift"
        elif request["both_ways"] and not car["back_at"]:
            yield f"R4 {key}: has no way back"
    for key, lift in lifts.items():
        for one in _held(lift):
            rider = things.get(one["request_id"])
            if rider is None or rider["state"] not in HELD or rider["lift_id"] != key:
                yield f"R4 {key}: holds a place for {one['request_id']}, who does not know of it"


def _either(things: Mapping[str, Fact]) -> Iterator[str]:
    """R4: nobody drives and rides on one day."""
    for key, offer in _of_kind(things, "offer", {"open"}).items():
        other = things.get(offer["either_with"])
        if other and offer["lift_id"] and other["lift_id"]:
            yield f"R4 {key}: drives and rides on one day"


def _claims(things: Mapping[str, Fact], lifts: Mapping[str, Fact]) -> Iterator[str]:
    """R4: one place a person and session."""
    places = Counter[tuple[str, str]]()
    for lift in lifts.values():
        people = [lift["offer_id"], *(one["request_id"] for one in _held(lift))]
        known = (things[one]["person"]["email"] for one in people if one in things)
        places.update((email, lift["session_id"]) for email in known)
    for signup in _of_kind(things, "signup", {"coming"}).values():
        places[signup["person"]["email"], signup["session_id"]] += 1
    for (_, session_id), count in places.items():
        if count > 1:
            yield f"R4 {session_id}: somebody has {count} places"


def _sessions(
    things: Mapping[str, Fact], lifts: Mapping[str, Fact], open_sessions: Mapping[str, Fact]
) -> Iterator[str]:
    """R1: 0 <= free <= maximum, and free + taken = maximum while the session is open."""
    taken = Counter[str]()
    over = _of_kind(things, "lift", {"completed"})
    for lift in [*lifts.values(), *over.values()]:
        held = sum(one["needs"][kind] for one in _held(lift) for kind in TYPES)
        taken[lift["session_id"]] += 1 + held
    for signup in _of_kind(things, "signup", {"coming", "completed", "no_show"}).values():
        taken[signup["session_id"]] += signup["people"]
    for key, session in open_sessions.items():
        free, maximum = session["free"], session["maximum"]
        if not 0 <= free <= maximum:
            yield f"R1 {key}: {free} free of {maximum}"
        elif free + taken[key] != maximum:
            yield f"R1 {key}: {free} free and {taken[key]} taken of {maximum}"
