"""What both steps that run code share: the run itself (engine.md 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from botflow_runtime.json_types import Json, JsonObject
from botflow_runtime.sandbox.source import bind_source
from botflow_runtime.steps.outcome import DONE, WAITING, Failure, Outcome
from botflow_runtime.steps.step import Step

if TYPE_CHECKING:
    from botflow_runtime.events import CodeFinished
    from botflow_runtime.nodes import ActionNode
    from botflow_runtime.runner import Runner

Language: TypeAlias = Literal["javascript", "python"]


class CodeStep(Step):
    """Starts a run of code and waits for its end."""

    def __init__(self, language: Language, source: str) -> None:
        self.language = language
        self.source = bind_source(source, language)

    def begin(self, run: Runner, node: ActionNode) -> Outcome:
        effect = run.run_code(node, self.language, self.source.render(run.value_of))
        run.wait("code", effect=effect)
        run.arm_step_timer(node)
        return WAITING

    def is_worth_repeating(self, failure: Failure) -> bool:
        return True

    def code_finished(self, run: Runner, node: ActionNode, event: CodeFinished) -> Outcome:
        if event.error is not None:
            # a step's own timeout is told by the sandbox or by the step timer, whichever is first: one failure for both
            out_of_time = event.error_kind == "timeout" and node.timeout_seconds is not None
            return Failure("step_timeout" if out_of_time else "code", event.error)
        too_large = run.apply_code(event, self.results(event.result))
        return Failure("code", too_large) if too_large else self.returned(run, node, event.result)

    def results(self, value: Json) -> JsonObject:
        """The variables that a returned value makes."""
        return {}

    def returned(self, run: Runner, node: ActionNode, value: Json) -> Outcome:
        """The code has returned a value; its variables are applied."""
        return DONE
