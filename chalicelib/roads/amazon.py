"""Amazon Location's route matrix (service geo-routes, CalculateRouteMatrix of 2020-11-19)."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.domain.drives import Point, Rows
from chalicelib.roads.table import checked

log = logging.getLogger("marginal_lifts")

WITHIN = {"Geometry": {"AutoCircle": {"MaxRadius": 180_000, "Margin": 20_000}}}
"""Within a circle 500 by 500 may be asked, else 15 by 100. The two radii may add up to 200 km
at most; no question of ours is wider than the first, and roads lead around by the second."""


@dataclass(frozen=True, slots=True)
class AmazonRoutes:
    """Asked without the traffic of the moment: what it answers is kept for other hours."""

    client: Any  # boto3's for geo-routes, which has no types here
    side: int
    name: str = "amazon"

    def ask(self, origins: Sequence[Point], destinations: Sequence[Point]) -> Rows | None:
        """Ask for durations by car. Every pair is billed."""
        try:
            answer = self.client.calculate_route_matrix(
                Origins=[{"Position": [lon, lat]} for lat, lon in origins],
                Destinations=[{"Position": [lon, lat]} for lat, lon in destinations],
                RoutingBoundary=WITHIN,
                TravelMode="Car",
                Traffic={"Usage": "IgnoreTrafficData"},
            )
        except Exception as error:  # botocore lets out whatever an odd answer breaks in its parser
            log.warning("%s: no usable answer (%s)", self.name, type(error).__name__)
            return None
        return checked(_durations(answer.get("RouteMatrix")), origins, destinations)


def _durations(matrix: Any) -> Any:
    """An entry with an error has a duration too, of no meaning."""
    try:
        return [[None if pair.get("Error") else pair["Duration"] for pair in row] for row in matrix]
    except (AttributeError, KeyError, TypeError):
        return None
