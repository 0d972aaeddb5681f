"""A function of a bundle is run as Lambda runs it: alone, and asked over the Runtime API."""

import sys
from pathlib import Path

import pytest

from infra.bundle import function

RUNTIME = """
import importlib, json, os, sys, urllib.request as web
at = f"http://{os.environ['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime/invocation/"
module, _, name = sys.argv[1].rpartition(".")
while True:
    event = json.load(web.urlopen(at + "next"))
    try:
        answer, how = getattr(importlib.import_module(module), name)(event, None), "response"
    except Exception as error:
        answer, how = repr(error), "error"
    web.urlopen(web.Request(at + "1/" + how, json.dumps(answer).encode()))
"""
"""What awslambdaric does, without what it needs."""


@pytest.fixture
def machine(tmp_path: Path) -> function.Machine:
    runtime = tmp_path / "runtime"
    (runtime / "awslambdaric").mkdir(parents=True)
    (runtime / "awslambdaric" / "__main__.py").write_text(RUNTIME)
    return function.Machine(sys.executable, runtime, {"SAID": "yes"})


def test_a_function_is_called_in_a_world_of_its_own(
    machine: function.Machine, tmp_path: Path
) -> None:
    code = "import os, sys\ndef handler(event, _): return [event, os.environ['SAID'], sys.path]\n"
    (tmp_path / "it.py").write_text(code)

    with function.running(machine, tmp_path, "it", "it.handler") as running:
        event, said, path = running.call({"day": 1}).value

    assert (event, said) == ({"day": 1}, "yes")
    assert (path[0], path[-1]) == (str(tmp_path), str(machine.runtime))
    assert not [place for place in path if "site-packages" in place]


def test_a_function_that_raises_is_reported(machine: function.Machine, tmp_path: Path) -> None:
    (tmp_path / "it.py").write_text("def handler(event, _): return event['nothing']\n")

    with (
        function.running(machine, tmp_path, "it", "it.handler") as running,
        pytest.raises(function.FunctionFailedError, match="KeyError"),
    ):
        running.call({})
