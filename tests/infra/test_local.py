"""The local service, whole: with a tiny app in place of ours, so that only it is tested."""

import os
import re
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.infra import service
from tests.infra.service import Service, wait_until


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One service for all tests that leave it running."""
    started = service.start(tmp_path_factory.mktemp("local") / "data")
    yield started
    started.process.terminate()
    started.process.wait()


def test_what_is_owed_becomes_a_letter(running: Service) -> None:
    running.post("/owe/owed")

    wait_until(lambda: "Subject: owed" in running.letters())


def test_a_letter_that_fails_comes_again(running: Service) -> None:
    running.post("/owe/flaky")

    wait_until(lambda: "Subject: flaky" in running.letters())


def test_the_news_of_a_letter_are_told(running: Service) -> None:
    running.post("/owe/told")

    wait_until(lambda: {"news Send", "news Delivery"} <= set(running.get("/rows")))


def test_the_sweep_finds_what_was_lost(running: Service) -> None:
    running.post("/owe/lost")

    wait_until(lambda: "Subject: lost" in running.letters())


def test_the_button_has_drivers_and_riders_matched_now(running: Service) -> None:
    running.post("/mailbox/jobs/nightly")

    wait_until(lambda: "solved 28" in running.get("/rows"))


def test_pages_asked_for_at_once_do_not_mix(running: Service) -> None:
    words = [f"word{number}" for number in range(200)]

    with ThreadPoolExecutor(16) as askers:
        answers = list(askers.map(lambda word: running.get(f"/echo/{word}?word={word}"), words))

    assert answers == [{"word": word, "query": word} for word in words]


def test_a_second_start_on_the_same_data_is_refused(running: Service) -> None:
    said = service.refused(running.data, "--port", "0")

    assert "already running" in said
    assert running.address in said
    assert str(running.process.pid) in said


def test_a_port_in_use_is_refused_with_advice(running: Service, tmp_path: Path) -> None:
    said = service.refused(tmp_path / "other", "--port", running.address.rpartition(":")[2])

    assert re.search(r"Port \d+ cannot be used.* --port \d+", said)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_nothing_listens_beyond_this_computer(running: Service) -> None:
    sockets = _listening(running.family())

    assert len(sockets) == 4  # pages, database, SQS, SES
    assert {socket.partition(":")[0] for socket in sockets} == {"0100007F"}  # 127.0.0.1


def _listening(processes: set[int]) -> set[str]:
    """The local addresses, as the kernel writes them, that any of *processes* listens on."""
    inodes = {
        match[1]
        for process in processes
        for link in Path(f"/proc/{process}/fd").iterdir()
        if (match := re.fullmatch(r"socket:\[(\d+)\]", os.readlink(link)))
    }
    rows = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
    ]
    listening = "0A"
    return {row[1] for row in rows if row[3] == listening and row[9] in inodes}


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly_when_asked(how: signal.Signals, tmp_path: Path) -> None:
    started = service.start(tmp_path / "data")
    family = started.family()

    started.process.send_signal(how)

    assert started.process.wait(timeout=service.PATIENCE_S) == 0
    assert not service.alive(family)


def test_a_kill_leaves_nobody_behind_and_loses_nothing(tmp_path: Path) -> None:
    started = service.start(tmp_path / "data")
    started.post("/owe/owed")
    family = started.family()

    started.process.kill()
    started.process.wait()
    again = service.start(tmp_path / "data")

    assert not service.alive(family)
    assert "owed" in again.get("/rows")
    wait_until(lambda: "Subject: owed" in again.letters())
    again.process.terminate()
    again.process.wait()


def test_when_a_part_dies_the_whole_says_so_and_stops(tmp_path: Path) -> None:
    started = service.start(tmp_path / "data")
    family = started.family()

    os.kill(max(family), signal.SIGKILL)

    assert started.process.wait(timeout=service.PATIENCE_S) == 1
    wait_until(lambda: not service.alive(family))


def test_fresh_forgets_ours_and_nothing_else(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = service.start(data)
    first.post("/owe/owed")
    wait_until(lambda: first.letters() == ["Subject: owed"])
    first.process.terminate()
    first.process.wait()
    (data / "somebody's notes").touch()

    second = service.start(data, "--fresh")

    assert second.get("/rows") == []
    assert second.letters() == []
    assert (data / "somebody's notes").exists()
    second.process.terminate()
    second.process.wait()


def test_it_starts_in_an_environment_that_points_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing here may reach an account on AWS, whatever the shell is set to."""
    monkeypatch.setenv("AWS_PROFILE", "somebody")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")

    started = service.start(tmp_path / "data")

    assert started.get("/rows") == []
    started.process.terminate()
    started.process.wait()
