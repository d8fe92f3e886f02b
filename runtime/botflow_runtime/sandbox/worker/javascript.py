"""JavaScript in QuickJS: a warm process, a fresh context for every run."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any, Final

# not `quickjs`: importing that starts a thread, and a process with threads cannot be forked safely
import _quickjs  # type: ignore[import-not-found] # it ships no types

from botflow_runtime.sandbox import limits
from botflow_runtime.sandbox.worker import channel
from botflow_runtime.sandbox.worker.channel import Channel, Done, Failure, Run

OPENING: Final = "(async function () {\n"
CLOSING: Final = "\n})"
TAMPERED: Final = Failure("output", "the script changed JavaScript's own objects so that its result cannot be read")
MISREAD: Final = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What reading raises when a script has put its own things in place of the prelude's."""
JOBS_BETWEEN_CHECKS: Final = 256
KINDS: Final = {"http": channel.HTTP, "email": channel.EMAIL}


def _one_line(name: str) -> str:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return re.sub(r"\s*\n\s*", " ", re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))


PRELUDE: Final = _one_line("prelude.js")
PARTS: Final = json.dumps({name: _one_line(f"{name}.js") for name in ("timers", "clone", "urls", "errors")})
PLACE: Final = re.compile(r"<input>:(\d+)")


class BrokenLimit(Exception):  # noqa: N818 - it carries a Failure to the end of the run
    """A limit that the worker counts itself was reached."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.kind)
        self.failure = failure


class JavaScript:
    """One run in a context of its own, made before the run is asked for."""

    reusable = True

    def __init__(self, host: Channel) -> None:
        self._host = host
        self._context = _quickjs.Context()
        self._context.set_max_stack_size(limits.STACK_BYTES)
        self._control: Any = self._context.eval(PRELUDE)(self._context.parse_json(PARTS), limits.LOG_LINE_CHARACTERS)

    @staticmethod
    def memory(limits_of_run: limits.Limits) -> int:
        """QuickJS counts each run's memory; the process as a whole is bounded behind it."""
        return limits.MOST_MEMORY_BYTES

    @staticmethod
    def lifetime(limits_of_run: limits.Limits) -> float:
        return limits.RUNS_A_WORKER * limits.CPU_SECONDS

    def run(self, run: Run) -> bytes:
        self._run = run
        self._computed_before = time.process_time()
        self._deadline = time.monotonic() + run.limits.wall_seconds
        self._jobs = 0
        self._context.set_memory_limit(run.limits.memory_bytes)
        try:
            return self._drive()
        except BrokenLimit as broken:
            return self._failed(broken.failure)
        except _quickjs.JSException as error:  # StackOverflow is one
            return self._failed(describe(str(error)))
        except MISREAD:
            return channel.encode(Done(error=TAMPERED))

    def _drive(self) -> bytes:
        self._bound()
        run = self._run
        body = self._context.eval(OPENING + run.source + CLOSING)
        self._control("begin", channel.encode(run).decode(), body)
        while True:
            self._take_jobs()
            step: str = self._control("next")
            if step == "end":
                return self._text("end")
            self._wait_for(step)
            self._bound()

    def _wait_for(self, step: str) -> None:
        """Do what the script waits for: calls, a timer, or nothing that will ever come."""
        if step == "calls":
            for call in channel.decode_any(self._text("calls")):
                self._call(call["id"], call["kind"], call["message"])
        elif step == "timer":
            self._sleep(self._control("delay") / 1000)
            self._control("fire")
        else:
            raise BrokenLimit(Failure("raised", "the script waits for a promise that nothing will settle"))

    def _text(self, *operation: str) -> bytes:
        text: str = self._control(*operation)
        return text.encode()

    def _call(self, number: int, kind: str, message: str) -> None:
        self._host.send(KINDS[kind], message.encode())
        self._control("answer", number, self._host.receive().decode())

    def _sleep(self, seconds: float) -> None:
        if time.monotonic() + seconds > self._deadline:
            raise BrokenLimit(Failure("timeout"))
        time.sleep(max(seconds, 0))

    def _take_jobs(self) -> None:
        while self._context.execute_pending_job():
            self._jobs += 1
            if self._jobs > self._run.limits.pending_jobs:
                raise BrokenLimit(Failure("jobs"))
            if self._jobs % JOBS_BETWEEN_CHECKS == 0:
                self._bound()

    def _bound(self) -> None:
        """Tell QuickJS how much of the run's processor time is left. Raises BrokenLimit when there is none."""
        left = self._run.limits.cpu_seconds - (time.process_time() - self._computed_before)
        if left <= 0:
            raise BrokenLimit(Failure("cpu"))
        self._context.set_time_limit(left)

    def _failed(self, failure: Failure) -> bytes:
        """The end of the run with the log so far, or without it when the script's world is past asking."""
        try:
            self._context.set_time_limit(limits.CPU_GRACE_SECONDS / 2)
            return self._text("fail", channel.encode(failure).decode())
        except (_quickjs.JSException, *MISREAD):
            return channel.encode(Done(error=failure))


def describe(text: str) -> Failure:
    """An error that left QuickJS as text: ``Name: message``, then its stack with lines counted from OPENING's."""
    headline = text.split("\n", 1)[0]
    lines = [int(number) - 1 for number in PLACE.findall(text)]
    line = next((number for number in lines if number > 0), None)
    if headline == "InternalError: interrupted":
        return Failure("cpu", line=line)
    if headline.startswith("InternalError: out of memory") or headline == "null":
        return Failure("memory", line=line)
    if "Maximum call stack" in headline:
        return Failure("stack", line=line)
    if headline.startswith("SyntaxError"):
        return Failure("syntax", headline.removeprefix("SyntaxError: "), line)
    return Failure("raised", headline, line)
