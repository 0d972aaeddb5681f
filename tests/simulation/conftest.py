"""A simulated cloud, the wire to it, and the real service on that wire."""

from collections.abc import Iterator

import pytest

from chalicelib.adapters import Adapters
from simulation import cloud as clouds
from simulation.cloud import Cloud
from simulation.service import serving
from simulation.wire import Wire, connected


@pytest.fixture
def cloud() -> Cloud:
    """A cloud in which nothing has happened yet."""
    return clouds.made(1)


@pytest.fixture
def wire(cloud: Cloud) -> Iterator[Wire]:
    """The wire that leads every client to it."""
    with connected(cloud) as wire:
        yield wire


@pytest.fixture
def served(wire: Wire) -> Iterator[Adapters]:
    """The adapters that the service's own wiring makes on that wire."""
    with serving(wire) as world:
        yield world
