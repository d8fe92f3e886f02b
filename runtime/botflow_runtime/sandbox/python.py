"""Python as the host knows it: compiling without executing, and writing values."""

from __future__ import annotations

import ast
import math
import re
import threading
import warnings
from collections.abc import Callable
from typing import Final

from botflow_runtime.json_types import Json
from botflow_runtime.sandbox import restricted
from botflow_runtime.sandbox.language import LanguageRules, SourceProblem, is_negative

PLAIN: Final = re.compile(r"[^A-Za-z0-9 ]")
QUOTES: Final = ("'", '"')
_quiet = threading.Lock()
"""Warnings are switched off for the whole process: one thread at a time."""


def parser() -> Callable[[str], bool]:
    return _parses


def _parses(source: str) -> bool:
    try:
        with _quiet, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def problems(source: str) -> list[SourceProblem]:
    try:
        with _quiet, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            restricted.compile_body(source)
    except restricted.CompileError as error:
        return [SourceProblem(*reason) for reason in error.reasons]
    return []


def literal(value: Json) -> str:
    """A value as a literal; what is not one token stands in parentheses, as ``-5 ** 2`` is not ``(-5) ** 2``."""
    if isinstance(value, str):
        return f'"{escaped(value)}"'
    if isinstance(value, dict):
        members = ",".join(f"{literal(str(key))}:{literal(member)}" for key, member in value.items())
        return f"({{{members}}})"
    if isinstance(value, list):
        return f"([{','.join(map(literal, value))}])"
    if isinstance(value, float) and not math.isfinite(value):
        return "None"
    negative = isinstance(value, (int, float)) and is_negative(value)
    return f"({value!r})" if negative else repr(value)


def escaped(text: str) -> str:
    return PLAIN.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def refusal(message: str) -> str:
    return f'raise SyntaxError("{escaped(message)}")'


def sticks(before: str, after: str) -> bool:
    """Quotes on both sides would become the three of a long string, as in ``"{{x}}""b"``."""
    for quote in QUOTES:
        left = len(before) - len(before.rstrip(quote))
        right = len(after) - len(after.lstrip(quote))
        if left and right and left + right >= 3 and (left, right) != (3, 3):
            return True
    return False


RULES: Final = LanguageRules(
    parser, problems, literal, escaped, illegal="$", refusal=refusal, sticks=sticks, reusable=False
)
