"""One run of a script as data: what goes in, what comes out, and the calls it makes through the host."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

import msgspec

from botflow_runtime.errors import BotflowError, HostError
from botflow_runtime.json_types import Json, JsonObject
from botflow_runtime.sandbox.limits import Limits

Language: TypeAlias = Literal["javascript", "python"]
ErrorKind: TypeAlias = Literal[
    "syntax",  # the script does not compile
    "raised",  # an error that the script did not catch, or a promise that never settles
    "http",  # an HTTP call failed and the script did not catch it, or there were too many
    "email",  # the same of an e-mail
    "timeout",  # wall-clock time
    "cpu",  # processor time
    "jobs",  # continuations of promises
    "memory",
    "stack",  # calls too deep inside one another
    "log",  # lines of the log
    "output",  # the result is too large, or not JSON
    "killed",  # the process of the script died
    "unavailable",  # the host cannot run code safely
]


class CallError(BotflowError):
    """An HTTP call or e-mail that the host refused or could not carry out. The script gets the message as its error."""


class RunnerClosedError(HostError):
    """The CodeRunner was used after `close()`."""


class CodeRequest(msgspec.Struct, frozen=True):
    """A script to run, its placeholders filled in, and the copies of the data that it may read and change."""

    run_id: str
    language: Language
    source: str
    vars: JsonObject = {}
    attributes: JsonObject = {}
    contact: JsonObject = {}
    message: JsonObject | None = None
    limits: Limits = Limits()


class CodeError(msgspec.Struct, frozen=True):
    """Why a run failed: a sentence for the author of the script, with the line where it is known."""

    kind: ErrorKind
    message: str
    line: int | None = None


class HttpCall(msgspec.Struct, frozen=True):
    """One HTTP request of a script. `timeout` in seconds; `body` as it goes out."""

    run_id: str
    method: str
    url: str
    headers: dict[str, str] = {}
    body: str | None = None
    timeout: float = 10.0


class HttpResponse(msgspec.Struct, frozen=True):
    """What a script gets back; `json` is read from the text, null where it is none."""

    status: int = 200
    headers: dict[str, str] = {}
    text: str = ""


class EmailCall(msgspec.Struct, frozen=True):
    """One e-mail of a script; at least one of `text` and `html` is there."""

    run_id: str
    to: tuple[str, ...]
    subject: str
    text: str | None = None
    html: str | None = None


class HttpRecord(msgspec.Struct, frozen=True):
    """An HTTP call that was made, for the log. `ms`: how long it took."""

    method: str
    url: str
    status: int | None = None
    ms: int = 0
    error: str | None = None


class EmailRecord(msgspec.Struct, frozen=True):
    """An e-mail that was sent, for the log."""

    to: tuple[str, ...]
    subject: str
    error: str | None = None


class CodeResult(msgspec.Struct, frozen=True):
    """How a run ended. `value`, `vars`, `removed` and `attributes` are empty when there is an error.

    `vars`: variables that are new or changed; `removed`: names of those that the script deleted.
    `attributes`: the changed ones; a deleted one is None.
    """

    error: CodeError | None = None
    value: Json = None
    vars: JsonObject = {}
    removed: tuple[str, ...] = ()
    attributes: JsonObject = {}
    log: tuple[str, ...] = ()
    http: tuple[HttpRecord, ...] = ()
    emails: tuple[EmailRecord, ...] = ()
    duration_ms: float = 0.0


SendHttp: TypeAlias = Callable[[HttpCall], HttpResponse]
SendEmail: TypeAlias = Callable[[EmailCall], None]
