"""What all content is: objects of known fields, messages a person reads, suggestions, media."""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, ClassVar, Final, NamedTuple
from urllib.parse import urlsplit

from pydantic import ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, InitErrorDetails

from botflow_runtime.content.fields import NO_VALUES, URL, Key, Values, fault, holds_placeholder, join_faults
from botflow_runtime.model import KNOWN_FIELDS, Model

MAX_DEPTH: Final = 32
SUGGESTION_ID_LENGTH: Final = 200
FILE_EXTENSION: Final = re.compile(r"\.[A-Za-z0-9]{1,5}$")

Path = tuple[str | int, ...]


class Fault(NamedTuple):
    """Where, a stable code, a sentence that says what to do, and what the sentence says of this one alone."""

    path: Path
    code: str
    sentence: str
    values: Values = NO_VALUES


def objects(content: object) -> Iterator[tuple[Path, dict[str, Any]]]:
    """All JSON objects within a value, outer before inner, except below `x-` keys and deeper than `MAX_DEPTH`."""
    stack: list[tuple[Path, object]] = [((), content)]
    while stack:
        path, value = stack.pop()
        children: list[tuple[str | int, object]] = []
        if isinstance(value, dict):
            yield path, value
            children = [(key, item) for key, item in value.items() if not str(key).startswith("x-")]
        elif isinstance(value, list):
            children = list(enumerate(value))
        if len(path) < MAX_DEPTH:
            stack.extend(((*path, key), item) for key, item in reversed(children))


class Content(Model):
    """An object of known fields; others are refused, except keys that begin with `x-`."""

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        """What fields cannot tell alone. `content` is raw: any field may be missing or wrong."""
        yield from ()

    @model_validator(mode="wrap")
    @classmethod
    def _with_faults(cls, value: Any, validate: Callable[[Any], Any]) -> Any:
        found = list(cls.faults(value)) if isinstance(value, dict) else []
        details = [
            InitErrorDetails(type=fault(code, sentence, values), loc=path, input=value)
            for path, code, sentence, values in found
        ]
        return join_faults(validate, value, details)


class Message(Content):
    """One content type of a channel: something that can be sent."""

    reads: ClassVar[tuple[str, ...]] = ("text",)
    """The fields a person reads, in order of reading."""

    @model_validator(mode="before")
    @classmethod
    def _is_shallow(cls, content: Any) -> Any:
        # nested validation recurses: what nests too deep is refused before it starts
        if any(len(path) >= MAX_DEPTH - 1 for path, _ in objects(content)):
            raise fault("too_deep", "Nest less: this goes deeper than any message may.")
        return content

    @classmethod
    def text_of(cls, content: Mapping[str, Any]) -> str:
        """The text a person reads, buttons left out: the fields of `reads`, a line each; else the name of the media."""
        return lines(content, cls.reads) or media_name(content.get("media"))

    @classmethod
    def templates(cls, content: Mapping[str, Any]) -> tuple[str, ...]:
        """Names of the vendor's templates that the content needs."""
        return ()

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        seen: set[str] = set()
        for path, item in objects(content):
            identifier = item.get("id")
            if not isinstance(identifier, str) or "type" not in item:
                continue
            if identifier in seen:
                yield Fault(
                    (*path, "id"),
                    "duplicate_id",
                    f"Give this another id: `{identifier}` is taken in this message.",
                    {"id": identifier},
                )
            seen.add(identifier)


class Suggestion(Content):
    """Something to tap. A reply comes back as its text and postback; the rest is done on the device."""

    id: Annotated[str, Key(SUGGESTION_ID_LENGTH)] = Field(description="Name of the suggestion, unique in the message.")


class Media(Content):
    """A picture or file: an asset of the company by its key, or an address on the web."""

    model_config = ConfigDict(
        json_schema_extra={
            **KNOWN_FIELDS,
            "if": {"required": ["asset"]},
            "then": {"not": {"required": ["url"]}},
            "else": {"required": ["url"]},
        }
    )
    formats: ClassVar[frozenset[str]] = frozenset()
    """File extensions the channel takes; empty: any."""
    most_bytes: ClassVar[int] = 0
    """Largest file the channel takes, for who knows a file's size; 0: the channel names none."""

    asset: Annotated[str, Key()] | None = Field(None, description="Key of an asset.")
    url: Annotated[str, URL] | None = Field(None, description="Address of the file.")

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        limits = {"x-formats": sorted(cls.formats), "x-most-bytes": cls.most_bytes}
        return handler(schema) | {name: limit for name, limit in limits.items() if limit}

    @classmethod
    def faults(cls, content: Mapping[str, Any]) -> Iterator[Fault]:
        if (content.get("asset") is None) == (content.get("url") is None):
            yield Fault(
                (), "one_file", "Give the media as either `asset` (a key) or `url` (an address), one of the two."
            )
        extension = _extension(content.get("url"))
        if cls.formats and extension and extension not in cls.formats:
            known = ", ".join(sorted(cls.formats))
            yield Fault(
                ("url",),
                "bad_format",
                f"Use a file of a format the channel takes, not {extension}: {known}.",
                {"extension": extension, "known": known},
            )


def _extension(url: object) -> str:
    """The extension an address shows (`.pdf`), in lower case; empty where it shows none or may change."""
    if not isinstance(url, str) or holds_placeholder(url):
        return ""
    try:
        name = posixpath.basename(urlsplit(url).path)
    except ValueError:  # an unclosed bracket in the host: the field itself reports the address
        return ""
    found = FILE_EXTENSION.search(name)
    return found.group().lower() if found else ""


def at_least_one(content: Mapping[str, Any], *names: str) -> Iterator[Fault]:
    """The fault of an object that has none of the named fields."""
    if all(content.get(name) is None for name in names):
        yield Fault((), "one_of", f"Give at least one of {', '.join(f'`{name}`' for name in names)}.")


def lines(content: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """The named fields that hold text, a line each."""
    return "\n".join(text for name in names if isinstance(text := content.get(name), str) and text)


def media_name(media: object) -> str:
    """The asset key or address that stands for a file where only text can be shown."""
    if not isinstance(media, Mapping):
        return ""
    return next((name for key in ("asset", "url") if isinstance(name := media.get(key), str)), "")
