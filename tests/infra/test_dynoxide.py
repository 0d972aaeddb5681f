"""The local database keeps its data and leaves nothing behind."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import boto3
import pytest

from infra import child, dynoxide, stack

PATIENCE_S = 30  # how long a test waits before it says that something will never happen


def _answers(address: str) -> bool:
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0


def _wait_until_silent(address: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while _answers(address):
        assert time.monotonic() < deadline, "the database was left behind"
        time.sleep(0.02)


def test_data_is_there_at_the_next_start(account: boto3.Session, tmp_path: Path) -> None:
    with dynoxide.running(tmp_path / "database") as address:
        client: Any = account.client("dynamodb", endpoint_url=address)
        stack.create_tables(client, "marginal-lifts")
        client.put_item(TableName="marginal-lifts-drafts", Item={"id": {"S": "kept"}})

    with dynoxide.running(tmp_path / "database") as address:
        client = account.client("dynamodb", endpoint_url=address)
        [item] = client.scan(TableName="marginal-lifts-drafts")["Items"]

    assert item == {"id": {"S": "kept"}}


def test_two_databases_in_memory_know_nothing_of_each_other(account: boto3.Session) -> None:
    with dynoxide.running(None) as one, dynoxide.running(None) as other:
        stack.create_tables(account.client("dynamodb", endpoint_url=one), "marginal-lifts")

        client: Any = account.client("dynamodb", endpoint_url=other)
        assert client.list_tables()["TableNames"] == []


def test_nothing_runs_afterwards() -> None:
    with dynoxide.running(None) as address:
        assert _answers(address)

    assert not _answers(address)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_the_database_goes_with_whoever_started_it(how: signal.Signals) -> None:
    user = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import time; from infra import dynoxide\n"
            "with dynoxide.running(None) as address: print(address, flush=True); time.sleep(600)",
        ],
        stdout=subprocess.PIPE,
        text=True,
        cwd=child.ROOT,
    )
    assert user.stdout is not None
    address = user.stdout.readline().strip()
    assert _answers(address)

    user.send_signal(how)
    user.wait()

    _wait_until_silent(address)


def test_a_missing_program_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(dynoxide.NoDatabaseError, match="npm ci"):
        dynoxide.program(tmp_path)
