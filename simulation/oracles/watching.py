"""All oracles of a life."""

from simulation.oracles import (
    answers,
    calls,
    forms,
    letters,
    links,
    places,
    runs,
    steps,
    still,
    truth,
)
from simulation.oracles.scene import Scene


def watch(scene: Scene) -> None:
    """Have every oracle look."""
    for oracle in (places, steps, answers, forms, links, runs, calls, letters, truth, still):
        oracle.watch(scene)
