"""Kinds of fields that content is made of: limited texts, addresses, numbers, moments, lists.

Each kind is an annotation (`Annotated[str, Text(25)]`) that gives pydantic its check, the JSON Schema its keywords,
and people its limit in words (`x-limit`). Until content is rendered, a field may hold `{{placeholders}}`: then only
what no value can change is judged. Validate with the context `RENDERED` to judge content as it will be sent.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from botflow_runtime.json_faults import HALF_CHARACTER, REMOVE_HALF_CHARACTER
from botflow_runtime.templates import BRACES

HAS_PLACEHOLDER: Final = r"\{\{"
URL_LENGTH: Final = 2048
KEY_LENGTH: Final = 200

Values = Mapping[str, int | float | str]
"""What a sentence says of this mistake alone, by name: `most`, `found`."""
NO_VALUES: Final[Values] = {}

RENDERED: Final[dict[str, Any]] = {"rendered": True}
UNRENDERED: Final[dict[str, Any]] = {"rendered": False}


@dataclass(frozen=True)
class Unit:
    """What a vendor counts when it limits a text; `code_points` is the most Unicode code points that fit one unit."""

    name: str
    count: Callable[[str], int]
    code_points: int = 1


def _utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _utf8_bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


CHARACTERS: Final = Unit("characters", len)
UTF16_UNITS: Final = Unit("characters (an emoji counts as 2 or more)", _utf16_units)
UTF8_BYTES: Final = Unit("bytes of UTF-8", _utf8_bytes)


def fault(code: str, sentence: str, values: Values = NO_VALUES) -> PydanticCustomError:
    """The error of one field: a stable code, a sentence that says what to do, and what is in it, by name."""
    return PydanticCustomError(code, "{sentence}", {"sentence": sentence, "values": dict(values)})


def join_faults(validate: Callable[[Any], Any], value: Any, faults: list[InitErrorDetails]) -> Any:
    """Run `validate(value)`; raise its own errors and `faults` together, so that an author sees all at once."""
    try:
        valid = validate(value)
    except ValidationError as error:
        if not faults:
            raise
        faults = [*map(_details, error.errors(include_url=False)), *faults]
    if faults:
        raise ValidationError.from_exception_data("content", faults)
    return valid


def _details(error: Any) -> InitErrorDetails:
    context = error.get("ctx", {})
    told = "sentence" in context
    kind = fault(error["type"], context["sentence"], context["values"]) if told else error["type"]
    return InitErrorDetails(type=kind, loc=error["loc"], input=error["input"], ctx=context)


def holds_placeholder(value: object) -> bool:
    """Whether the value is a text with at least one `{{placeholder}}`."""
    return isinstance(value, str) and BRACES.search(value) is not None


def _is_rendered(info: ValidationInfo) -> bool:
    return bool(info.context and info.context["rendered"])


def _refuse_half_characters(text: str) -> None:
    # JavaScript can cut an emoji in two; no vendor takes the halves, and UTF-8 has no way to write them
    if HALF_CHARACTER.search(text):
        raise fault("bad_unicode", REMOVE_HALF_CHARACTER)


@dataclass(frozen=True)
class Text:
    """A text that is not blank and at most `most` units long; around placeholders only the fixed part is counted."""

    most: int
    unit: Unit = CHARACTERS

    @property
    def limit(self) -> str:
        return f"at most {self.most:,} {self.unit.name}"

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(schema) | {
            "pattern": r"\S",
            "if": {"not": {"pattern": HAS_PLACEHOLDER}},
            "then": {"maxLength": self.most * self.unit.code_points},
            "x-limit": self.limit,
        }

    def _check(self, text: str, info: ValidationInfo) -> str:
        _refuse_half_characters(text)
        if not text.strip():
            raise fault("blank", "Write something here.")
        fixed = text if _is_rendered(info) else BRACES.sub("", text)
        length = self.unit.count(fixed)
        if length > self.most:
            least = "at least " if fixed != text else ""
            sentence = f"Shorten this text: it has {least}{length:,}, and may have {self.limit}."
            raise fault("too_long", sentence, {"found": length, "most": self.most})
        return text


@dataclass(frozen=True)
class Shaped:
    """A text of one shape (an address, a phone number, a moment); one placeholder or more may stand in for it."""

    code: str
    limit: str
    pattern: str
    most: int
    is_sound: Callable[[str], bool] = lambda _text: True
    while_unrendered: str = ""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(schema) | {
            "maxLength": self.most,
            "pattern": f"{self.pattern}|{HAS_PLACEHOLDER}",
            "x-limit": self.limit,
        }

    def _check(self, text: str, info: ValidationInfo) -> str:
        _refuse_half_characters(text)
        if len(text) > self.most:
            sentence = f"Shorten this: it has {len(text):,} characters, and may have {self.most:,}."
            raise fault("too_long", sentence, {"found": len(text), "most": self.most})
        if holds_placeholder(text) and not _is_rendered(info):
            sound = re.search(self.while_unrendered, text) is not None
        else:
            sound = re.fullmatch(self.pattern, text) is not None and self.is_sound(text)
        if not sound:
            raise fault(self.code, f"Write {self.limit}.")
        return text


def is_moment(text: str) -> bool:
    """Whether a text of the right shape is a date that the calendar has."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_address(text: str) -> bool:
    """Whether a text of the right shape is an address with a host."""
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False


URL: Final = Shaped(
    code="bad_url",
    limit="a web address that begins with http:// or https://",
    pattern=r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]+[^\s]*$",
    most=URL_LENGTH,
    is_sound=is_address,
    # a placeholder may stand for the whole address or for a part of it, never for half of the scheme
    while_unrendered=r"^(\{\{|[Hh][Tt][Tt][Pp][Ss]?://)",
)
PHONE: Final = Shaped(
    code="bad_phone",
    limit="a phone number with its country code and digits only, such as +34911234567",
    pattern=r"^\+?[0-9]{3,15}$",
    most=KEY_LENGTH,
)
MOMENT: Final = Shaped(
    code="bad_moment",
    limit="a date (2026-03-01) or a date and time (2026-03-01T10:00:00Z); without a zone it is the company's time",
    pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?$",
    most=KEY_LENGTH,
    is_sound=is_moment,
)


@dataclass(frozen=True)
class Key:
    """The name of something kept elsewhere (an asset, a template): fixed, so that a file's needs can be listed."""

    most: int = KEY_LENGTH

    @property
    def limit(self) -> str:
        return f"at most {self.most:,} characters, no placeholder"

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        named = {"minLength": 1, "maxLength": self.most, "not": {"pattern": HAS_PLACEHOLDER}}
        return handler(schema) | named | {"pattern": r"\S", "x-limit": self.limit}

    def _check(self, text: str) -> str:
        _refuse_half_characters(text)
        if not text.strip():
            raise fault("blank", "Write a name here.")
        if holds_placeholder(text):
            raise fault("placeholder", "Write a fixed name here: a placeholder cannot stand for it.")
        if len(text) > self.most:
            sentence = f"Shorten this name: it has {len(text):,} characters, and may have {self.most:,}."
            raise fault("too_long", sentence, {"found": len(text), "most": self.most})
        return text


@dataclass(frozen=True)
class Number:
    """A number between two bounds, or decimal text (what a rendered placeholder leaves), or a placeholder."""

    least: float
    most: float

    @property
    def limit(self) -> str:
        return f"a number from {self.least:g} to {self.most:g}"

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self._check)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        decimal = rf"^-?[0-9]+(\.[0-9]+)?$|{HAS_PLACEHOLDER}"
        bounds = {"minimum": self.least, "maximum": self.most}
        return {"type": ["number", "string"], **bounds, "pattern": decimal, "x-limit": self.limit}

    def _check(self, value: Any, info: ValidationInfo) -> Any:
        if holds_placeholder(value) and not _is_rendered(info):
            return value
        if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,20})?", value):
            value = float(value)
        # a comparison with NaN is false, so NaN is refused too
        if isinstance(value, bool) or not isinstance(value, int | float) or not self.least <= value <= self.most:
            raise fault("out_of_range", f"Write {self.limit}.", {"least": self.least, "most": self.most})
        return value


@dataclass(frozen=True)
class Items:
    """A list of `least` to `most` items; items are checked even where there are too many."""

    least: int
    most: int

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(schema) | {"minItems": self.least, "maxItems": self.most}

    def _check(self, value: Any, validate: Callable[[Any], Any]) -> Any:
        faults: list[InitErrorDetails] = []
        length = len(value) if isinstance(value, list) else self.least
        if length > self.most:
            sentence = f"Keep at most {self.most} of these; there are {length}."
            too_many = fault("too_many", sentence, {"found": length, "most": self.most})
            faults = [InitErrorDetails(type=too_many, loc=(), input=value)]
        if length < self.least:
            sentence = f"Add at least {self.least} of these; there are {length}."
            too_few = fault("too_few", sentence, {"found": length, "least": self.least})
            faults = [InitErrorDetails(type=too_few, loc=(), input=value)]
        return join_faults(validate, value, faults)
