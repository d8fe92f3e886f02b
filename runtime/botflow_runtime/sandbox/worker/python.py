"""Python in RestrictedPython: a forked child for every run, because nothing can reset an interpreter."""

from __future__ import annotations

import os
import signal
from types import FrameType
from typing import Any, Final, NoReturn

from botflow_runtime.sandbox import limits, restricted
from botflow_runtime.sandbox.worker import channel
from botflow_runtime.sandbox.worker.channel import Channel, Done, Failure, Run
from botflow_runtime.sandbox.worker.python_world import (
    CallError,
    EmailError,
    HttpError,
    Log,
    Record,
    script_globals,
    text_of,
)

CALL_ERRORS: Final[dict[bytes, type[CallError]]] = {channel.HTTP: HttpError, channel.EMAIL: EmailError}
OUT_OF_MEMORY: Final = channel.encode(Done(error=Failure("memory")))

WARM_UP: Final = Run("", "vars['x'] = [1]", {}, {}, {}, None, limits.Limits())
"""Run by each fork while nobody waits: most of a short run's time is the first touch of memory that forks share."""


class Python:
    """The one run of this process."""

    reusable = False

    def __init__(self, host: Channel) -> None:
        self._host = host
        self._log = Log()
        self.run(WARM_UP)

    @staticmethod
    def memory(of_run: limits.Limits) -> int:
        return of_run.memory_bytes

    @staticmethod
    def lifetime(of_run: limits.Limits) -> float:
        return of_run.cpu_seconds

    def run(self, run: Run) -> bytes:
        self._run = run
        self._log.most = run.limits.log_lines
        try:
            code = restricted.compile_body(run.source)
        except restricted.CompileError as error:
            return self._failed(Failure("syntax", error.message, error.line))
        return self._execute(code)

    def _execute(self, code: Any) -> bytes:
        run = self._run
        world = script_globals(run, self._log, self._ask)
        exec(code, world)  # defines the function that the script is the body of; RestrictedPython compiled it
        self._start_clock()
        try:
            value = world[restricted.FUNCTION]()
        except MemoryError:
            failure = Failure("memory")
        except BaseException as error:  # a script may raise whatever it likes; it ends this run only
            failure = self._describe(error)
        else:
            self._stop_clock()
            return self._finished(value, world["vars"], world["attributes"])
        self._stop_clock()
        return self._failed(failure)

    def _finished(self, value: Any, variables: Any, attributes: Any) -> bytes:
        if self._log.broken:
            return self._failed(self._log.broken)
        done = Done(value, variables, attributes, self._log.lines)
        try:
            return channel.encode(done)
        except MemoryError:
            return OUT_OF_MEMORY
        except UnicodeEncodeError:
            return self._failed(Failure("output", "the result holds half of a surrogate pair, which is no text"))
        except Exception as error:  # TypeError, RecursionError and more: a script may return any value
            return self._failed(Failure("output", f"the result is not JSON: {error}"))

    def _failed(self, failure: Failure) -> bytes:
        return channel.encode(Done(log=self._log.lines, error=self._log.broken or failure))

    def _describe(self, error: BaseException) -> Failure:
        line = _line_of(error)
        if isinstance(error, CallError):
            return Failure(error.kind, str(error), line)
        if isinstance(error, RecursionError):
            return Failure("stack", line=line)
        return Failure("raised", f"{type(error).__name__}: {_text_of(error)}", line)

    def _ask(self, kind: bytes, message: Any) -> Record | None:
        """Have the host make a call; the clock of the script stands still. Raises CallError."""
        payload = channel.encode(message)
        left = self._stop_clock()
        answer = self._host.ask(kind, payload)
        signal.setitimer(signal.ITIMER_VIRTUAL, left)
        if answer.error is not None:
            raise CALL_ERRORS[kind](answer.error)
        return None if answer.response is None else Record(answer.response)

    def _start_clock(self) -> None:
        signal.signal(signal.SIGVTALRM, self._out_of_time)
        signal.setitimer(signal.ITIMER_VIRTUAL, self._run.limits.cpu_seconds)

    def _stop_clock(self) -> float:
        return signal.setitimer(signal.ITIMER_VIRTUAL, 0)[0]

    def _out_of_time(self, number: int, frame: FrameType | None) -> NoReturn:
        """Report from here and end: an exception would be something that a script can catch."""
        self._host.send(channel.DONE, self._failed(Failure("cpu", line=_line_in(frame))))
        os._exit(0)


def _line_of(error: BaseException) -> int | None:
    line = None
    place = error.__traceback__
    while place is not None:
        if place.tb_frame.f_code.co_filename == restricted.FILENAME:
            line = place.tb_lineno
        place = place.tb_next
    return line


def _line_in(frame: FrameType | None) -> int | None:
    while frame is not None and frame.f_code.co_filename != restricted.FILENAME:
        frame = frame.f_back
    return frame.f_lineno if frame else None


def _text_of(error: BaseException) -> str:
    """The message of an error, whose class may be the script's own."""
    try:
        return text_of(error)
    except BaseException as another:  # its __str__ may be a script's, and raise anything
        return f"an error whose text raised {type(another).__name__}"
