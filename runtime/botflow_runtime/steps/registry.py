"""The step types (engine.md 4): one line each."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

from pydantic import Field

from botflow_runtime.steps.ask_question import AskQuestion
from botflow_runtime.steps.dynamic_message import DynamicMessage
from botflow_runtime.steps.execute_code import ExecuteCode
from botflow_runtime.steps.handover import Handover
from botflow_runtime.steps.jump import Jump
from botflow_runtime.steps.opt_out import OptOut
from botflow_runtime.steps.reset import Reset
from botflow_runtime.steps.static_message import StaticMessage
from botflow_runtime.steps.step import StepModel

StepDocument: TypeAlias = Annotated[
    StaticMessage | DynamicMessage | AskQuestion | ExecuteCode | Jump | Reset | Handover | OptOut,
    Field(discriminator="type"),
]

STEP_TYPES: Final[dict[str, type[StepModel]]] = {
    "static_message": StaticMessage,
    "dynamic_message": DynamicMessage,
    "ask_question": AskQuestion,
    "execute_code": ExecuteCode,
    "jump": Jump,
    "reset": Reset,
    "handover": Handover,
    "opt_out": OptOut,
}
