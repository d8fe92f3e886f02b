"""From pydantic's errors to sentences that say what to do, with the paths an author knows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import ValidationError

from botflow_runtime.content.fields import Values
from botflow_runtime.content.model import Path


@dataclass(frozen=True)
class ContentProblem:
    """One mistake in content: where (keys and indexes from the top), a sentence that says what to do, a stable code.

    `values` are what the sentence says of this one alone: with the code they make it in another language.
    """

    path: Path
    message: str
    code: str
    values: Values = field(default_factory=dict)


def problems_of(error: ValidationError, content: Mapping[str, Any]) -> list[ContentProblem]:
    """All mistakes of a validation, in the order of the content."""
    return [_problem(item, content) for item in error.errors(include_url=False)]


def listed(names: Iterable[str]) -> str:
    """Names for a sentence: `a`, `b`."""
    return ", ".join(f"`{name}`" for name in names)


def _problem(error: Any, content: Mapping[str, Any]) -> ContentProblem:
    context = error.get("ctx", {})
    path = _path(error["loc"], content)
    if "sentence" in context:
        return ContentProblem(path, context["sentence"], error["type"], context["values"])
    code, sentence, *values = SENTENCES.get(error["type"], _other)(error, path)
    at_type = ("type",) if error["type"].startswith("union_tag") else ()
    return ContentProblem((*path, *at_type), sentence, code, *values)


def _path(location: Path, content: Any) -> Path:
    """Leaves out the tags that pydantic puts where a kind was chosen by its `type`."""
    path: list[str | int] = []
    value = content
    entered = False  # whether `value` is an object whose tag may come next
    for step in location:
        if entered and step == value.get("type"):
            entered = False
            continue
        path.append(step)
        value = _child(value, step)
        entered = isinstance(value, dict)
    return tuple(path)


def _child(value: Any, step: str | int) -> Any:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


JSON_NAMES: Final[Mapping[type, str]] = {
    dict: "an object",
    list: "a list",
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a decimal number",
    type(None): "null",
}


def _name(value: Any) -> str:
    """What JSON calls a value."""
    return JSON_NAMES.get(type(value), "this")


Sentence = tuple[str, str] | tuple[str, str, Values]


def _missing(_error: Any, path: Path) -> Sentence:
    return "missing", f"Add `{path[-1]}`: it is required."


def _unknown_field(_error: Any, path: Path) -> Sentence:
    name = path[-1]
    sentence = f"Remove `{name}`: there is no such field here (begin its name with `x-` to keep it)."
    return "unknown_field", sentence, {"field": name}


def _unknown_kind(error: Any, _path: Path) -> Sentence:
    known = error["ctx"]["expected_tags"].replace("'", "`")
    return "unknown_type", f"There is no `{error['ctx']['tag']}` here: set `type` to one of {known}.", {"known": known}


def _no_kind(_error: Any, _path: Path) -> Sentence:
    return "missing", "Add `type`: it tells what this is."


def _not_listed(error: Any, _path: Path) -> Sentence:
    known = error["ctx"]["expected"].replace("'", "`")
    return "not_listed", f"Choose {known} here.", {"known": known}


def _wrong_type(wanted: str) -> Callable[[Any, Path], Sentence]:
    return lambda error, _path: ("wrong_type", f"Write {wanted} here, not {_name(error['input'])}.")


def _too_small(error: Any, _path: Path) -> Sentence:
    return "too_small", f"Write {error['ctx']['ge']} or more here.", {"least": error["ctx"]["ge"]}


def _too_large(error: Any, _path: Path) -> Sentence:
    return "too_large", f"Write {error['ctx']['le']} or less here.", {"most": error["ctx"]["le"]}


def _bad_name(_error: Any, _path: Path) -> Sentence:
    return "bad_unicode", "Rename the field whose name has half a character: it is one part of a surrogate pair."


def _other(error: Any, _path: Path) -> Sentence:
    return "invalid", f"Correct this: {error['msg']}."


SENTENCES: Final[Mapping[str, Callable[[Any, Path], Sentence]]] = {
    "missing": _missing,
    "string_pattern_mismatch": _unknown_field,  # the only pattern is the one of own keys, see `model.OWN_KEY`
    "union_tag_invalid": _unknown_kind,
    "union_tag_not_found": _no_kind,
    "literal_error": _not_listed,
    "string_type": _wrong_type("a text"),
    "string_unicode": _bad_name,  # texts are checked by `fields`; what is left is the name of a field
    "int_type": _wrong_type("a whole number"),
    "greater_than_equal": _too_small,
    "less_than_equal": _too_large,
    "list_type": _wrong_type("a list"),
    "dict_type": _wrong_type("an object"),
    "model_type": _wrong_type("an object"),
    "model_attributes_type": _wrong_type("an object"),
}
