"""What goes wrong around scripts: processes that die or hang, many threads, hosts that end (ST-4)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from botflow_runtime.sandbox import CodeRequest, CodeResult, CodeRunner, HttpCall, HttpResponse, Isolation, Limits
from botflow_runtime.sandbox import limits as sandbox_limits
from botflow_runtime.sandbox.processes import Worker, Zygote
from botflow_runtime.sandbox.worker import isolation

LANGUAGES = ["javascript", "python"]
SLEEP = {"javascript": "await new Promise((done) => setTimeout(done, 60000))", "python": "time.sleep(60)"}
CALL = {"javascript": "await http.get('https://x.example/')", "python": "http.get('https://x.example/')"}


@pytest.fixture
def runner() -> Iterator[CodeRunner]:
    """A runner of its own for each test, since the tests here break it."""
    with CodeRunner(lambda call: HttpResponse(), workers=2) as runner:
        yield runner


def run(runner: CodeRunner, language: str, source: str, **limits: Any) -> CodeResult:
    return runner.run(CodeRequest("r", language, source, limits=Limits(**limits)))  # type: ignore[arg-type] # tables hold str


def works(runner: CodeRunner) -> bool:
    return [run(runner, language, "return 1").value for language in LANGUAGES] == [1, 1]


def zygote_of(runner: CodeRunner) -> int:
    assert runner._zygote
    return runner._zygote.pid


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


class Interrupted:
    """A runner whose script is in the middle of an HTTP call when `act` is done to its worker."""

    def __init__(self, act: Callable[[int], None]) -> None:
        self._act = act
        self.runner = CodeRunner(self._http, workers=1)

    def _http(self, call: HttpCall) -> HttpResponse:
        for worker in children_of(zygote_of(self.runner)):
            self._act(worker)
            assert ends_or_stops(worker)
        return HttpResponse()


def ends_or_stops(pid: int) -> bool:
    return eventually(lambda: not Path(f"/proc/{pid}").exists() or state_of(pid) in "ZT")


def eventually(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    return condition()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_killed_worker_fails_its_run_only(language: str) -> None:
    interrupted = Interrupted(lambda worker: os.kill(worker, signal.SIGKILL))
    with interrupted.runner as runner:
        error = run(runner, language, CALL[language]).error
        assert error
        assert (error.kind, error.message) == ("killed", "the process of the script ended unexpectedly (status -9)")
        assert works(runner)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stopped_worker_runs_out_of_time(language: str) -> None:
    interrupted = Interrupted(lambda worker: os.kill(worker, signal.SIGSTOP))
    with interrupted.runner as runner:
        started = time.monotonic()
        error = run(runner, language, CALL[language], wall_seconds=0.3).error
        assert error
        assert error.kind == "timeout"
        assert time.monotonic() - started < 5
        assert works(runner)
        assert not [child for child in children_of(zygote_of(runner)) if state_of(child) == "T"]


def state_of(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_idle_worker_that_was_killed_is_not_missed(runner: CodeRunner, language: str) -> None:
    run(runner, language, "return 1")
    idle = children_of(zygote_of(runner))
    for worker in idle:
        os.kill(worker, signal.SIGKILL)
    assert gone(idle)
    assert works(runner)


def test_a_killed_zygote_is_replaced(runner: CodeRunner) -> None:
    assert works(runner)
    zygote = zygote_of(runner)
    os.kill(zygote, signal.SIGKILL)
    assert works(runner)
    assert zygote_of(runner) != zygote


def test_a_zygote_that_is_killed_during_a_run_takes_the_run_with_it_only() -> None:
    interrupted = Interrupted(lambda worker: interrupted.runner._zygote._process.kill())  # type: ignore[union-attr] # it runs
    with interrupted.runner as runner:
        error = run(runner, "python", CALL["python"]).error
        assert error
        assert error.kind == "killed"
        assert works(runner)


def test_a_stopped_zygote_is_replaced(runner: CodeRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    zygote = zygote_of(runner)
    os.kill(zygote, signal.SIGSTOP)
    monkeypatch.setattr("botflow_runtime.sandbox.processes.START_SECONDS", 0.5)
    worker = runner._take("python")
    monkeypatch.undo()
    assert isinstance(worker, Worker)
    worker.kill()
    assert zygote_of(runner) != zygote
    assert works(runner)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_script_that_hangs_does_not_hold_up_other_threads(runner: CodeRunner, language: str) -> None:
    with ThreadPoolExecutor(2) as threads:
        hanging = threads.submit(run, runner, language, SLEEP[language], wall_seconds=1)
        started = time.monotonic()
        while time.monotonic() - started < 0.5:
            assert run(runner, language, "return 1").value == 1
        assert hanging.result().error.kind == "timeout"  # type: ignore[union-attr] # it fails on None too


def test_many_threads_share_a_runner_and_get_their_own_results(runner: CodeRunner) -> None:
    def one(number: int) -> bool:
        language = LANGUAGES[number % 2]
        source = {"javascript": "vars.n += 1; return vars.n", "python": "vars['n'] += 1\nreturn vars['n']"}[language]
        result = runner.run(CodeRequest(f"r{number}", language, source, vars={"n": number}))  # type: ignore[arg-type] # str
        return (result.error, result.value, result.vars) == (None, number + 1, {"n": number + 1})

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(one, range(80)))


def test_no_more_scripts_run_at_once_than_there_are_workers() -> None:
    at_once: list[int] = []
    lock = threading.Lock()

    def http(call: HttpCall) -> HttpResponse:
        with lock:
            at_once.append(1)
            most.append(len(at_once))
        time.sleep(0.02)
        with lock:
            at_once.pop()
        return HttpResponse()

    most: list[int] = []
    with CodeRunner(http, workers=2) as runner, ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda _: run(runner, "javascript", CALL["javascript"]), range(6)))
    assert max(most) == 2


def test_a_worker_serves_many_runs_and_is_then_replaced(runner: CodeRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox_limits, "RUNS_A_WORKER", 3)
    workers = []
    for _ in range(6):
        run(runner, "javascript", "return 1")
        workers.append(runner._idle["javascript"][-1].pid)
    assert len(set(workers) - {None}) == 2


def test_python_gets_a_fresh_process_for_every_run(runner: CodeRunner) -> None:
    run(runner, "python", "return 1")
    first = runner._idle["python"][-1]
    assert run(runner, "python", "return 1").value == 1
    assert runner._idle["python"][-1] is not first


def test_closing_leaves_no_process_behind() -> None:
    runner = CodeRunner(workers=2)
    assert works(runner)
    zygote = zygote_of(runner)
    family = [zygote, *children_of(zygote)]
    assert len(family) >= 3
    runner.close()
    assert gone(family)


def test_runs_that_are_under_way_end_when_the_runner_closes() -> None:
    runner = CodeRunner(workers=1)
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(run, runner, "python", SLEEP["python"])
        assert eventually(lambda: bool(children_of(zygote_of(runner))))
        time.sleep(0.2)
        runner.close()
        error = running.result(10).error
    assert error
    assert error.kind == "killed"


HOST = """
import os, signal, sys
from botflow_runtime.sandbox import CodeRequest, CodeRunner, HttpResponse
def http(call):
    zygote = runner._zygote.pid
    print(zygote, open(f"/proc/{zygote}/task/{zygote}/children").read(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
runner = CodeRunner(http)
runner.run(CodeRequest("r", "python", "http.get('https://x.example/')"))
"""


def test_a_host_that_is_killed_leaves_no_process_behind() -> None:
    done = subprocess.run([sys.executable, "-c", HOST], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    assert gone([int(pid) for pid in done.stdout.split()])


def gone(pids: list[int]) -> bool:
    """Whether the processes end within a few seconds; a zombie that nobody has waited for has ended."""
    return eventually(lambda: not [pid for pid in pids if Path(f"/proc/{pid}").exists() and state_of(pid) != "Z"])


def test_a_machine_without_seccomp_runs_no_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Zygote, "isolation", lambda zygote: Isolation(unprivileged=True))
    with CodeRunner() as runner:
        error = run(runner, "python", "return 1").error
        assert error
        assert error.kind == "unavailable"
        assert "seccomp is missing" in error.message
        assert "NO seccomp" in str(runner.isolation)
    with CodeRunner(require_seccomp=False) as runner:
        assert run(runner, "python", "return 1").value == 1


def test_a_machine_that_can_start_no_process_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with CodeRunner() as runner:
        error = run(runner, "python", "return 1").error
        assert error
        assert (error.kind, runner.isolation) == ("unavailable", isolation.Isolation())


def test_the_zygote_is_one_thread_without_the_engine_and_without_the_hosts_environment(
    runner: CodeRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert works(runner)
    process = Path(f"/proc/{zygote_of(runner)}")
    assert len(list((process / "task").iterdir())) == 1
    assert b"SECRET" not in (process / "environ").read_bytes()
    assert "pydantic" not in (process / "maps").read_text()
    assert eventually(lambda: len(os.listdir(process / "fd")) == 4)  # the standard three, which lead nowhere; the host
