"""What the tests of made-up days share."""

import pytest

from matching.generate import generate
from matching.problem import Problem


@pytest.fixture(scope="session")
def everywhere() -> Problem:
    """A made-up day of the whole kingdom: 20,000 people, 400 sessions."""
    return generate(20_000, 1)
