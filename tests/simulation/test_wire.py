"""Nothing leaves the process, nothing stays behind, and SES answers as SES does."""

import os
import random
from datetime import timedelta

import boto3
import pytest
from botocore import endpoint, handlers
from botocore.config import Config
from botocore.exceptions import ClientError

from chalicelib.adapters import Adapters
from chalicelib.errors import Busy
from chalicelib.mail import Letter
from simulation import cloud as clouds
from simulation.chance import Chance
from simulation.cloud import Cloud
from simulation.refusals import NotSimulated
from simulation.ses import BOUNCED
from simulation.wire import Wire, connected
from tests.builders import FRIDAY
from tests.conftest import REGION

LETTER = Letter(
    key="cancelled:request-20261128-aaaaaaaaaaaa:1",
    to="ria@example.org",
    at=FRIDAY,
    subject="Cancelled",
    text="It is cancelled.\n",
    html="<p>It is cancelled.</p>",
    reply_to="hello@open-doors.example",
    calendar="",
    method="",
)


def test_another_service_is_not_played(wire: Wire) -> None:
    with pytest.raises(NotSimulated):
        boto3.client("s3", region_name=REGION).list_buckets()
    with pytest.raises(NotSimulated):
        boto3.client("sqs", region_name=REGION).purge_queue(QueueUrl=wire.cloud.urls["Mail"])


def test_a_client_from_before_reaches_nobody(cloud: Cloud) -> None:
    before = boto3.Session().client("dynamodb", region_name=REGION)

    with connected(cloud), pytest.raises(NotSimulated):
        before.list_tables()


def test_a_client_from_inside_does_not_outlive_it(cloud: Cloud) -> None:
    with connected(cloud):
        inside = boto3.client("dynamodb", region_name=REGION)

    with pytest.raises(NotSimulated):
        inside.list_tables()


def test_everything_is_put_back(cloud: Cloud) -> None:
    def state() -> object:
        hooks = list(handlers.BUILTIN_HANDLERS)
        pause = vars(endpoint)["time"]
        return hooks, boto3.DEFAULT_SESSION, dict(os.environ), pause, random.getstate()

    before = state()
    with pytest.raises(KeyError), connected(cloud):
        os.environ.pop(f"NOBODY_SET_{random.random()}")

    assert state() == before


def test_the_same_clients_serve_another_world(served: Adapters, wire: Wire) -> None:
    wire.begin(clouds.made(2, at=FRIDAY + timedelta(days=1)))

    served.queues.mail("a:b:1")

    assert served.now() == FRIDAY + timedelta(days=1)
    assert len(wire.cloud.queues.ready()) == 1
    assert wire.counts == {"sqs.SendMessage": 1}


def test_tokens_and_streams_come_from_the_seed_alone() -> None:
    one, again, other = Chance(1), Chance(1), Chance(2)
    one.stream("another").random()

    tokens = [chance.token() for chance in (one, again, other)]

    assert tokens[0] == tokens[1] != tokens[2]
    assert len(tokens[0]) == 43


def test_a_letter_is_kept_with_its_tags_and_its_news(served: Adapters, cloud: Cloud) -> None:
    cloud.ses.fates["ria@example.org"] = BOUNCED

    assert served.mailer.send(LETTER) == cloud.ses.letters[0].id

    [letter] = cloud.ses.letters
    assert letter.message["Subject"] == "Cancelled"
    assert letter.tags
    assert [notice.kind for notice in cloud.ses.notices] == ["Send", "Bounce"]


@pytest.mark.parametrize("code", ["TooManyRequestsException", "SendingPausedException"])
def test_a_paused_ses_takes_letters_again_later(served: Adapters, cloud: Cloud, code: str) -> None:
    cloud.ses.refuse(code, cloud.clock() + timedelta(minutes=5))
    with pytest.raises(Busy):
        served.mailer.send(LETTER)
    cloud.clock.forward(minutes=5)

    served.mailer.send(LETTER)

    assert len(cloud.ses.letters) == 1


def test_a_throttled_ses_answers_429(wire: Wire) -> None:
    wire.cloud.ses.refuse("TooManyRequestsException", wire.cloud.clock() + timedelta(minutes=5))
    once = Config(retries={"total_max_attempts": 1})
    client = boto3.client("sesv2", region_name=REGION, config=once)

    with pytest.raises(client.exceptions.TooManyRequestsException) as refused:
        client.send_email(
            Destination={"ToAddresses": ["ria@example.org"]}, Content={"Raw": {"Data": b"x"}}
        )

    error: ClientError = refused.value
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 429
