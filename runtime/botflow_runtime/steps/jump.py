"""Jump to another chatbot (ST-5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from botflow_runtime.steps.outcome import WAITING, Failure, Outcome
from botflow_runtime.steps.step import Meaning, Step, StepModel

if TYPE_CHECKING:
    from botflow_runtime.nodes import ActionNode
    from botflow_runtime.runner import Runner


class Jump(StepModel):
    """Goes to another chatbot: in the same thread with its variables, or as a new thread without them."""

    type: Literal["jump"]
    scenario: Annotated[str, Field(min_length=1)]
    pass_context: bool = False

    def compile(self) -> Step:
        return _Jump(self.scenario, self.pass_context)

    def meaning(self) -> Meaning:
        return Meaning(leaves=True, jumps_to=self.scenario, keeps_context=self.pass_context, can_fail=True)


class _Jump(Step):
    def __init__(self, scenario: str, pass_context: bool) -> None:
        self.scenario = scenario
        self.pass_context = pass_context

    def begin(self, run: Runner, node: ActionNode) -> Outcome:
        target = run.newest(self.scenario)
        if target is None:
            return Failure("jump", f"there is no published chatbot {self.scenario!r}")
        if target.channel != run.scenario.channel:
            return Failure("jump", f"chatbot {self.scenario!r} is of another channel ({target.channel})")
        run.count_jump()
        run.report_node(node)
        if self.pass_context:
            return run.move_to(target)
        run.open_thread(target, "jump")
        return WAITING
