"""Hand over to a person (ST-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from botflow_runtime.steps.outcome import WAITING, Outcome
from botflow_runtime.steps.step import Meaning, Step, StepModel

if TYPE_CHECKING:
    from botflow_runtime.nodes import ActionNode
    from botflow_runtime.runner import Runner


class Handover(StepModel):
    """Gives the conversation to a department; when it comes back, the thread follows this node's `next`."""

    type: Literal["handover"]
    department: str | None = None

    def compile(self) -> Step:
        return _Handover(self.department)

    def meaning(self) -> Meaning:
        return Meaning(waits=True, hands_over=True, department=self.department)


class _Handover(Step):
    resumable: ClassVar[bool] = True

    def __init__(self, department: str | None) -> None:
        self.department = department

    def begin(self, run: Runner, node: ActionNode) -> Outcome:
        run.report_node(node)
        run.hand_over(self.department, "step")
        return WAITING
