"""The database's faults in our words. Every call of a store goes through `answered`."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError
from pynamodb.exceptions import DoesNotExist, PynamoDBException

from chalicelib.errors import Busy, ServiceError

CONDITION_FAILED = "ConditionalCheckFailedException"


def code_of(error: PynamoDBException) -> str:
    """The code with which the database refused; "" when it gave none, or never answered.

    PynamoDB's own `cause_response_code` fails where a connection broke: botocore's error for
    that has a response, and it is None.
    """
    response = getattr(error.cause, "response", None) or {}
    return str(response.get("Error", {}).get("Code", ""))


@contextmanager
def answered() -> Iterator[None]:
    """Turn what is left of the database's faults into `Busy`.

    Raises
    ------
    Busy
        When it did not answer or would not take the call; whether a write was taken may
        be unknown, and the sentence says so.
    """
    try:
        yield
    except (ServiceError, DoesNotExist):
        raise
    except (PynamoDBException, BotoCoreError) as error:
        raise Busy(
            "We could not reach our records just now, so what you did may be stored or not. Try "
            "again in a minute: it will not be stored twice."
        ) from error
