"""Between the engine and the sandbox: a RunCode effect as a request, a result as the event that answers the effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import msgspec

from botflow_runtime.effects import RunCode
from botflow_runtime.events import CodeFinished
from botflow_runtime.sandbox import CodeRequest, CodeResult, Limits
from botflow_runtime.sandbox.limits import LONGEST_WALL_SECONDS

RunScript: TypeAlias = Callable[[CodeRequest], CodeResult]
"""What runs scripts: `CodeRunner.run`, or a test's own."""


def request_of(effect: RunCode) -> CodeRequest:
    """The sandbox's request for a RunCode effect. The step's own timeout is the time that the run may take."""
    seconds = effect.timeout_seconds
    limits = Limits() if seconds is None else Limits(wall_seconds=min(seconds, LONGEST_WALL_SECONDS))
    return CodeRequest(
        run_id=effect.id,
        language=effect.language,
        source=effect.source,
        vars=effect.variables,
        attributes=effect.attributes,
        contact=effect.contact,
        message=effect.message,
        limits=limits,
    )


def code_finished(effect: RunCode, result: CodeResult, snapshot: Mapping[str, Any]) -> CodeFinished:
    """The event that answers a RunCode effect; `snapshot` holds the fields that every event has."""
    return CodeFinished(
        **snapshot,
        run=effect.id,
        result=result.value,
        error=result.error.message if result.error is not None else None,
        error_kind=result.error.kind if result.error is not None else None,
        variables=result.vars,
        removed=tuple(result.removed),
        set_attributes=result.attributes,
        log=tuple(result.log),
        http=tuple(msgspec.to_builtins(call) for call in result.http),
    )
