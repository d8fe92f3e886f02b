"""Types that bodies, queries and answers are made of."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final, Generic, TypeVar
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from botflow.clock import iso

ID_LENGTH: Final = 100
NAME_LENGTH: Final = 200
TEXT_LENGTH: Final = 2000
INTEGER_MOST: Final = 2**31 - 1

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_BREAKS: Final = dict.fromkeys(map(ord, "\n\r\t"))


class Body(BaseModel):
    """What a client sends: no field that is not named, and no type that has to be guessed."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, frozen=True)


class View(BaseModel):
    """What a client is shown: nothing but the fields that are named here. `View.model_validate(row)` reads a row."""

    model_config = ConfigDict(extra="ignore", from_attributes=True, serialize_by_alias=True)


T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    """A part of a list, and the cursor of the next part; null: this was the last."""

    items: list[T]
    next: str | None = Field(description="Give it as `cursor` to get what follows; null at the end.")


def _readable(text: str) -> str:
    if "\0" in text:
        raise ValueError("the character U+0000 cannot be kept")
    return text


def _one_line(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("this is one line, without control characters")
    return text


def _prose(text: str) -> str:
    if _CONTROL.search(text.translate(_BREAKS)):
        raise ValueError("line breaks and tabs are the only control characters that this may have")
    return text


def _milliseconds(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not MOMENT.fullmatch(value):
        raise ValueError("write a date and time as RFC 3339 has it: 2026-03-01T10:00:00Z")
    try:
        return (datetime.fromisoformat(value.upper()) - EPOCH) // timedelta(milliseconds=1)
    except OverflowError:
        raise ValueError("this lies before the year 1, or after 9999") from None


def _is_time_zone(text: str) -> str:
    if text not in available_timezones():
        raise ValueError("this is no time zone of the IANA database, such as Europe/Madrid")
    return text


def _is_id(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._:~-]*", text):
        raise ValueError("an id has letters, digits and . _ : ~ - only, and begins with a letter or a digit")
    return text


Text = Annotated[str, StringConstraints(max_length=TEXT_LENGTH), AfterValidator(_readable)]
Line = Annotated[Text, AfterValidator(_one_line)]
Prose = Annotated[Text, AfterValidator(_prose)]
"""What a person writes, in as many lines as they like."""
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=NAME_LENGTH), AfterValidator(_readable)
]
Id = Annotated[str, StringConstraints(min_length=1, max_length=ID_LENGTH), AfterValidator(_is_id)]
"""An id that the client gives."""
TimeZone = Annotated[str, StringConstraints(max_length=60), AfterValidator(_is_time_zone)]
Number = Annotated[int, Field(ge=0, le=INTEGER_MOST)]
Moment = Annotated[
    int,
    BeforeValidator(_milliseconds),
    PlainSerializer(lambda value: iso(value), return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""Milliseconds since the epoch within, RFC 3339 without."""


def examples(*values: Any) -> dict[str, Any]:
    """`json_schema_extra` of a model: what a body of it may look like."""
    return {"examples": list(values)}
