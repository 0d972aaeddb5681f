"""What can go wrong for a reader: one class per reaction, not per cause.

Each message is a sentence for the person who will read it, free of names and addresses.
`http.STATUS` says which answer each class becomes.
"""

from collections.abc import Mapping


class ServiceError(Exception):
    """Something that we can explain to the person in front of us."""


class NotFound(ServiceError):
    """There is no such page or thing, or it is not public."""


class NotAllowed(ServiceError):
    """It exists, but this person may not do this to it."""


class Conflict(ServiceError):
    """Somebody else changed it first, or the last place has gone."""


class Outdated(Conflict):
    """A thing has a newer version than the one this was worked out from."""


class Full(Conflict):
    """A session has not as many places left, or is not open any more."""


class Overtaken(Conflict):
    """A later run of the matching has begun, so this one must stop."""


class Expired(ServiceError):
    """The link or the offer has come to its end."""


class Invalid(ServiceError):
    """What was typed cannot be used; the reader can mend it.

    Attributes
    ----------
    fields
        Field name -> the sentence that stands beside that field. May be empty.
    """

    def __init__(self, message: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = dict(fields or {})


class Busy(ServiceError):
    """The database or a queue cannot take it now; whether it was taken may be unknown."""
