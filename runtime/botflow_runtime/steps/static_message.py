"""Static message: content from the message constructor (ST-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal, TypeAlias

from pydantic import Field

from botflow_runtime.json_types import JsonObject
from botflow_runtime.steps.outcome import DONE, WAITING, Failure, Outcome
from botflow_runtime.steps.step import Meaning, Step, StepModel
from botflow_runtime.templates import compile_content

if TYPE_CHECKING:
    from botflow_runtime.nodes import ActionNode
    from botflow_runtime.runner import Runner

LONGEST_TYPING_DELAY_MS: Final = 60_000

TypingDelay: TypeAlias = Annotated[int, Field(ge=0, le=LONGEST_TYPING_DELAY_MS)]


class StaticMessage(StepModel):
    """Sends a message; with a step timeout it waits until the vendor has accepted it."""

    type: Literal["static_message"]
    content: JsonObject
    reply_conditions: bool = Field(False, description="The suggestions are kept as a user-response condition (ND-7).")
    typing_delay_ms: TypingDelay = 0

    def compile(self) -> Step:
        return _StaticMessage(self.content, self.typing_delay_ms)

    def meaning(self) -> Meaning:
        return Meaning(sends=self.content, reply_conditions=self.reply_conditions)


class _StaticMessage(Step):
    def __init__(self, content: JsonObject, delay_ms: int) -> None:
        self.render = compile_content(content)
        self.delay_ms = delay_ms

    def begin(self, run: Runner, node: ActionNode) -> Outcome:
        return deliver(run, node, self.render(run), self.delay_ms)

    def is_worth_repeating(self, failure: Failure) -> bool:
        return not failure.accepted


def deliver(run: Runner, node: ActionNode, content: JsonObject, delay_ms: int) -> Outcome:
    """Send `content`; the step is done, or waits for acceptance where the node has a step timeout."""
    if node.timeout_seconds is None:
        run.send(content, node, delay_ms)
        return DONE
    message = run.send(content, node, delay_ms, await_acceptance=True)
    run.wait("acceptance", effect=message)
    run.arm_step_timer(node)
    return WAITING
