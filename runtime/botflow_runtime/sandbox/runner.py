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
        result = self._run_once(request, http, email)
        for _ in range(limits.SPARE_WORKERS):  # spare processes may all have died while they waited
            if not self._died_unnoticed(result):
                break
            result = self._run_once(request, http, email)
        return result

    def _died_unnoticed(self, result: CodeResult) -> bool:
        """The process ended before its script was noticed outside, so the script may run once more."""
        killed = result.error is not None and result.error.kind == "killed"
        return killed and not (result.http or result.emails or self._closed)

    def _run_once(self, request: CodeRequest, http: SendHttp, email: SendEmail) -> CodeResult:
        worker = self._take(request.language)
        if isinstance(worker, CodeError):
            return CodeResult(error=worker)
        conversation = Conversation(worker, request, http, email)
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
            worker.kill()  # it died while it waited, or its zygote did
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
        """Keep a worker for the next run, or have fresh ones made in its place."""
        worker.runs += 1
        reusable = rules_of(language).reusable
        if healthy and reusable and worker.runs < limits.RUNS_A_WORKER:
            self._keep(worker, language)
            return
        worker.close() if healthy else worker.kill()
        spares = 1 if reusable else limits.SPARE_WORKERS
        with contextlib.suppress(OSError):  # without a zygote there is nothing to keep: the next run starts another
            while (zygote := self._zygote) and len(self._idle.get(language, ())) < spares:
                self._keep(zygote.fork(language), language)

    def _keep(self, worker: Worker, language: str) -> None:
        with self._lock:
            if not self._closed:
                self._idle.setdefault(language, []).insert(0, worker)  # the one that has waited longest is the readiest
                return
        worker.kill()

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
