"""YAML as transcripts use it: JSON's values in a shorter notation, each with its line, and bounded.

Only what JSON would read as a number, a boolean or null is one (YAML 1.2, core schema); ``yes``, ``12:30`` and
``2026-03-01`` are texts. An alias stands for a copy, so that copies of copies are counted before they are made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import yaml

from botflow_runtime.json_faults import DEEPEST_NESTING, JsonPath, json_fault, path_text
from botflow_runtime.json_text import JsonTextError, finite, read_json
from botflow_runtime.json_types import Json

MOST_VALUES: Final = 100_000
"""Values of one text, those that aliases repeat counted each time."""

PLAIN_VALUES: Final = {
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "bool": (r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    "int": (r"-?(0|[1-9][0-9]*)", list("-0123456789")),
    "float": (r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?", list("-0123456789")),
}
"""Type of a value without quotes: its form, and how it may begin."""

TAGS: Final = frozenset(f"tag:yaml.org,2002:{name}" for name in (*PLAIN_VALUES, "str", "seq", "map"))


class YamlTextError(ValueError):
    """A text that is no YAML, or more than a transcript needs; the message says where and why."""


class YamlText(NamedTuple):
    """A value, and the node of the text that it was read from (None: the text is JSON)."""

    value: Json
    root: yaml.Node | None = None

    def line(self, path: JsonPath) -> int | None:
        """The line of the value at a path, or of the nearest around it that there is; None where it is not known."""
        node = self.root
        for step in path if node is not None else ():
            below = dict(_members(node))
            if step not in below:
                break
            node = below[step]
        return node.start_mark.line + 1 if node is not None else None


def read_yaml(text: str) -> YamlText:
    """Read one document of JSON values. Raises YamlTextError."""
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        try:
            return YamlText(_plain(read_json(text)))
        except JsonTextError:
            pass  # a flow mapping of YAML begins like this too
    try:
        return _read(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else 1
        raise YamlTextError(f"line {line}: this is not YAML: {error.problem or error.context}") from None
    except yaml.reader.ReaderError as error:
        raise YamlTextError(f"this is not YAML: character {error.position + 1}: {error.reason}") from None
    except RecursionError:
        raise YamlTextError(f"this is nested deeper than {DEEPEST_NESTING} levels") from None
    except YamlTextError:
        raise
    except (ValueError, KeyError) as error:
        raise YamlTextError(f"this YAML cannot be used: {error}") from None


class _Loader(yaml.SafeLoader):
    """YAML with JSON's types of plain values."""

    yaml_implicit_resolvers = {}


for _type, (_form, _first) in PLAIN_VALUES.items():
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_type}", re.compile(rf"(?:{_form})\Z"), _first)


def _number(loader: _Loader, node: yaml.ScalarNode) -> float:
    return finite(loader.construct_scalar(node))


_Loader.add_constructor("tag:yaml.org,2002:float", _number)


def _read(text: str) -> YamlText:
    loader = _Loader(text)
    root = loader.get_single_node()
    if root is None:
        return YamlText(None)
    _measure(root, {})
    return YamlText(_plain(loader.construct_document(root)), root)


def _plain(value: Any) -> Json:
    """The value, which is JSON. Raises YamlTextError."""
    if fault := json_fault(value):
        raise YamlTextError(f"{path_text(fault.path)}: {fault.message}")
    return value


def _measure(node: yaml.Node, known: dict[yaml.Node, tuple[int, int] | None]) -> tuple[int, int]:
    """How many values a node stands for, and how deep they nest. Raises YamlTextError where it is too much."""
    if node in known:
        found = known[node]
        if found is None:
            raise _refusal(node, "this holds itself by an alias")
        return found
    known[node] = None
    if node.tag not in TAGS:
        raise _refusal(node, f"remove the tag {node.tag}")
    _refuse_repeated_names(node)
    below = [_measure(child, known) for _, child in _members(node)]
    size, depth = 1 + sum(size for size, _ in below), 1 + max((depth for _, depth in below), default=0)
    if size > MOST_VALUES or depth > DEEPEST_NESTING:
        raise _refusal(node, f"more than {MOST_VALUES:,} values, or deeper than {DEEPEST_NESTING} levels")
    known[node] = size, depth
    return size, depth


def _refuse_repeated_names(node: yaml.Node) -> None:
    names = Counter(name for name, _ in _members(node))
    for name, times in names.items():
        if times > 1:
            raise _refusal(node, f"the name {name!r} stands twice in one mapping")


def _members(node: yaml.Node | None) -> Iterator[tuple[str | int, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _refusal(key, "a name is a text")
            yield key.value, value
    elif isinstance(node, yaml.SequenceNode):
        yield from enumerate(node.value)


def _refusal(node: yaml.Node, problem: str) -> YamlTextError:
    return YamlTextError(f"line {node.start_mark.line + 1}: {problem}")
