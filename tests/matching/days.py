"""Days that the tests of matching share: each makes valid things, a test names what matters."""

from typing import Any

from matching.problem import Driver, Problem, Rider, Session

EXAMPLE = """
{"version": 1, "dwell_s": 60, "early_s": 300, "change_price": 1000, "seed": 1, "deadline_s": 30,
 "places": [[51.5012, -0.1419], [51.4651, -0.1146], [51.4703, -0.0684]],
 "drive_s": [[0, 845, 1210], [860, 0, 640], [1190, 655, 0]],
 "sessions": [{"id": "s1", "place": 0, "start_s": 36000, "end_s": 43200, "minimum": 4,
               "target": 20, "maximum": 30, "coming": 3, "need": 0.8}],
 "drivers": [{"id": "d1", "home": 1, "seats": {"standard": 3}, "earliest_s": 28800,
              "detour_limit_s": 1200, "sessions": ["s1"], "max_direct_s": null,
              "both_ways": true}],
 "riders": [{"id": "r1", "start": 2, "needs": {"standard": 1}, "earliest_s": 28800,
             "extra_limit_s": 1200, "sessions": null, "max_direct_s": 5400, "both_ways": true}]}
"""

LINE = tuple((51.5 + 0.01 * step, -0.1) for step in range(10))
"""Ten places on a meridian, some 1.1 km apart: the venue is the first."""


def a_session(**given: Any) -> Session:
    """A shift at place 0 from 10 to 12, with room for 20."""
    values: dict[str, Any] = {"id": "s", "place": 0, "start_s": 36_000, "end_s": 43_200}
    values |= {"minimum": 0, "target": 20, "maximum": 20}
    return Session(**(values | given))


def a_driver(**given: Any) -> Driver:
    """Someone at place 4 with 3 places, half an hour to spare and no wishes."""
    values: dict[str, Any] = {"id": "d", "home": 4, "seats": {"standard": 3}}
    values |= {"earliest_s": 25_000, "detour_limit_s": 1_800}
    return Driver(**(values | given))


def a_rider(**given: Any) -> Rider:
    """One person at place 2 with half an hour to spare and no wishes."""
    values: dict[str, Any] = {"id": "r", "start": 2, "needs": {"standard": 1}}
    values |= {"earliest_s": 25_000, "extra_limit_s": 1_800}
    return Rider(**(values | given))


def a_day(**given: Any) -> Problem:
    """One session and one driver on `LINE`."""
    values: dict[str, Any] = {"places": LINE, "sessions": (a_session(),), "drivers": (a_driver(),)}
    return Problem(**(values | given))
