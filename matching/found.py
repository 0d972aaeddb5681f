"""What a search for a plan comes back with."""

from dataclasses import dataclass

from matching.loads import Loads


@dataclass(frozen=True)
class Found:
    """A plan's loads, and what is known of it.

    `bound` is on worth (before `Day.told_price`), `proven` counts levels, `cut` says that the
    clock ended the search for worth.
    """

    loads: Loads
    bound: int
    proven: int
    cut: bool
