"""Links: 256 bits, kept as hashes, one thing, one purpose, an end (PROMISES S1)."""

from datetime import timedelta

import pytest

from chalicelib.adapters import Adapters
from chalicelib.domain.link import Purpose
from chalicelib.errors import Expired
from chalicelib.storage.tables import LinkRow
from tests.builders import Clock

THING = "request-20261128-aaaaaaaaaaaa"


def test_s1_a_link_opens_its_thing_for_its_purpose_until_its_end(
    world: Adapters, clock: Clock
) -> None:
    token = world.token()
    world.links.add(THING, token, Purpose.MANAGE, clock() + timedelta(hours=1))

    world.links.check(THING, token, Purpose.MANAGE)
    said = set()
    for thing, tried, purpose in [
        (THING, token, Purpose.CONFIRM),
        ("request-20261128-bbbbbbbbbbbb", token, Purpose.MANAGE),
        (THING, world.token(), Purpose.MANAGE),
        (THING, "", Purpose.MANAGE),
    ]:
        with pytest.raises(Expired) as refusal:
            world.links.check(thing, tried, purpose)
        said.add(str(refusal.value))
    clock.forward(hours=1)
    with pytest.raises(Expired) as refusal:
        world.links.check(THING, token, Purpose.MANAGE)

    assert said == {str(refusal.value)}, "every refusal reads the same"


def test_s1_only_the_hash_is_stored(world: Adapters, clock: Clock) -> None:
    token = world.token()

    world.links.add(THING, token, Purpose.MANAGE, clock() + timedelta(hours=1))

    [row] = LinkRow.query(THING)
    assert token not in str(row.serialize())
    assert len(row.token_hash) == 64


def test_s1_at_most_five_live_at_once_and_the_oldest_goes(world: Adapters, clock: Clock) -> None:
    tokens = [world.token() for _ in range(6)]
    for token in tokens:
        world.links.add(THING, token, Purpose.MANAGE, clock() + timedelta(hours=1))
        clock.forward(seconds=1)
    world.links.add(THING, world.token(), Purpose.RESPOND, clock() + timedelta(hours=1))

    for token in tokens[1:]:
        world.links.check(THING, token, Purpose.MANAGE)
    with pytest.raises(Expired):
        world.links.check(THING, tokens[0], Purpose.MANAGE)
