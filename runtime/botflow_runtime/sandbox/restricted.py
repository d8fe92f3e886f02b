"""Compiling the body of a Python script with RestrictedPython: what it refuses never runs."""

from __future__ import annotations

import ast
import re
from types import CodeType
from typing import Final

from RestrictedPython.compile import compile_restricted_function

FUNCTION: Final = "script"
FILENAME: Final = "<script>"
NUMBERED: Final = re.compile(r"^Line (\d+|None): (?:SyntaxError: )?(.*)$", re.DOTALL)
ENOUGH: Final = "\npass"
"""Keeps a script of comments only from being a function without a body."""


class CompileError(Exception):
    """A script that does not compile: every reason with its line, and column where it is known (from 1)."""

    def __init__(self, reasons: list[tuple[str, int | None, int | None]]) -> None:
        super().__init__(reasons[0][0])
        self.reasons = reasons
        self.message, self.line, self.column = reasons[0]


def compile_body(source: str) -> CodeType:
    """Code that defines FUNCTION, whose body the source is. Raises CompileError. Nothing of it is executed."""
    try:
        tree = ast.parse(source + ENOUGH, FILENAME)
        result = compile_restricted_function("", tree, FUNCTION, FILENAME)
    except SyntaxError as error:
        raise CompileError([(error.msg, error.lineno, error.offset)]) from None
    except (RecursionError, MemoryError):
        raise CompileError([("the script is nested too deeply", None, None)]) from None
    except ValueError as error:  # a NUL character, or half of a surrogate pair
        raise CompileError([(str(error), None, None)]) from None
    if result.errors:
        raise CompileError([_reason(text) for text in result.errors])
    assert result.code is not None  # it is there whenever there are no errors
    return result.code


def _reason(text: str) -> tuple[str, int | None, int | None]:
    found = NUMBERED.match(text)
    if found is None:
        return text, None, None
    line, message = found.groups()
    return message, int(line) if line.isdecimal() else None, None
