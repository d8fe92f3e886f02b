"""What a worker says at the end of a run, made into a result: nothing that it sends is taken on trust."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from typing import Any, Final, get_args

import msgspec

from botflow_runtime.json_types import Json, JsonObject
from botflow_runtime.sandbox.limits import ERROR_CHARACTERS, LOG_LINE_CHARACTERS, VALUE_DEPTH, Limits
from botflow_runtime.sandbox.run import CodeError, CodeRequest, CodeResult, ErrorKind
from botflow_runtime.sandbox.worker.channel import MEMORY_EXIT, Done, Failure

KINDS: Final = frozenset(get_args(ErrorKind)) - {"killed", "unavailable"}
"""What a worker can tell; a script that forges the others would be run again."""
TOO_DEEP: Final = f"the result has more than {VALUE_DEPTH} objects and lists inside one another"
CPU_SIGNALS: Final = frozenset({-signal.SIGPROF, -signal.SIGXCPU})


SENTENCES: Final[dict[str, Callable[[Limits], str]]] = {
    "timeout": lambda limits: f"the script took longer than {limits.wall_seconds:g} s",
    "cpu": lambda limits: f"the script computed for more than {limits.cpu_seconds:g} s",
    "jobs": lambda limits: (
        f"the script continued after more than {limits.pending_jobs:,} awaits: a loop without an end?"
    ),
    "memory": lambda limits: f"the script took more than {limits.memory_bytes >> 20} MB of memory",
    "stack": lambda limits: "the script calls functions too deep inside one another: a recursion without an end?",
    "log": lambda limits: f"the script logged more than {limits.log_lines} lines",
    "output": lambda limits: f"result, variables and log take more than {limits.output_bytes:,} bytes as JSON",
    "http": lambda limits: f"the script made more than {limits.http_calls} HTTP calls",
    "email": lambda limits: f"the script sent more than {limits.emails} e-mails",
}
"""What a broken limit says to the script's author."""


def broken(kind: ErrorKind, limits: Limits, line: int | None = None) -> CodeError:
    """The error of a run that broke a limit."""
    return CodeError(kind, SENTENCES[kind](limits), line)


def result_of(payload: bytes, request: CodeRequest) -> CodeResult:
    """The result of a run that came to its end, whatever its worker made of that."""
    try:
        done = _decoded(payload)
        if done.error is not None:
            return CodeResult(error=_error(done.error, request.limits), log=_log(done, request.limits))
    except Exception:  # a script that has tampered with its own world
        return CodeResult(error=CodeError("output", "the result is not JSON"))
    if any(is_too_deep(value) for value in (done.value, done.vars, done.attributes)):
        return CodeResult(error=CodeError("output", TOO_DEEP))
    variables, removed = changes(request.vars, done.vars)
    attributes, cleared = changes(request.attributes, done.attributes)
    return CodeResult(
        value=done.value,
        vars=variables,
        removed=removed,
        attributes=attributes | dict.fromkeys(cleared),
        log=_log(done, request.limits),
    )


def ended(status: int, limits: Limits) -> CodeError:
    """Why a worker ended before its run did. `status`: its exit status, negative for a signal."""
    if status in CPU_SIGNALS:
        return broken("cpu", limits)
    if status == MEMORY_EXIT:
        return broken("memory", limits)
    return CodeError("killed", f"the process of the script ended unexpectedly (status {status})")


def changes(before: JsonObject, after: JsonObject) -> tuple[JsonObject, tuple[str, ...]]:
    """Members that are new or differ (``1``, ``1.0`` and ``true`` do), and the names of those that are gone."""
    changed = {name: value for name, value in after.items() if name not in before or not _same(before[name], value)}
    return changed, tuple(name for name in before if name not in after)


def _same(one: Json, other: Json) -> bool:
    return one is other or (one == other and msgspec.json.encode(one) == msgspec.json.encode(other))


def is_too_deep(value: Json, left: int = VALUE_DEPTH) -> bool:
    """Whether a value holds more levels than are left: storing and printing it would fail later."""
    if isinstance(value, dict):
        value = list(value.values())
    return isinstance(value, list) and (left == 0 or any(is_too_deep(member, left - 1) for member in value))


def _decoded(payload: bytes) -> Done:
    try:
        return msgspec.json.decode(payload, type=Done)
    except msgspec.DecodeError:
        return msgspec.convert(whole_texts(json.loads(payload)), Done)


def whole_texts(value: Any) -> Any:
    """Half a surrogate pair, which JavaScript makes by cutting a text, becomes the replacement character."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [whole_texts(member) for member in value]
    if isinstance(value, dict):
        return {whole_texts(key): whole_texts(member) for key, member in value.items()}
    return value


def shortened(message: str) -> str:
    """The message of an error as it is kept: a script or a server can make it as long as it likes."""
    return message if len(message) <= ERROR_CHARACTERS else message[: ERROR_CHARACTERS - 1] + "…"


def _error(failure: Failure, limits: Limits) -> CodeError:
    kind: ErrorKind = failure.kind if failure.kind in KINDS else "raised"  # type: ignore[assignment] # checked here
    if failure.message or kind not in SENTENCES:
        return CodeError(kind, shortened(failure.message), failure.line)
    return broken(kind, limits, failure.line)


def _log(done: Done, limits: Limits) -> tuple[str, ...]:
    return tuple(line[:LOG_LINE_CHARACTERS] for line in done.log[: limits.log_lines])
