"""What SES carries beside a letter and gives back in its news: tags.

A tag may hold letters, digits, "-" and "_" only, 256 of them
(https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageTag.html): so our ids are in
base64url, without its padding. There is no address in them, only its hash.
"""

import base64
import re
from collections.abc import Mapping, Sequence

from chalicelib.domain.people import address_key
from chalicelib.mime import Letter

ROW, EDITION, READER = "row", "edition", "reader"

_KEY = re.compile("[0-9a-f]{32}")


def of_letter(letter: Letter) -> dict[str, str]:
    """Name -> value, of a letter that is to go."""
    tags = {ROW: _encoded(letter.key), READER: address_key(letter.to)}
    return tags | ({EDITION: _encoded(letter.edition)} if letter.edition else {})


def read(tags: Mapping[str, Sequence[str]]) -> tuple[str, str, str]:
    """(row id, edition, address key) of tags as SES's news have them: lists of one.

    Raises
    ------
    KeyError, ValueError
        When they are not ours.
    """
    [row], [reader] = tags[ROW], tags[READER]
    [edition] = tags.get(EDITION, [""])
    if not _KEY.fullmatch(reader):
        raise ValueError("not the key of an address")
    return _decoded(row), _decoded(edition), reader


def _encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decoded(tag: str) -> str:
    padding = "=" * (-len(tag) % 4)
    return base64.b64decode(tag + padding, altchars=b"-_", validate=True).decode()
