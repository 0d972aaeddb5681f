"""OSRM's table service (project-osrm.org, HTTP API v1; the same in all of 5.x and 6.x)."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.drives import DECIMALS, Point, Rows
from chalicelib.roads.server import Server
from chalicelib.roads.table import checked


@dataclass(frozen=True, slots=True)
class Osrm:
    """A server of it. It must allow tables of `side` by `side` (`--max-table-size`, 100)."""

    server: Server
    side: int

    @property
    def name(self) -> str:
        """The server's."""
        return self.server.name

    def ask(self, origins: Sequence[Point], destinations: Sequence[Point]) -> Rows | None:
        """Ask for durations; each point is named once, and stands for both its roles."""
        points = list(dict.fromkeys([*origins, *destinations]))
        at = {point: str(index) for index, point in enumerate(points)}
        where = ";".join(f"{lon:.{DECIMALS}f},{lat:.{DECIMALS}f}" for lat, lon in points)
        answer = self.server.answer(
            "GET",
            f"/table/v1/driving/{where}?annotations=duration"
            f"&sources={';'.join(at[point] for point in origins)}"
            f"&destinations={';'.join(at[point] for point in destinations)}",
        )
        if not isinstance(answer, dict) or answer.get("code") != "Ok":
            return None
        return checked(answer.get("durations"), origins, destinations)
