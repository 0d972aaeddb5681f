"""The other self of somebody who would drive or ride, of whom at most one may be used."""

from collections.abc import Iterable, Mapping

from chalicelib.adapters import Adapters
from chalicelib.domain.change import Save
from chalicelib.domain.offer import Offer
from chalicelib.domain.request import Request

Others = Mapping[str, Offer | Request]
"""Id of a wish -> the same person's other wish, for those who have one."""


def others(world: Adapters, wishes: Iterable[Offer | Request]) -> Others:
    """The other wishes of those who have one, as they are stored now."""
    paired = {one.id: one.either_with for one in wishes if one.either_with}
    found = world.bookings.many(paired.values())
    return {
        wish_id: other
        for wish_id, other_id in paired.items()
        if isinstance(other := found.get(other_id), Offer | Request)
    }


def is_free(others: Others, wish: Offer | Request) -> bool:
    """Whether the person is not in a lift by their other wish."""
    return wish.id not in others or not others[wish.id].lift_id


def kept_so(others: Others, wishes: Iterable[Offer | Request]) -> list[Save]:
    """Have the commit fail, or a run that read the day before, when both selves would be used."""
    return [Save(others[one.id]) for one in wishes if one.id in others]
