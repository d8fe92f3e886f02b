"""Dynamic message: code returns the content (ST-2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from botflow_runtime.content import ContentChannel
from botflow_runtime.json_types import Json
from botflow_runtime.steps.code import CodeStep, Language
from botflow_runtime.steps.outcome import Failure, Outcome
from botflow_runtime.steps.static_message import TypingDelay, deliver
from botflow_runtime.steps.step import Meaning, Step, StepModel

if TYPE_CHECKING:
    from botflow_runtime.nodes import ActionNode
    from botflow_runtime.runner import Runner


class DynamicMessage(StepModel):
    """Runs a script that returns content of the type `message_type` of the chatbot's channel."""

    type: Literal["dynamic_message"]
    language: Language
    source: str
    message_type: str = "text"
    typing_delay_ms: TypingDelay = 0

    def compile(self) -> Step:
        return _DynamicMessage(self)

    def meaning(self) -> Meaning:
        return Meaning(source=(self.language, self.source), sets_unknown=True, returns=self.message_type, can_fail=True)


class _DynamicMessage(CodeStep):
    def __init__(self, model: DynamicMessage) -> None:
        super().__init__(model.language, model.source)
        self.message_type = model.message_type
        self.delay_ms = model.typing_delay_ms

    def returned(self, run: Runner, node: ActionNode, value: Json) -> Outcome:
        content = read_content(run.channel, self.message_type, value)
        problems = run.channel.problems(content, rendered=True)
        if problems:
            return Failure("content", " ".join(str(problem) for problem in problems))
        return deliver(run, node, content, self.delay_ms)

    def is_worth_repeating(self, failure: Failure) -> bool:
        return not failure.accepted


def read_content(channel: ContentChannel, message_type: str, returned: Json) -> Json:
    """What code returned, as content: a plain text where texts are asked for, our own fields, or the vendor's JSON."""
    if isinstance(returned, str):
        return {"type": message_type, "text": returned}
    if not isinstance(returned, dict):
        return returned
    content = {"type": message_type, **returned}
    return content if channel.is_valid(content) else {"type": message_type, **channel.from_vendor(returned)}
