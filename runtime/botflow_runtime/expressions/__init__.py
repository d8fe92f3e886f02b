"""PostgreSQL expressions over placeholders (CN-3): `compile_expression` makes a callable of a text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Protocol

from botflow_runtime.expressions.binder import Binder, SlotReader
from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.moment import Moment, Now
from botflow_runtime.expressions.parser import parse
from botflow_runtime.expressions.repair import repaired
from botflow_runtime.expressions.terms import NOT_CONSTANT, Run, Term

__all__ = ["CompiledExpression", "ExpressionError", "compile_expression"]

UNFORESEEN: Final = (ArithmeticError, ValueError, RecursionError, MemoryError)
"""What values can make Python raise. Whatever a contact writes, the engine must go on (engine.md 5), so where a check
is missing the expression cannot be computed; the tests fail on it all the same."""


class Values(Protocol):
    """Where an expression reads: a flat mapping, or anything else that knows a value by its placeholder's name."""

    def get(self, name: str, /) -> Any:
        """The JSON value of this name; None where there is none."""


class CompiledExpression:
    """An expression ready to be computed, as often as wanted and from any thread.

    `text` is what it was compiled from, `placeholders` the names it reads, in the order in which they stand.
    """

    __slots__ = ("_fold", "_positions", "_readers", "_run", "placeholders", "text")

    def __init__(self, text: str, term: Term, binder: Binder) -> None:
        self.text = text
        self.placeholders: tuple[str, ...] = tuple(binder.placeholders)
        self._run: Run = term.run
        self._fold = term.fold
        self._readers: tuple[SlotReader, ...] = tuple(binder.readers)
        self._positions = tuple(binder.positions)

    def __call__(self, values: Values, *, now: Now = None) -> bool | None:
        """Whether the expression is true, false or (None) unknown, as PostgreSQL's WHERE sees it.

        `values` is flat, of JSON values, read through `values.get(name)` only; a missing name is empty text. `now` is
        the event's time in the company's time zone (aware), or a function that gives it; without it the clock is read
        where the expression asks for the time. Raises ExpressionError where PostgreSQL raises an error.
        """
        result: bool | None = self.value(values, now)
        return result

    def value(self, values: Values, now: Now = None) -> Any:
        """The same for an expression of any type."""
        moment = Moment(now)
        get: Callable[[str], Any] = values.get
        row: list[Any] = [moment]
        try:
            for read in self._readers:
                row.append(read(get, moment))  # noqa: PERF401 - the error below needs to know how far it came
            if self._fold is not None:
                value = self._fold(row)
                if value is not NOT_CONSTANT:
                    return value
            return self._run(row)
        except ExpressionError as error:
            if error.position is None and len(row) <= len(self._readers):
                error.position = self._positions[len(row) - 1]
            error.locate(self.text)
            raise
        except UNFORESEEN as error:
            raise _uncomputable(error) from error

    def __repr__(self) -> str:
        return f"CompiledExpression({self.text!r})"


def compile_expression(text: str) -> CompiledExpression:
    """Compile a PostgreSQL boolean expression over `'{{placeholders}}'`.

    Raises ExpressionError, with the place and where possible a suggestion, for what PostgreSQL would refuse and for
    what is outside of the supported part (docs/reference/expressions.md).
    """
    try:
        return compiled(text, boolean=True)
    except ExpressionError as error:
        if error.suggestion is None:
            error.suggestion = repaired(text, _compiles)
        error.locate(text)
        raise


def compiled(text: str, *, boolean: bool) -> CompiledExpression:
    """Compile without looking for a suggestion; with `boolean` false the result is the value as text (for tests)."""
    binder = Binder()
    try:
        tree = parse(text)
        term = binder.boolean(tree, "An expression") if boolean else binder.text(tree)
    except RecursionError:
        raise ExpressionError("The expression is nested too deeply: split it.") from None
    except UNFORESEEN as error:  # constants are computed at once
        raise _uncomputable(error) from error
    if term.doomed is not None:
        raise term.doomed
    return CompiledExpression(text, term, binder)


def _uncomputable(error: Exception) -> ExpressionError:
    return ExpressionError(f"This could not be computed ({type(error).__name__}): write it in another way.")


def _compiles(text: str) -> bool:
    try:
        compiled(text, boolean=True)
    except ExpressionError:
        return False
    return True
