"""The local service's environment: the same variables that a function finds on AWS.

They are the only configuration that the code knows, so it cannot tell where it runs.
"""

import os
import socket
from pathlib import Path

import boto3

from infra import stack

PREFIX = "marginal-lifts"

# Changes of a campaign day wait so long for each other: minutes on AWS, a moment at a desk.
_RUN_EVERY_S = 5


class PortInUseError(Exception):
    """Somebody else listens where the pages should be."""


def require_free(port: int) -> None:
    """See that the pages can be served on *port*.

    Raises
    ------
    PortInUseError
        When they cannot; the message says what to do.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server itself will
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen()
        except OSError as error:
            raise PortInUseError(
                f"Port {port} cannot be used ({error.strerror}). Stop what listens there, or "
                f"choose another port: --port {port + 1}."
            ) from error


def forget_real_accounts() -> None:
    """Clear the environment of AWS: whatever somebody's shell is set to, nothing may go there."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1"


def prepare(folder: Path, address: str, database: str, queues_and_mail: str) -> None:
    """Set the environment for us and our children, and make tables and queues.

    *queues_and_mail* is what `standins` announced: the addresses of SQS and SES.
    """
    sqs, ses = queues_and_mail.split()
    os.environ.update(
        {
            "MARGINAL_STAGE": "local",
            "MARGINAL_CAMPAIGN": os.environ.get("MARGINAL_CAMPAIGN", "sample"),
            "MARGINAL_BASE_URL": address,
            "MARGINAL_TABLE_PREFIX": PREFIX,
            "MARGINAL_RUN_EVERY_S": str(_RUN_EVERY_S),
            "MARGINAL_MAIL_CONFIGURATION_SET": "local",
            "MARGINAL_LOCAL_FOLDER": str(folder),
            "AWS_DEFAULT_REGION": "eu-west-2",
            "AWS_ACCESS_KEY_ID": "local",
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_ENDPOINT_URL_DYNAMODB": database,
            "AWS_ENDPOINT_URL_SQS": sqs,
            "AWS_ENDPOINT_URL_SESV2": ses,
        }
    )
    stack.create_tables(boto3.client("dynamodb"), PREFIX)
    urls = stack.create_queues(boto3.client("sqs"), PREFIX, run_every_s=_RUN_EVERY_S)
    os.environ["MARGINAL_MAIL_QUEUE_URL"] = urls["Mail"]
    os.environ["MARGINAL_MATCH_QUEUE_URL"] = urls["Match"]
