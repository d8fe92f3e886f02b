"""Opt the contact out of the sender or of the whole channel (ST-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from botflow_runtime.steps.outcome import DONE, Outcome
from botflow_runtime.steps.step import Meaning, Step, StepModel

if TYPE_CHECKING:
    from botflow_runtime.nodes import ActionNode
    from botflow_runtime.runner import Runner


class OptOut(StepModel):
    """Stops messages to the contact; the next message of the thread confirms it."""

    type: Literal["opt_out"]
    scope: Literal["sender", "channel"] = "sender"

    def compile(self) -> Step:
        return _OptOut(self.scope)

    def meaning(self) -> Meaning:
        return Meaning()


class _OptOut(Step):
    def __init__(self, scope: Literal["sender", "channel"]) -> None:
        self.scope = scope

    def begin(self, run: Runner, node: ActionNode) -> Outcome:
        run.opt_out(self.scope)
        return DONE
