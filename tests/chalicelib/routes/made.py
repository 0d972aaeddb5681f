"""What every page must be."""

import re
from collections import Counter
from itertools import pairwise

from tests.browse import Page


def well_made(page: Page) -> bool:
    """One main heading, headings in order, no repeated id, nothing inline."""
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", page.html)]
    ids = Counter(re.findall(r'\bid="([^"]*)"', page.html))
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert max(ids.values()) == 1
    assert " style=" not in page.html
    assert "<script" not in page.html
    return True
