"""What a scenario file is: the types behind scenario-format.md and the source of ``schemas/``."""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field

from botflow_runtime.json_types import JsonObject
from botflow_runtime.model import Model
from botflow_runtime.steps.registry import StepDocument

FORMAT: Final = "botflow.scenario/1"
MAX_SCENARIO_BYTES: Final = 20_000_000
LONGEST_TIMEOUT_SECONDS: Final = 366 * 24 * 3600

Channel: TypeAlias = Literal["sms", "rcs", "viber", "whatsapp", "webchat"]
Role: TypeAlias = Literal["start", "failover", "response_timeout", "stuck_timeout", "opt_out", "regular"]
Id: TypeAlias = Annotated[str, Field(min_length=1, max_length=200)]
Next: TypeAlias = Annotated[tuple[Id, ...], Field(strict=False)]
Seconds: TypeAlias = Annotated[int | float, Field(gt=0, le=LONGEST_TIMEOUT_SECONDS)]


class ChatbotFailurePolicy(Model):
    """What a failed step leads to (CB-2)."""

    action: Literal["continue", "end_chat", "failover", "handover"]
    department: str | None = None


class NodeFailurePolicy(Model):
    """What this node's failure leads to, before the chatbot's rule; `default`: the sender's default chatbot (ND-5)."""

    action: Literal["default", "continue", "end_chat", "failover", "handover"]
    department: str | None = None


class TimeoutPolicy(Model):
    """After how long, and what then (CB-3, CB-4)."""

    seconds: Seconds
    action: Literal["end_chat", "node", "handover"]
    department: str | None = None


class Keywords(Model):
    """Words or MySQL regular expressions that steer the chat (CB-6)."""

    trigger: Annotated[tuple[str, ...], Field(strict=False)] = ()
    reset: Annotated[tuple[str, ...], Field(strict=False)] = ()
    stop: Annotated[tuple[str, ...], Field(strict=False)] = ()
    opt_out: Annotated[tuple[str, ...], Field(strict=False)] = ()


class Settings(Model):
    """The chatbot's own settings (CB-2 to CB-6)."""

    on_failure: ChatbotFailurePolicy = ChatbotFailurePolicy(action="end_chat")
    response_timeout: TimeoutPolicy | None = None
    stuck_timeout: TimeoutPolicy | None = None
    is_default: bool = False
    keywords: Keywords = Keywords()


class Action(Model):
    """A step, and what follows it (ND-1 to ND-6)."""

    id: Id
    kind: Literal["action"]
    role: Role = "regular"
    label: str = ""
    condition: str | None = Field(None, description="PostgreSQL expression; the step is skipped unless it is true.")
    step: StepDocument
    timeout_seconds: Seconds | None = None
    on_failure: NodeFailurePolicy | None = None
    report_field: str | None = None
    final: bool = False
    next: Next = ()


class UserResponseBranch(Model):
    """A response group: taken when one of its patterns matches the reply (CN-1)."""

    id: Id
    label: str = ""
    patterns: Annotated[tuple[str, ...], Field(strict=False)] = ()
    suggestion: str | None = Field(None, description="Id of the suggestion that this branch was made from (ND-7).")
    report_field: str | None = None
    next: Next = ()


class ExpressionBranch(Model):
    """A group of a condition: taken when its expression is true (CN-2)."""

    id: Id
    label: str = ""
    expression: str
    report_field: str | None = None
    next: Next = ()


class Otherwise(Model):
    """The else branch of a condition."""

    label: str = ""
    report_field: str | None = None
    next: Next = ()


class UserResponse(Model):
    """A condition that waits for the contact's reply (CN-1)."""

    id: Id
    kind: Literal["condition"]
    type: Literal["user_response"]
    role: Role = "regular"
    label: str = ""
    branches: Annotated[tuple[UserResponseBranch, ...], Field(strict=False)] = ()
    otherwise: Otherwise | None = Field(None, alias="else")


class ExpressionCondition(Model):
    """A condition that is evaluated at once (CN-2)."""

    id: Id
    kind: Literal["condition"]
    type: Literal["expression"]
    role: Role = "regular"
    label: str = ""
    branches: Annotated[tuple[ExpressionBranch, ...], Field(strict=False)] = ()
    otherwise: Otherwise | None = Field(None, alias="else")


Condition: TypeAlias = Annotated[UserResponse | ExpressionCondition, Field(discriminator="type")]
Node: TypeAlias = Annotated[Action | Condition, Field(discriminator="kind")]

Point: TypeAlias = Annotated[tuple[int | float, int | float], Field(strict=False)]


class Note(Model):
    """A note on the canvas."""

    id: Id
    text: str
    at: Point


class Layout(Model):
    """Where things stand on the canvas; the engine does not read it."""

    nodes: dict[str, Point] = {}
    notes: Annotated[tuple[Note, ...], Field(strict=False)] = ()


class ScenarioDocument(Model):
    """One chatbot, as a file."""

    schema_: str | None = Field(None, alias="$schema")
    format: Literal["botflow.scenario/1"]
    id: Id
    name: str
    channel: Channel
    language: str = Field(min_length=2, max_length=35, description="BCP 47 language tag of the chatbot's texts.")
    settings: Settings = Settings()
    nodes: Annotated[tuple[Node, ...], Field(strict=False)]
    layout: Layout = Layout()
    tests: Annotated[tuple[JsonObject, ...], Field(strict=False)] = ()
