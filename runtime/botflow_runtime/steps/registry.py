"""The step types (engine.md 4): a new one is a member of `AnyStep`, its name is that of its `type`."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias, get_args

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

AnyStep: TypeAlias = StaticMessage | DynamicMessage | AskQuestion | ExecuteCode | Jump | Reset | Handover | OptOut
StepDocument: TypeAlias = Annotated[AnyStep, Field(discriminator="type")]


def _type_of(model: type[StepModel]) -> str:
    (name,) = get_args(model.model_fields["type"].annotation)
    return str(name)


STEP_TYPES: Final[dict[str, type[StepModel]]] = {_type_of(model): model for model in get_args(AnyStep)}
