"""Running the scripts of scenarios, JavaScript and Python, where they can do no harm (ST-2, ST-4, ST-9)."""

from botflow_runtime.sandbox.broker import HttpBroker
from botflow_runtime.sandbox.language import SourceProblem
from botflow_runtime.sandbox.limits import Limits
from botflow_runtime.sandbox.run import (
    CallError,
    CodeError,
    CodeRequest,
    CodeResult,
    EmailCall,
    EmailRecord,
    HttpCall,
    HttpRecord,
    HttpResponse,
    RunnerClosedError,
)
from botflow_runtime.sandbox.runner import CodeRunner
from botflow_runtime.sandbox.source import BoundSource, bind_source, check_source
from botflow_runtime.sandbox.worker.isolation import Isolation

__all__ = [
    "BoundSource",
    "CallError",
    "CodeError",
    "CodeRequest",
    "CodeResult",
    "CodeRunner",
    "EmailCall",
    "EmailRecord",
    "HttpBroker",
    "HttpCall",
    "HttpRecord",
    "HttpResponse",
    "Isolation",
    "Limits",
    "RunnerClosedError",
    "SourceProblem",
    "bind_source",
    "check_source",
]
