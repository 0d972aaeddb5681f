"""Does the command line do what it says, with the exit status it says?"""

import subprocess
import sys
from pathlib import Path

import pytest

from matching.__main__ import main
from matching.files import problem_from_json
from matching.generate import generate
from tests.matching.days import EXAMPLE


@pytest.fixture
def problem(tmp_path: Path) -> Path:
    file = tmp_path / "problem.json"
    file.write_text(EXAMPLE)
    return file


def _solved(problem: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Path:
    assert main(["solve", str(problem)]) == 0
    plan = problem.with_name("plan.json")
    plan.write_bytes(capfdbinary.readouterr().out)
    return plan


def test_a_solved_problem_passes_the_check(
    problem: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    plan = _solved(problem, capfdbinary)

    assert main(["check", str(problem), str(plan)]) == 0
    assert capfdbinary.readouterr().out == b""


def test_a_broken_promise_is_printed_and_exits_1(
    problem: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    plan = _solved(problem, capfdbinary)
    plan.write_bytes(plan.read_bytes().replace(b"34450", b"34451"))

    assert main(["check", str(problem), str(plan)]) == 1
    assert capfdbinary.readouterr().out.startswith(b"clock r1: at_s is 34451, not 34450\n")


def test_bad_input_is_one_clear_line_and_exits_2(
    problem: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    problem.write_text(EXAMPLE.replace('"home"', '"hoem"'))

    assert main(["solve", str(problem)]) == 2
    assert capfd.readouterr().err == "matching: drivers[0].hoem: is no key of this form\n"


def test_a_missing_file_exits_2(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["solve", "no-such-file.json"]) == 2
    assert capfd.readouterr().err == "matching: no-such-file.json: No such file or directory\n"


def test_wrong_usage_exits_2(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["generate", "--people", "-1"])

    assert left.value.code == 2


def test_generate_makes_the_day_that_was_asked_for(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    line = "generate --people 60 --seed 3 --sessions 1 --out-only --standard-only"
    asked = generate(60, 3, sessions=1, out_only=True, standard_only=True)

    assert main(line.split()) == 0

    assert problem_from_json(capfdbinary.readouterr().out) == asked


def test_generate_solve_and_check_work_as_a_pipe(tmp_path: Path) -> None:
    problem, plan = tmp_path / "problem.json", tmp_path / "plan.json"
    line = (
        f"{sys.executable} -m matching generate --people 25 --seed 7 | tee {problem}"
        f" | {sys.executable} -m matching solve - > {plan}"
        f" && {sys.executable} -m matching check {problem} {plan}"
    )

    subprocess.run(["bash", "-o", "pipefail", "-c", line], check=True)  # noqa: S603, S607

    assert b'"status": "optimal"' in plan.read_bytes()


def test_bench_prints_a_row(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--people", "12", "--seeds", "1"]) == 0

    head, row = capfd.readouterr().out.splitlines()
    assert head.split()[0] == "people"
    assert row.split()[0] == "12"


@pytest.mark.parametrize("module", ["", ".problem", ".plan", ".check", ".travel", ".files"])
def test_a_small_function_can_import_this_without_the_solver(module: str) -> None:
    code = (
        f"import sys, matching{module};"
        "sys.exit(bool({'numpy', 'ortools', 'pandas'} & set(sys.modules)))"
    )

    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603
