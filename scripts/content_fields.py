"""The page's knowledge of message content: the fields and limits of every type, read from the runtime's models."""

import json
from collections.abc import Iterable, Iterator, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le
from pydantic.fields import FieldInfo

from botflow_runtime.content import CHANNELS, segments, whatsapp
from botflow_runtime.content.fields import (
    CHARACTERS,
    MOMENT,
    PHONE,
    URL,
    UTF8_BYTES,
    UTF16_UNITS,
    Items,
    Key,
    Number,
    Shaped,
    Text,
)
from botflow_runtime.content.model import Content, Media
from botflow_runtime.content.sms import SMS_PARTS

UNITS: Final = {CHARACTERS: "characters", UTF16_UNITS: "utf16", UTF8_BYTES: "bytes", SMS_PARTS: "sms"}
SHAPES: Final = {URL.code: "url", PHONE.code: "phone", MOMENT.code: "moment"}
Field = dict[str, Any]


def content_fields() -> str:
    """The TypeScript file."""
    channels = {
        name: {kind: model.__name__ for kind, model in channel.messages.items()} for name, channel in CHANNELS.items()
    }
    messages = [model for channel in CHANNELS.values() for model in channel.messages.values()]
    objects = {model.__name__: _object(model) for model in _reachable(messages)}
    limits = {"whatsapp_list_rows": whatsapp.LIST_ROWS}
    return "\n".join(
        [
            "/** Made from `botflow_runtime.content` by `python -m scripts.generate`; do not edit. */",
            'import type { ObjectKind } from "./kinds";',
            "",
            "/** The content types of each channel, and the object that each is. */",
            f"export const CHANNELS = {_table(channels, 1)} as const;",
            "",
            "/** What is known of the fields of every object that content is made of. */",
            f"export const OBJECTS = {_table(objects, 3)} as const satisfies Record<string, ObjectKind>;",
            "",
            "/** Limits that hold for several fields together. */",
            f"export const LIMITS = {_line(limits)} as const;",
            "",
            "/** How a text is cut into SMS parts. */",
            f"export const SMS = {_table(_sms(), 1)} as const;",
            "",
        ]
    )


def _sms() -> Mapping[str, Any]:
    return {
        "gsm7": {"single": segments.GSM7_SINGLE, "part": segments.GSM7_PART},
        "ucs2": {"single": segments.UCS2_SINGLE, "part": segments.UCS2_PART},
        "basic": "".join(sorted(segments.GSM7_BASIC)),
        "extension": "".join(sorted(segments.GSM7_EXTENSION)),
    }


def _table(value: object, levels: int, indent: str = "") -> str:
    """A value as TypeScript: its first levels with an entry a line, what is inside on one line."""
    if levels == 0 or not isinstance(value, dict):
        return _line(value)
    entries = (f"{indent}  {_line(key)}: {_table(item, levels - 1, indent + '  ')},\n" for key, item in value.items())
    return "{\n" + "".join(entries) + indent + "}"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _object(model: type[Content]) -> Field:
    hints = get_type_hints(model, include_extras=True)
    fields = {name: _field(hints[name], info) for name, info in model.model_fields.items() if name != "type"}
    kind = model.model_fields.get("type")
    return {**({"type": get_args(kind.annotation)[0]} if kind else {}), "fields": fields}


def _field(annotation: Any, info: FieldInfo) -> Field:
    found = _described(annotation, info.metadata)
    if info.is_required():
        return {**found, "required": True}
    has_default = info.default_factory is None and info.default is not None
    return {**found, "default": info.default} if has_default else found


def _described(annotation: Any, marks: Iterable[Any] = ()) -> Field:
    """A field by its annotation: the marks of the content's types first, else what Python says."""
    annotation, marks = _unwrapped(annotation, marks)
    marked = next(filter(None, map(_marked, marks)), None)
    if marked is not None:
        return {**marked, **({"of": _names(annotation)} if marked["kind"] == "list" else {})}
    if get_origin(annotation) is Literal:
        return {"kind": "choice", "values": list(get_args(annotation))}
    if get_origin(annotation) is dict:
        return {**_described(get_args(annotation)[1]), "kind": "texts"}
    if annotation is int:
        (least,) = (mark.ge for mark in marks if isinstance(mark, Ge))
        (most,) = (mark.le for mark in marks if isinstance(mark, Le))
        return {"kind": "integer", "least": least, "most": most}
    (model,) = _models(annotation)
    if issubclass(model, Media):
        return {"kind": "media", "formats": sorted(model.formats), "most": model.most_bytes}
    return {"kind": "object", "of": model.__name__}


def _unwrapped(annotation: Any, marks: Iterable[Any]) -> tuple[Any, list[Any]]:
    """Without `Annotated` and `| None`, whose marks join the others."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _unwrapped(inner, [*marks, *more])
    options = [option for option in get_args(annotation) if option is not NoneType]
    if get_origin(annotation) in (Union, UnionType) and len(options) == 1:
        return _unwrapped(options[0], marks)
    return annotation, list(marks)


def _marked(mark: object) -> Field | None:
    match mark:
        case Text():
            return {"kind": "text", "most": mark.most, "unit": UNITS[mark.unit]}
        case Shaped():
            return {"kind": SHAPES[mark.code], "most": mark.most}
        case Key():
            return {"kind": "key", "most": mark.most}
        case Number():
            return {"kind": "number", "least": mark.least, "most": mark.most}
        case Items():
            return {"kind": "list", "least": mark.least, "most": mark.most}
    return None


def _models(annotation: Any) -> Iterator[type[Content]]:
    """The objects that stand in an annotation, however deep, in their order."""
    if isinstance(annotation, type) and issubclass(annotation, Content):
        yield annotation
    for option in get_args(annotation):
        yield from _models(option)


def _names(annotation: Any) -> list[str]:
    return [model.__name__ for model in _models(annotation)]


def _reachable(messages: Iterable[type[Content]]) -> Iterator[type[Content]]:
    """The messages and all that stands in them, each once."""
    waiting, seen = list(messages), set[type[Content]]()
    while waiting:
        model = waiting.pop(0)
        if model in seen or issubclass(model, Media):
            continue
        seen.add(model)
        yield model
        hints = get_type_hints(model, include_extras=True)
        waiting.extend(found for name in model.model_fields for found in _models(hints[name]))
