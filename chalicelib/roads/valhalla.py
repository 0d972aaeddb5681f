"""Valhalla's matrix service (valhalla.github.io, `sources_to_targets`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.domain.drives import Point, Rows
from chalicelib.roads.server import Server
from chalicelib.roads.table import checked


@dataclass(frozen=True, slots=True)
class Valhalla:
    """A server of it. It must allow `side` times `side` pairs (`max_matrix_location_pairs`)."""

    server: Server
    side: int

    @property
    def name(self) -> str:
        """The server's."""
        return self.server.name

    def ask(self, origins: Sequence[Point], destinations: Sequence[Point]) -> Rows | None:
        """Ask for times by car, in the short form; older servers answer in the long one."""
        question = {
            "sources": [{"lat": lat, "lon": lon} for lat, lon in origins],
            "targets": [{"lat": lat, "lon": lon} for lat, lon in destinations],
            "costing": "auto",
            "verbose": False,
        }
        answer = self.server.answer("POST", "/sources_to_targets", question)
        if not isinstance(answer, dict):
            return None
        return checked(_times(answer.get("sources_to_targets")), origins, destinations)


def _times(matrix: Any) -> Any:
    """`{"durations": [[60]]}`, or of the long form `[[{"time": 60, ...}]]`, as `[[60]]`."""
    if isinstance(matrix, dict):
        return matrix.get("durations")
    try:
        return [[pair["time"] for pair in row] for row in matrix]
    except (KeyError, TypeError):
        return None
