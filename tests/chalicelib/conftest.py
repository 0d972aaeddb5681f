"""What the tests of more than one floor share."""

from collections.abc import Iterator

import pytest

from tests.chalicelib.roads import standin
from tests.chalicelib.roads.standin import RoadServer


@pytest.fixture
def roads() -> Iterator[RoadServer]:
    """A road server on this computer."""
    with standin.running() as server:
        yield server
