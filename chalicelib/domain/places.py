"""Places in a car, by type: types do not substitute for one another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chalicelib.errors import Invalid

MOST_PLACES = 16
"""Places in the largest vehicle we take: a minibus. More is nearly always mistyped."""


@dataclass(frozen=True, slots=True)
class Places:
    """So many places of each type, free in a car or needed by a party.

    Attributes
    ----------
    standard
        An ordinary seat.
    wheelchair
        Room for somebody who stays in their wheelchair.
    child
        A child seat that is fitted already.
    """

    standard: int = 0
    wheelchair: int = 0
    child: int = 0

    def __post_init__(self) -> None:
        if min(self.standard, self.wheelchair, self.child) < 0:
            raise Invalid("Places cannot be fewer than none.")
        if self.total > MOST_PLACES:
            raise Invalid(f"We can take up to {MOST_PLACES} places in one vehicle.")

    @property
    def total(self) -> int:
        """People that they hold."""
        return self.standard + self.wheelchair + self.child

    def less(self, taken: Iterable["Places"]) -> "Places":
        """What is left of them once *taken* are; never below none of a type."""
        used = list(taken)
        return Places(
            max(0, self.standard - sum(one.standard for one in used)),
            max(0, self.wheelchair - sum(one.wheelchair for one in used)),
            max(0, self.child - sum(one.child for one in used)),
        )

    def hold(self, needs: "Places") -> bool:
        """Whether *needs* fit in them, type by type."""
        return (
            needs.standard <= self.standard
            and needs.wheelchair <= self.wheelchair
            and needs.child <= self.child
        )

    def by_type(self) -> Mapping[str, int]:
        """Type -> count, without the types there are none of."""
        counts = {
            "standard": self.standard,
            "wheelchair": self.wheelchair,
            "child": self.child,
        }
        return {name: count for name, count in counts.items() if count}
