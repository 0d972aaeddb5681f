"""The pool of seat shares: most places lie in one seat, so most lists are stored once."""

from reference import layout

Shares = tuple[tuple[int, int], ...]


class Pool:
    """Lists of (seat, thousandths), each kept once."""

    def __init__(self) -> None:
        self._at: dict[Shares, int] = {}
        self._count = 0

    def place(self, shares: Shares) -> tuple[int, int]:
        """Keep *shares*, and give where they begin and how many they are."""
        if shares not in self._at:
            self._at[shares] = self._count
            self._count += len(shares)
        return self._at[shares], len(shares)

    def stored(self) -> bytes:
        """Give the pool's bytes."""
        return b"".join(layout.SHARE.pack(*pair) for shares in self._at for pair in shares)
