"""docs/reference/content.md, written from the models so that it cannot drift from them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from botflow_runtime.content import CHANNELS
from botflow_runtime.content.channel import ContentChannel
from botflow_runtime.content.fields import CHARACTERS, UTF16_UNITS
from botflow_runtime.content.model import Message
from botflow_runtime.content.segments import GSM7_PART, GSM7_SINGLE, UCS2_PART, UCS2_SINGLE

Schema = Mapping[str, Any]

INTRODUCTION: Final = f"""# Message content

What can be sent on each channel, and its limits. Made from `botflow_runtime.content`; do not edit.

* `type` chooses the content type. Unknown fields are refused, except those whose name begins with `x-`.
* A field may hold `{{{{placeholders}}}}`, keys and ids excepted. Before rendering only the fixed part of such a text is
  counted, and an address, number or date with a placeholder is not judged; after rendering everything is
  where code made it or it came over HTTP. A chatbot's message that is left with no address, phone number, moment or
  coordinate where one has to be fails and does not reach the vendor; the web chat leaves such a link out.
* Lengths: "{CHARACTERS.name}" are Unicode code points, "{UTF16_UNITS.name}" are UTF-16 units.
  An SMS is counted in parts: {GSM7_SINGLE} septets alone or {GSM7_PART} a part (GSM 7-bit), {UCS2_SINGLE} UTF-16 units
  alone or {UCS2_PART} a part (UCS-2); an escape pair or a surrogate pair is never cut in two.
* `id` of a suggestion is unique within the message. A reply without `postback` comes back with its text.
* Media is `{{"asset": key}}` or `{{"url": address}}`. The format is checked where an address shows one.
* Transcripts compare the text a person reads: the fields named as "Reads as", a line each; where there are none, the
  asset key or the address of the media; for a carousel its cards with an empty line between two.
* A dynamic message on RCS may also be the vendor's own JSON (RBM or the older GSMA form); it is converted first.
"""


def content_reference() -> str:
    """The page as Markdown, ending in a newline."""
    return "\n".join([INTRODUCTION, *(line for channel in CHANNELS.values() for line in _channel(channel))])


def _channel(channel: ContentChannel) -> Iterator[str]:
    yield f"## {channel.name}\n"
    parts: dict[str, Any] = {}
    for kind, model in channel.messages.items():
        schema = model.model_json_schema()
        parts |= schema.get("$defs", {})
        yield from _object(f"`{kind}`", schema)
        yield from _reading(model)
    for name, part in parts.items():
        yield from _object(name, part)


def _reading(model: type[Message]) -> Iterator[str]:
    own = vars(model).get("text_of")
    if own is not None:
        yield f"Reads as: {own.__doc__}\n"
    elif model.reads:
        yield f"Reads as: {_codes(model.reads)}.\n"


def _object(title: str, schema: Schema) -> Iterator[str]:
    yield f"### {title}\n"
    yield f"{schema['description']}\n"
    if "x-formats" in schema:
        yield f"Formats: {_codes(schema['x-formats'])}.\n"
    if "x-most-bytes" in schema:
        yield f"At most {schema['x-most-bytes']:,} bytes.\n"
    yield "| field | required | value | meaning |"
    yield "|---|---|---|---|"
    for name, field in sorted(schema["properties"].items(), key=lambda item: item[0] != "type"):
        required = "yes" if name in schema.get("required", ()) else ""
        yield f"| `{name}` | {required} | {_value(field)} | {field.get('description', '')} |"
    yield ""


def _value(field: Schema) -> str:
    """What may stand in a field, in words."""
    words = _limits(field) or _kind(field)
    if field.get("default") is not None:
        words += f"; `{field['default']}` when left out"
    return words


def _limits(field: Schema) -> str:
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return " ".join(f"`{value}`" for value in field["enum"])
    if "x-limit" in field:
        return str(field["x-limit"])
    if "minimum" in field:
        return f"a whole number from {field['minimum']} to {field['maximum']}"
    return ""


def _kind(field: Schema) -> str:
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    for union in ("anyOf", "oneOf"):
        if union in field:
            return " or ".join(_value(option) for option in field[union] if option.get("type") != "null")
    if field.get("type") == "array":
        least = f"{field['minItems']} to " if field["minItems"] else "at most "
        return f"a list of {least}{field['maxItems']}: {_value(field['items'])}"
    return f"an object of texts: {_value(field['additionalProperties'])}"


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
