"""What a step type is: the protocol behind each file of this folder.

A step type is one file here: the fields of its JSON (a `StepModel`), and what it does (a `Step`, made from the fields
once, when the scenario is compiled).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, Literal

import msgspec

from botflow_runtime.json_types import JsonObject
from botflow_runtime.model import Model
from botflow_runtime.steps.outcome import DONE, Failure, Outcome

if TYPE_CHECKING:
    from botflow_runtime.events import CodeFinished, MessageReceived
    from botflow_runtime.nodes import ActionNode
    from botflow_runtime.runner import Runner
    from botflow_runtime.thread import Wait


class Meaning(msgspec.Struct, frozen=True):
    """What a step means for the checks of a scenario (validation.py), told by the step type itself."""

    waits: bool = False
    """The step waits for the contact."""
    leaves: bool = False
    """The step never goes on to the node's `next`."""
    sends: JsonObject | None = None
    """Content that it sends."""
    reply_conditions: bool = False
    """The suggestions of that content are kept as a user-response condition."""
    sets: tuple[str, ...] = ()
    """Variables that it sets."""
    sets_unknown: bool = False
    """It may set variables that cannot be told from the file."""
    returns: str | None = None
    """The type of content that its code returns, to be sent."""
    can_fail: bool = False
    """It can fail for reasons of its own, besides delivery and time."""
    source: tuple[Literal["javascript", "python"], str] | None = None
    """Code that it runs: language and source."""
    jumps_to: str | None = None
    """The chatbot it jumps to."""
    keeps_context: bool = False
    """A jump that keeps the thread and its variables."""
    hands_over: bool = False
    """It gives the chat to a person; it goes on only when that person gives it back."""
    department: str | None = None
    """The department it hands over to."""
    resets: bool = False
    """It goes back to the start node."""


class StepModel(Model):
    """The fields of a step, as in the file. Subclasses add `type: Literal[...]` and their own."""

    def compile(self) -> Step:
        """The step made ready to run."""
        raise NotImplementedError

    def meaning(self) -> Meaning:
        """What the checks of a scenario have to know of this step."""
        return Meaning()


class Step(ABC):
    """A compiled step. It keeps no state of its own: all state is in the thread."""

    resumable: ClassVar[bool] = False
    """Resumed goes on to `next` instead of running the step again (engine.md 7)."""

    @abstractmethod
    def begin(self, run: Runner, node: ActionNode) -> Outcome:
        """Run the step."""

    def is_worth_repeating(self, failure: Failure) -> bool:
        """Whether to begin once more after `failure` (on_failure continue). Most steps have nothing to gain."""
        return False

    def give_up(self, run: Runner) -> None:  # noqa: B027 # most steps leave nothing behind
        """The step has failed for good, and the thread goes on."""

    def replied(self, run: Runner, node: ActionNode, wait: Wait, event: MessageReceived) -> Outcome:
        """The contact wrote while the thread waited at this step."""
        return DONE

    def code_finished(self, run: Runner, node: ActionNode, event: CodeFinished) -> Outcome:
        """The code that this step started has ended."""
        return DONE

    def rearm(self, run: Runner, node: ActionNode) -> None:  # noqa: B027 # most steps never wait
        """The thread was resumed while it waits here: arm the timers again, say nothing."""
