"""The transcript: a conversation as a test (scenario-format.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self, TypeAlias

import regex
from pydantic import AfterValidator, Field, PrivateAttr, ValidationError, field_validator, model_validator

from botflow_runtime.errors import TranscriptError
from botflow_runtime.json_faults import path_text
from botflow_runtime.json_types import Json, JsonObject
from botflow_runtime.model import Model
from botflow_runtime.stand_in import DEFAULT_PHONE
from botflow_runtime.testing.yaml_text import YamlText, YamlTextError, read_yaml
from botflow_runtime.thread import Status

START_OF_TIME: Final = "2026-01-01T00:00:00Z"
MOST_BYTES: Final = 2_000_000
"""Size of a transcript file."""
DAY_SECONDS: Final = 24 * 3600
LONGEST_WAIT: Final = 3_660 * DAY_SECONDS
LONGEST_WAITS: Final = 10 * LONGEST_WAIT
"""Of all waits together: some hundred years, so that times stay times."""
YEARS: Final = (1970, 9000)
LONGEST_PATTERN: Final = 2_000

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


def pattern_of(expected: str | JsonObject) -> regex.Pattern[str] | None:
    """The pattern of a text between slashes; None for what is compared as it is. Raises ValueError."""
    if not (isinstance(expected, str) and len(expected) > 1 and expected.startswith("/") and expected.endswith("/")):
        return None
    if len(expected) > LONGEST_PATTERN:
        raise ValueError(f"Shorten this regular expression to {LONGEST_PATTERN:,} characters.")
    try:
        return regex.compile(expected[1:-1])
    except (regex.error, OverflowError, RecursionError) as error:
        raise ValueError(f"Correct the regular expression {expected}: {error}.") from None


def _with_sound_pattern(expected: str | JsonObject) -> str | JsonObject:
    pattern_of(expected)
    return expected


Expected: TypeAlias = Annotated[str | JsonObject, AfterValidator(_with_sound_pattern)]


class TranscriptTurn(Model):
    """One thing that happens (in, wait, fail or operator) and what is expected of it."""

    in_: str | Inbound | None = Field(None, alias="in")
    wait: int | float | None = Field(
        None, ge=0, le=LONGEST_WAIT, description="Seconds that pass; timers fire on their second."
    )
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
    turns: Annotated[tuple[TranscriptTurn, ...], Field(strict=False, min_length=1)]
    _lines: tuple[int | None, ...] = PrivateAttr(())

    @field_validator("now", mode="before")
    @classmethod
    def _as_text(cls, value: object) -> object:
        return value.isoformat() if isinstance(value, date) else value

    @field_validator("now")
    @classmethod
    def _is_a_moment(cls, value: str) -> str:
        first, last = YEARS
        if not first <= moment(value).year < last:
            raise ValueError(f"give a year from {first} to {last}")
        return value

    @model_validator(mode="after")
    def _ends_some_day(self) -> Self:
        if sum(turn.wait or 0 for turn in self.turns) > LONGEST_WAITS:
            raise ValueError(f"wait for {LONGEST_WAITS // DAY_SECONDS:,} days at the most, all in all")
        return self

    def line(self, turn: int) -> int | None:
        """The line of the file that a turn (counted from 1) begins on; None where it is not known."""
        return self._lines[turn - 1] if 1 <= turn <= len(self._lines) else None

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

    Raises TranscriptError, with a line for each mistake.
    """
    name = name or ("transcript" if isinstance(source, Mapping) else str(source))
    try:
        text = YamlText(source) if isinstance(source, Mapping) else read_yaml(_read(Path(source)))
    except YamlTextError as error:
        raise TranscriptError(f"{name}: {error}") from None
    if not isinstance(text.value, Mapping):
        raise TranscriptError(f"{name}: a transcript is a mapping with `turns`")
    try:
        transcript = Transcript.model_validate(text.value)
    except ValidationError as error:
        raise TranscriptError("\n".join(_mistakes(name, text, error))) from None
    transcript._lines = tuple(text.line(("turns", index)) for index in range(len(transcript.turns)))
    return transcript


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise TranscriptError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(data) > MOST_BYTES:
        raise TranscriptError(f"{path}: is larger than {MOST_BYTES:,} bytes: split it into several transcripts")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TranscriptError(f"{path}: is not written in UTF-8: byte {error.start + 1}") from None


def _mistakes(name: str, text: YamlText, error: ValidationError) -> Iterator[str]:
    """A line for each mistake, with its place: what the schema says, then what it cannot say."""
    from botflow_runtime.schema.generation import transcript_schema  # made of the types above
    from botflow_runtime.schema.reading import departures

    own = [(item["loc"], str(item["ctx"]["error"])) for item in error.errors() if item["type"] == "value_error"]
    found = [*departures(text.value, transcript_schema), *own]
    for path, message in found or [(item["loc"], item["msg"]) for item in error.errors()]:
        line = text.line(path)
        yield ": ".join(part for part in (f"{name}:{line}" if line else name, path_text(path), message) if part)
