"""The wire between botocore and the simulated services: its event ``before-send``.

Inside `connected` every client that is made speaks to a `cloud.Cloud` and never to the
network: a client from before, or a service that is not played, raises `NotSimulated`.
Requests are built, retried and read by botocore itself; only their signatures are left
out, which nobody would check. Begin with `connected`.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import boto3
import botocore
from botocore import handlers
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.httpsession import URLLib3Session
from botocore.retries import quota, standard
from botocore.useragent import UserAgentString

from simulation import reply
from simulation.chance import drawing
from simulation.clock import sleeping
from simulation.cloud import Cloud
from simulation.refusals import NotSimulated, Refused
from simulation.reply import Reply
from simulation.swapped import swapped
from simulation.tables import calls
from simulation.tables.streams import REGION

NOBODY = {
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "nothing",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request as it went over the wire, and what came of it.

    Attributes
    ----------
    operation
        "dynamodb.GetItem", "sqs.SendMessage", "sesv2.SendEmail".
    asked
        The request's body.
    answered
        The answer; None when no answer came.
    call
        The same for all attempts of one call.
    """

    at: datetime
    operation: str
    asked: bytes
    answered: Reply | None
    call: str = field(default="", compare=False, repr=False)


@dataclass(slots=True)
class Wire:
    """Where every attempt of every client passes.

    Attributes
    ----------
    cloud
        Who answers; `begin` exchanges it.
    counts
        "service.Operation" -> attempts.
    listeners
        Called with each attempt when it is over, however it ended. They raise no `Exception`:
        the service would handle it.
    meanwhile
        Called before each attempt with its operation: what it does happens while the caller
        waits.
    """

    cloud: Cloud
    counts: Counter[str] = field(default_factory=Counter)
    listeners: list[Callable[[Attempt], None]] = field(default_factory=list)
    meanwhile: list[Callable[[str], None]] = field(default_factory=list)
    quotas: list[quota.RetryQuota] = field(default_factory=list)
    connected: bool = True

    def begin(self, cloud: Cloud) -> None:
        """Lead the clients that are there to another world, as if they had just been made.

        To make clients takes half a second, so whoever tries a thousand seeds keeps them.
        """
        self.cloud = cloud
        self.counts.clear()
        cloud.chance.take_over()
        self.restart()

    def restart(self) -> None:
        """A new process: what clients remember of failures, their quota of retries, is gone."""
        for one in self.quotas:
            one.release(quota.RetryQuota.INITIAL_CAPACITY)

    def quota(self) -> quota.RetryQuota:
        """A client's quota of retries, to be filled again by `restart`."""
        made = quota.RetryQuota()
        self.quotas.append(made)
        return made

    def send(self, request: AWSPreparedRequest, event_name: str, **_: Any) -> AWSResponse:
        """Answer a request of botocore's in the place of AWS; a handler of ``before-send``."""
        operation = event_name.removeprefix("before-send.")
        if not self.connected:
            raise NotSimulated(f"{operation} by a client that has outlived its simulation")
        for one in self.meanwhile:
            one(operation)
        self.counts[operation] += 1
        body = request.body if isinstance(request.body, bytes) else b"{}"
        asked = json.loads(body)
        answered, call = None, str(request.headers.get("amz-sdk-invocation-id", ""))
        try:
            answered = self.cloud.faults.carried(
                operation, asked, request.url, lambda: self._answer(operation, asked)
            )
        finally:
            for listener in self.listeners:
                listener(Attempt(self.cloud.clock(), operation, body, answered, call))
        return reply.as_response(request.url, answered)

    def _answer(self, operation: str, asked: Mapping[str, Any]) -> Reply:
        service, _, name = operation.partition(".")
        try:
            return reply.done(self._asked_of(service, name, asked))
        except Refused as refused:
            return reply.refusal(service, refused)

    def _asked_of(self, service: str, name: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        match service:
            case "dynamodb":
                return calls.answer(self.cloud.database, name, asked)
            case "sqs":
                return self.cloud.queues.answer(name, asked)
            case "sesv2":
                return self.cloud.ses.answer(name, asked)
        raise NotSimulated(f"the service {service}")


@contextmanager
def connected(cloud: Cloud) -> Iterator[Wire]:
    """Lead every botocore client that is made inside the block to *cloud*.

    Time passes on its clock only and chance comes from its seed only. A new default
    session of boto3's is made for the block. Clients made inside do not outlive it, and
    no other thread may use botocore meanwhile.
    """
    wire = Wire(cloud)
    ours = [("before-send", wire.send), ("choose-signer", _unsigned)]
    with ExitStack() as block:
        block.enter_context(swapped(handlers, "BUILTIN_HANDLERS", handlers.BUILTIN_HANDLERS + ours))
        block.enter_context(swapped(boto3, "DEFAULT_SESSION", None))
        block.enter_context(swapped(URLLib3Session, "send", _to_the_network))
        block.enter_context(_as_nobody())
        block.enter_context(swapped(standard, "quota", SimpleNamespace(RetryQuota=wire.quota)))
        # Written anew for each request, it took a tenth of all the time.
        block.enter_context(swapped(UserAgentString, "to_string", _nameless))
        block.enter_context(sleeping(lambda: wire.cloud.clock))
        block.enter_context(drawing(lambda: wire.cloud.chance))
        try:
            yield wire
        finally:
            wire.connected = False


def _unsigned(**_: Any) -> Any:
    return botocore.UNSIGNED


def _nameless(_: UserAgentString) -> str:
    return "simulated"


def _to_the_network(_: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
    raise NotSimulated(f"{request.url} by a client from before the simulation")


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Forget the developer's account, and every other endpoint, for a while."""
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update(NOBODY)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
