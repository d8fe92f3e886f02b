"""Ask question: a message, and its reply stored in a variable (ST-3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Final, Literal, TypeAlias

from pydantic import Field

from botflow_runtime.json_types import JsonObject
from botflow_runtime.limits import LONGEST_TEXT
from botflow_runtime.steps.outcome import DONE, WAITING, Failure, Outcome
from botflow_runtime.steps.static_message import TypingDelay
from botflow_runtime.steps.step import Meaning, Step, StepModel
from botflow_runtime.templates import compile_content
from botflow_runtime.variables import VARIABLE_NAME

if TYPE_CHECKING:
    from botflow_runtime.events import MessageReceived
    from botflow_runtime.nodes import ActionNode
    from botflow_runtime.runner import Runner
    from botflow_runtime.thread import Wait

MOST_RETRIES: Final = 5
LONGEST_EMAIL: Final = 254
CARD_DIGITS: Final = range(13, 20)

_EMAIL: Final = re.compile(r"[^\s@,;<>()\[\]\\\"]+@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W_](?:[\w-]{0,61}[^\W_])?")
_CARD_SEPARATORS: Final = re.compile(r"[ -]")

Retries: TypeAlias = Annotated[int, Field(ge=0, le=MOST_RETRIES)] | Literal["until_filled"]
Validation: TypeAlias = Literal["any", "text", "email", "credit_card"]


class AskQuestion(StepModel):
    """Sends a message and waits for the reply that `validation` asks for."""

    type: Literal["ask_question"]
    content: JsonObject
    save_as: Annotated[str, Field(pattern=VARIABLE_NAME)]
    validation: Validation = "any"
    retry: Retries = 0
    show_in_report: bool = False
    typing_delay_ms: TypingDelay = 0

    def compile(self) -> Step:
        return _AskQuestion(self)

    def meaning(self) -> Meaning:
        return Meaning(waits=True, sends=self.content, sets=(self.save_as,), can_fail=self.retry != "until_filled")


class _AskQuestion(Step):
    def __init__(self, model: AskQuestion) -> None:
        self.render = compile_content(model.content)
        self.delay_ms = model.typing_delay_ms
        self.variable = model.save_as
        self.read_answer = VALIDATIONS[model.validation]
        self.retries = None if model.retry == "until_filled" else model.retry
        self.report_field = model.save_as if model.show_in_report else None

    def begin(self, run: Runner, node: ActionNode) -> Outcome:
        self._ask(run, node, self.retries)
        run.arm_step_timer(node)
        return WAITING

    def _ask(self, run: Runner, node: ActionNode, retries: int | None) -> None:
        run.send(self.render(run), node, self.delay_ms)
        run.wait_for_contact("question", retries=retries)

    def replied(self, run: Runner, node: ActionNode, wait: Wait, event: MessageReceived) -> Outcome:
        answer = self.read_answer(event)
        if answer is None:
            return self._invalid(run, node, wait)
        run.note_progress()
        run.set_variable(self.variable, answer)
        if self.report_field:
            run.report(self.report_field, answer, node.id)
        return DONE

    def _invalid(self, run: Runner, node: ActionNode, wait: Wait) -> Outcome:
        run.log("invalid_answer", node.id)
        if run.note_fruitless():
            return WAITING
        if wait.retries == 0:
            return Failure("retries", "the answers were not valid")
        self._ask(run, node, None if wait.retries is None else wait.retries - 1)
        return WAITING

    def is_worth_repeating(self, failure: Failure) -> bool:
        return True

    def give_up(self, run: Runner) -> None:
        run.set_variable(self.variable, None)

    def rearm(self, run: Runner, node: ActionNode) -> None:
        run.arm_step_timer(node)


def _any(event: MessageReceived) -> str | None:
    if event.text:
        return event.text[:LONGEST_TEXT]
    if event.postback:
        return event.postback[:LONGEST_TEXT]
    if event.attachments:
        return event.attachments[0]
    if event.location:
        return "{},{}".format(*event.location)
    return None


def _words(event: MessageReceived) -> str:
    return (event.text or "").strip()


def _text(event: MessageReceived) -> str | None:
    return _words(event)[:LONGEST_TEXT] or None


def _email(event: MessageReceived) -> str | None:
    text = _words(event)
    return text if len(text) <= LONGEST_EMAIL and _EMAIL.fullmatch(text) else None


def _credit_card(event: MessageReceived) -> str | None:
    digits = _CARD_SEPARATORS.sub("", _words(event))
    if not (digits.isascii() and digits.isdecimal() and len(digits) in CARD_DIGITS):
        return None
    return digits if _luhn(digits) else None


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812-1: every second digit from the right is doubled; the sum of all digits ends in 0."""
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(int(digit) for digit in digits[-1::-2])) % 10 == 0


VALIDATIONS: Final[Mapping[str, Callable[[MessageReceived], str | None]]] = {
    "any": _any,
    "text": _text,
    "email": _email,
    "credit_card": _credit_card,
}
"""Reads the answer out of a reply; None: the reply is not valid (engine.md 4)."""
