"""What the simulated services answer when they refuse, and what they do not play at all."""

from typing import Any


class Refused(Exception):
    """An error answer, as the service itself would give it.

    Attributes
    ----------
    code
        The error's name, as botocore shows it: "ConditionalCheckFailedException".
    message
        The service's words.
    status
        HTTP status.
    fields
        What else stands in the answer's body.
    """

    def __init__(self, code: str, message: str, status: int = 400, **fields: Any) -> None:
        super().__init__(code, message)
        self.code, self.message, self.status, self.fields = code, message, status, fields


class NotSimulated(BaseException):
    """Something was asked that this simulation does not play.

    No `Exception`: whoever catches those must not turn a gap of ours into a fault of AWS.
    """


def invalid(message: str) -> Refused:
    """What DynamoDB says of a request that is wrong in itself."""
    return Refused("ValidationException", message)
