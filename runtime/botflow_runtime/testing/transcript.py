"""The transcript: a conversation as a test (scenario-format.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self, TypeAlias

import yaml
from pydantic import Field, ValidationError, field_validator, model_validator

from botflow_runtime.errors import TranscriptError
from botflow_runtime.json_types import Json, JsonObject
from botflow_runtime.model import Model
from botflow_runtime.thread import Status

START_OF_TIME: Final = "2026-01-01T00:00:00Z"
DEFAULT_PHONE: Final = "+15550100"

EffectName: TypeAlias = Literal["handover", "opt_out", "report", "open_thread", "set_attribute"]


class Contact(Model):
    """Who chats. Further fields are the contact's own, such as `name`."""

    phone: str = DEFAULT_PHONE
    name: str | None = None
    language: str | None = None
    attributes: JsonObject = {}


class HttpAnswer(Model):
    """The answer to HTTP calls of code steps whose ``METHOD URL`` fits `match` (`*` stands for anything)."""

    match: str
    status: int = 200
    headers: dict[str, str] = {}
    json_: Json = Field(None, alias="json")
    text: str | None = None
    error: str | None = Field(None, description="The call fails with this message instead.")


class Inbound(Model):
    """What the contact sends: a text, a tapped suggestion, a place, or a file."""

    text: str | None = None
    postback: str | None = None
    location: Annotated[tuple[int | float, int | float], Field(strict=False)] | None = None
    attachment: str | None = None


class StartAt(Model):
    """An operator starts the chatbot at a node."""

    start_at: str


Operator: TypeAlias = Literal["stop", "resume", "restart", "resolve"] | StartAt
Expected: TypeAlias = str | JsonObject


class TranscriptTurn(Model):
    """One thing that happens (in, wait, fail or operator) and what is expected of it."""

    in_: str | Inbound | None = Field(None, alias="in")
    wait: int | float | None = Field(None, ge=0, description="Seconds that pass; timers fire on their second.")
    fail: Literal["delivery"] | None = None
    operator: Operator | None = None
    out: Annotated[tuple[Expected, ...], Field(strict=False)] | None = None
    at: str | None = None
    status: Status | None = None
    vars: JsonObject | None = None
    effects: Annotated[tuple[EffectName, ...], Field(strict=False)] | None = None

    @model_validator(mode="after")
    def _one_thing_happens(self) -> Self:
        given = [name for name in ("in_", "wait", "fail", "operator") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("each turn has exactly one of in, wait, fail, operator")
        return self


class Transcript(Model):
    """A conversation with what is expected at each turn."""

    name: str | None = None
    scenarios: Annotated[tuple[str, ...], Field(strict=False)] = ()
    contact: Contact = Contact()
    now: str = START_OF_TIME
    http: Annotated[tuple[HttpAnswer, ...], Field(strict=False)] = ()
    turns: Annotated[tuple[TranscriptTurn, ...], Field(strict=False)] = ()

    @field_validator("now", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return value.isoformat() if isinstance(value, date) else value

    @field_validator("now")
    @classmethod
    def _is_a_moment(cls, value: str) -> str:
        moment(value)
        return value

    @property
    def start(self) -> datetime:
        """The start of the virtual clock."""
        return moment(self.now)


def moment(text: str) -> datetime:
    """A moment from ISO 8601; without an offset it is UTC. Raises ValueError."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def load_transcript(source: str | Path | Mapping[str, Any], name: str | None = None) -> Transcript:
    """Read a transcript from a YAML or JSON file, or from a mapping; `name` stands for it in messages.

    Raises TranscriptError.
    """
    raw = source if isinstance(source, Mapping) else _read(Path(source))
    name = name or ("transcript" if isinstance(source, Mapping) else str(source))
    if not isinstance(raw, Mapping):
        raise TranscriptError(f"{name}: a transcript is a mapping with `turns`")
    try:
        return Transcript.model_validate(raw)
    except ValidationError as error:
        lines = [f"{name}: {_place(item['loc'])}: {item['msg']}" for item in error.errors()]
        raise TranscriptError("\n".join(lines)) from None


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise TranscriptError(f"{path}: cannot be read: {error.strerror}") from None
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise TranscriptError(f"{path}: this is not YAML: {' '.join(str(error).split())}") from None


def _place(location: tuple[str | int, ...]) -> str:
    return ".".join(str(part) for part in location)
