"""Reset chat and start over (ST-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from botflow_runtime.steps.outcome import Outcome
from botflow_runtime.steps.step import Meaning, Step, StepModel

if TYPE_CHECKING:
    from botflow_runtime.nodes import ActionNode
    from botflow_runtime.runner import Runner


class Reset(StepModel):
    """Clears the variables and goes to the start node."""

    type: Literal["reset"]

    def compile(self) -> Step:
        return _Reset()

    def meaning(self) -> Meaning:
        return Meaning(leaves=True, resets=True)


class _Reset(Step):
    def begin(self, run: Runner, node: ActionNode) -> Outcome:
        run.count_reset()
        run.report_node(node)
        return run.start_over()
