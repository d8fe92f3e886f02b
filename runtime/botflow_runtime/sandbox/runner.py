"""Running scripts: a pool of worker processes that several threads share."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from types import TracebackType
from typing import Final, Self

import msgspec

from botflow_runtime.sandbox import limits
from botflow_runtime.sandbox.conversation import Conversation, LimitBroken
from botflow_runtime.sandbox.outcome import broken, ended
from botflow_runtime.sandbox.processes import OutOfTime, Worker, WorkerGone, Zygote
from botflow_runtime.sandbox.run import (
    CallError,
    CodeError,
    CodeRequest,
    CodeResult,
    EmailCall,
    HttpCall,
    HttpResponse,
    RunnerClosedError,
    SendEmail,
    SendHttp,
)
from botflow_runtime.sandbox.source import rules_of
from botflow_runtime.sandbox.worker.isolation import Isolation

WORKERS: Final = 4
ATTEMPTS: Final = 3
REUSABLE: Final = frozenset({"javascript"})
UNSAFE: Final = "this machine cannot run code safely: seccomp is missing. Run on Linux where a process may use seccomp"


class CodeRunner:
    """Runs scripts in processes of their own. Usable from several threads; close it, or use it with ``with``.

    `http` carries out HTTP calls (an HttpBroker, usually) and `email` e-mails: callables that raise CallError for
    what they refuse; without them every call is refused. `workers` is how many scripts run at the same time, further
    ones wait. With `require_seccomp` no script runs where the kernel cannot filter system calls.
    """

    def __init__(
        self,
        http: SendHttp | None = None,
        email: SendEmail | None = None,
        *,
        workers: int = WORKERS,
        require_seccomp: bool = True,
    ) -> None:
        self._http = http or _no_http
        self._email = email or _no_email
        self._require_seccomp = require_seccomp
        self._slots = threading.BoundedSemaphore(workers)
        self._lock = threading.Lock()
        self._idle: dict[str, list[Worker]] = {}
        self._closed = False
        self._zygote: Zygote | None = None
        with contextlib.suppress(OSError):  # where there can be none, each run says so
            self._running_zygote()

    @property
    def isolation(self) -> Isolation:
        """The layers between scripts and this machine, to be shown when a server starts."""
        zygote = self._zygote
        try:
            return zygote.isolation() if zygote else Isolation()
        except OSError:
            return Isolation()

    def run(self, request: CodeRequest, *, http: SendHttp | None = None, email: SendEmail | None = None) -> CodeResult:
        """Run a script; `http` and `email` stand in for the runner's own for this run.

        What goes wrong with the script is in the result. Raises RunnerClosedError, HostError for an unknown language,
        and whatever the host's own callables raise besides CallError.
        """
        rules_of(request.language)
        started = time.monotonic()
        with self._slots:
            result = self._run(request, http or self._http, email or self._email)
        return msgspec.structs.replace(result, duration_ms=(time.monotonic() - started) * 1000)

    def close(self) -> None:
        """End all processes. Runs that are under way end with an error."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, {}
            zygote, self._zygote = self._zygote, None
        for worker in (worker for workers in idle.values() for worker in workers):
            worker.close()
        if zygote:
            zygote.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, place: TracebackType | None
    ) -> None:
        self.close()

    def _run(self, request: CodeRequest, http: SendHttp, email: SendEmail) -> CodeResult:
        if len(request.source) > limits.SOURCE_CHARACTERS:
            message = f"the script has more than {limits.SOURCE_CHARACTERS:,} characters"
            return CodeResult(error=CodeError("syntax", message))
        worker = self._take(request.language)
        if isinstance(worker, CodeError):
            return CodeResult(error=worker)
        return self._converse(worker, request, Conversation(worker, request, http, email))

    def _converse(self, worker: Worker, request: CodeRequest, conversation: Conversation) -> CodeResult:
        healthy = False
        try:
            result = conversation.hold()
            healthy = True
        except OutOfTime:
            result = CodeResult(error=broken("timeout", request.limits))
        except LimitBroken as limit:
            result = CodeResult(error=broken(limit.kind, request.limits))
        except WorkerGone:
            result = CodeResult(error=self._why_gone(worker, request.limits))
        finally:
            self._give_back(worker, request.language, healthy)
        return msgspec.structs.replace(result, http=tuple(conversation.http), emails=tuple(conversation.emails))

    def _why_gone(self, worker: Worker, of_run: limits.Limits) -> CodeError:
        worker.kill()
        with self._lock:
            zygote = self._zygote
        try:
            return ended(zygote.ending_of(worker) if zygote else 0, of_run)
        except OSError:
            return ended(-signal.SIGKILL, of_run)

    def _take(self, language: str) -> Worker | CodeError:
        """A worker that waits for a script: an idle one, or a new one."""
        while worker := self._idle_worker(language):
            if worker.is_ready():
                return worker
            worker.kill()
        for _ in range(ATTEMPTS):
            zygote = None
            try:
                zygote = self._running_zygote()
                if self._require_seccomp and not zygote.isolation().seccomp:
                    return CodeError("unavailable", UNSAFE)
                worker = zygote.fork(language)
                if worker.is_ready():
                    return worker
                worker.kill()
                zygote.check()
            except OSError:
                self._discard(zygote)
        return CodeError("unavailable", "no process could be started for the script: the machine may be out of memory")

    def _idle_worker(self, language: str) -> Worker | None:
        with self._lock:
            idle = self._idle.get(language)
            return idle.pop() if idle else None

    def _give_back(self, worker: Worker, language: str, healthy: bool) -> None:
        """Keep a worker for the next run, or have a fresh one made in its place."""
        worker.runs += 1
        keep: Worker | None = worker
        if not (healthy and language in REUSABLE and worker.runs < limits.RUNS_A_WORKER):
            worker.close() if healthy else worker.kill()
            keep = self._fresh(language)
        with self._lock:
            if keep and not self._closed:
                self._idle.setdefault(language, []).append(keep)
                return
        if keep:
            keep.kill()

    def _fresh(self, language: str) -> Worker | None:
        try:
            return self._zygote.fork(language) if self._zygote else None
        except OSError:  # the next run will start another zygote
            return None

    def _running_zygote(self) -> Zygote:
        with self._lock:
            if self._closed:
                raise RunnerClosedError("this CodeRunner is closed")
            self._zygote = self._zygote or Zygote()
            return self._zygote

    def _discard(self, zygote: Zygote | None) -> None:
        with self._lock:
            if self._zygote is zygote:
                self._zygote = None
        if zygote:
            zygote.kill()


def _no_http(call: HttpCall) -> HttpResponse:
    raise CallError("HTTP calls of scripts are switched off here")


def _no_email(call: EmailCall) -> None:
    raise CallError("no e-mail is set up here")
