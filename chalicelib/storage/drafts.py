"""Unfinished forms, kept for a day under the hash of their id."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from pynamodb.exceptions import DoesNotExist, PutError

from chalicelib.domain.draft import DRAFT_KEPT, Draft
from chalicelib.errors import Conflict, Expired
from chalicelib.storage.facts import pack, unpack
from chalicelib.storage.faults import CONDITION_FAILED, answered, code_of
from chalicelib.storage.tables import DraftRow

GONE = "This form is no longer here: we keep unfinished forms for a day. Please start again."


@dataclass(frozen=True, slots=True)
class DraftStore:
    """Keeps and reads drafts. The id itself is not stored: only its owner has it."""

    now: Callable[[], datetime]

    def get(self, draft_id: str) -> Draft:
        """The draft of that id.

        Raises
        ------
        Expired
            When there is none, or its day is over.
        """
        try:
            with answered():
                row = DraftRow.get(_hash(draft_id), consistent_read=True)
        except DoesNotExist:
            raise Expired(GONE) from None
        if row.expires_at <= self.now().timestamp():
            raise Expired(GONE)
        return unpack(Draft, row.facts, id=draft_id, version=int(row.version))

    def save(self, draft: Draft) -> Draft:
        """Write *draft*, and return it with its new version.

        Raises
        ------
        Conflict
            When it has been changed meanwhile, as in another tab.
        """
        facts = pack(draft)
        del facts["id"]
        row = DraftRow(
            _hash(draft.id),
            version=draft.version + 1,
            facts=facts,
            expires_at=int((draft.created_at + DRAFT_KEPT).timestamp()),
        )
        is_ours = DraftRow.version == draft.version
        with answered():
            try:
                row.save(is_ours if draft.version else DraftRow.id.does_not_exist())
            except PutError as error:
                if code_of(error) != CONDITION_FAILED:
                    raise
                raise Conflict("You changed this form in another window. Check it here.") from error
        return replace(draft, version=draft.version + 1)


def _hash(draft_id: str) -> str:
    return hashlib.sha256(draft_id.encode()).hexdigest()
