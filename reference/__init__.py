"""Reference data: where people start from, and the 650 constituencies. No network.

Begin with `find("hx7 8aa")`: it answers `Located`, `Several` or `Unknown`, and never raises.
`constituencies()` has the seats with their results of 2024, `shape` and `hex_position` draw
them, `cell` blurs a home, `sectors` and `postcodes_in` give plausible homes to samples.

Knows places, not people: pure functions over the files in `pack/`, which `python -m
reference build` makes. Standard library only (but for `distance_m`, which asks geopy), and
nothing of ours. Places are (lat, lon) in WGS 84 degrees. It refuses to guess: an answer
states its error, and which seats it may be in. ATTRIBUTION.md says whose data this is.
"""

from reference.answers import Answer, Choice, Kind, Located, Several, Unknown
from reference.areas import Sector, sectors
from reference.cells import Cell, cell
from reference.constituencies import Constituency, constituencies, constituency, hex_position
from reference.distance import distance_m
from reference.nearby import nearest_town
from reference.places import find
from reference.postcodes import Unit, postcodes_in
from reference.shapes import shape

__all__ = [
    "Answer",
    "Cell",
    "Choice",
    "Constituency",
    "Kind",
    "Located",
    "Sector",
    "Several",
    "Unit",
    "Unknown",
    "cell",
    "constituencies",
    "constituency",
    "distance_m",
    "find",
    "hex_position",
    "nearest_town",
    "postcodes_in",
    "sectors",
    "shape",
]
