"""Compiling the body of a Python script with RestrictedPython: what it refuses never runs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from types import CodeType
from typing import Final

from RestrictedPython.compile import compile_restricted_function
from RestrictedPython.transformer import IOPERATOR_TO_STR, RestrictingNodeTransformer

FUNCTION: Final = "script"
FILENAME: Final = "<script>"
NUMBERED: Final = re.compile(r"^Line (\d+|None): (?:SyntaxError: )?(.*)$", re.DOTALL)
IN_PLACE_ITEM: Final = "_in_place_item_"
IN_PLACE_ATTRIBUTE: Final = "_in_place_attribute_"
"""The guards of the world of a script that ``x[key] += 1`` and ``x.name += 1`` become calls of."""
ENOUGH: Final = "\npass"
"""Keeps a script of comments only from being a function without a body."""


class Policy(RestrictingNodeTransformer):
    """RestrictedPython's own policy, which also lets scripts write ``x[key] += 1`` and ``x.name += 1``."""

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST | Iterable[ast.AST] | None:  # noqa: N802 - the name that ast.NodeVisitor calls
        target = node.target
        if isinstance(target, ast.Name):
            return super().visit_AugAssign(node)
        if isinstance(target, ast.Attribute):
            self.visit_Attribute(ast.copy_location(ast.Attribute(target.value, target.attr, ast.Load()), target))
            place: ast.expr = ast.Constant(target.attr)
        else:
            place = target.slice
        arguments = [target.value, place, ast.Constant(IOPERATOR_TO_STR[type(node.op)]), node.value]
        guard = IN_PLACE_ATTRIBUTE if isinstance(target, ast.Attribute) else IN_PLACE_ITEM
        visited = [self.visit(argument) for argument in arguments]
        call = ast.Expr(ast.Call(ast.Name(guard, ast.Load()), visited, []))
        return ast.fix_missing_locations(ast.copy_location(call, node))


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
        result = compile_restricted_function("", tree, FUNCTION, FILENAME, policy=Policy)
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
