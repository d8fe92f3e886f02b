"""Typed pieces of an expression as closures, and how they are joined.

A closure takes the row: the Moment, then the value of each literal that holds a placeholder. PostgreSQL computes in
two steps, and so does a term: its planner first folds whatever depends on constants alone, even behind an AND that
would never reach it; then the rest runs, left to right and no further than needed. A term that depends on the clock
or the session is `stable` and has `fold` for the first step; for any other, folding and running are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.moment import NeedsMomentError, UnknownMoment
from botflow_runtime.expressions.syntax import Literal
from botflow_runtime.expressions.types import UNKNOWN, SqlType, Value

Row = list[Any]
Run = Callable[[Row], Value]


class _NotConstant:
    """What folding gives where the value is not known yet."""


NOT_CONSTANT: Final = _NotConstant()


@dataclass(slots=True)
class Term:
    """A typed piece.

    `known` says that `value` is its value whatever the row; `literal` is set while it is unread; `doomed` is the error
    that computing it always ends in.
    """

    type: SqlType
    run: Run
    position: int
    fold: Run | None = None
    known: bool = False
    value: Value = None
    literal: Literal | None = None
    doomed: ExpressionError | None = None

    @property
    def stable(self) -> bool:
        return self.fold is not None

    @property
    def folded(self) -> Run:
        return self.fold or self.run


def constant(sql_type: SqlType, value: Value, position: int) -> Term:
    return Term(sql_type, lambda row: value, position, known=True, value=value)


def unread(literal: Literal) -> Term:
    """A literal whose type its surroundings have still to give."""
    return Term(UNKNOWN, _unread, literal.position, literal=literal)


def _unread(row: Row) -> Value:
    raise AssertionError("a literal of unknown type was left unread")


def apply(
    result: SqlType,
    compute: Callable[..., Value],
    arguments: Sequence[Term],
    position: int,
    *,
    strict: bool = True,
    stable: bool = False,
    needs_moment: bool = False,
) -> Term:
    """A function over terms. `strict`: NULL for any NULL. `needs_moment`: the Moment comes first."""
    runs = [argument.run for argument in arguments]
    maker = _strict_run if strict else _plain_run
    run = maker(compute, runs, arguments, needs_moment)
    term = Term(result, run, position, doomed=_first_doomed(arguments))
    if stable or any(argument.stable for argument in arguments):
        term.fold = _fold_call(compute, arguments, strict, stable, needs_moment)
        if len(arguments) > 1:
            term.run = preferring(term.fold, run)
    elif all(argument.known for argument in arguments):
        return _computed(term)
    return term


def _computed(term: Term) -> Term:
    """The term as a constant; as it is when it cannot be computed, for it may never be reached."""
    try:
        return constant(term.type, term.run([UnknownMoment()]), term.position)
    except NeedsMomentError:
        return term
    except ExpressionError as error:
        error.position = max(term.position, 0)
        term.doomed = error
        return term


def _first_doomed(terms: Sequence[Term]) -> ExpressionError | None:
    return next((term.doomed for term in terms if term.doomed is not None), None)


def preferring(fold: Run, run: Run) -> Run:
    """Run, but only what the planner would have left over."""

    def prefer(row: Row) -> Value:
        value = fold(row)
        return run(row) if value is NOT_CONSTANT else value

    return prefer


def _strict_run(compute: Callable[..., Value], runs: list[Run], arguments: Sequence[Term], needs_moment: bool) -> Run:
    if needs_moment:
        return _strict_many(compute, runs, needs_moment=True)
    if len(runs) == 1:
        return _strict_one(compute, runs[0])
    if len(runs) == 2:
        return _strict_two(compute, runs[0], runs[1], arguments[1])
    return _strict_many(compute, runs, needs_moment=False)


def _strict_one(compute: Callable[..., Value], only: Run) -> Run:
    def run(row: Row) -> Value:
        value = only(row)
        return None if value is None else compute(value)

    return run


def _strict_two(compute: Callable[..., Value], left: Run, right: Run, second: Term) -> Run:
    if second.known and second.value is not None:
        return _strict_with_constant(compute, left, second.value)

    def run(row: Row) -> Value:
        first = left(row)
        other = right(row)
        return None if first is None or other is None else compute(first, other)

    return run


def _strict_with_constant(compute: Callable[..., Value], left: Run, second: Value) -> Run:
    def run(row: Row) -> Value:
        first = left(row)
        return None if first is None else compute(first, second)

    return run


def _strict_many(compute: Callable[..., Value], runs: list[Run], *, needs_moment: bool) -> Run:
    def run(row: Row) -> Value:
        values = [each(row) for each in runs]
        if None in values:
            return None
        return compute(row[0], *values) if needs_moment else compute(*values)

    return run


def _plain_run(compute: Callable[..., Value], runs: list[Run], arguments: Sequence[Term], needs_moment: bool) -> Run:
    def run(row: Row) -> Value:
        values = [each(row) for each in runs]
        return compute(row[0], *values) if needs_moment else compute(*values)

    return run


def _fold_call(
    compute: Callable[..., Value], arguments: Sequence[Term], strict: bool, stable: bool, needs_moment: bool
) -> Run:
    folds = [argument.folded for argument in arguments]

    def fold(row: Row) -> Value:
        values = [each(row) for each in folds]
        if strict and None in values:
            return None
        if stable or NOT_CONSTANT in values:
            return NOT_CONSTANT
        return compute(row[0], *values) if needs_moment else compute(*values)

    return fold


# AND, OR


def logical(operands: Sequence[Term], decisive: bool, sql_type: SqlType, position: int) -> Term:
    """AND (`decisive` false) or OR (true): the decisive value ends it, NULL makes the rest unknown."""
    term = Term(sql_type, _run_logical([operand.run for operand in operands], decisive), position)
    term.doomed = operands[0].doomed
    if any(operand.stable for operand in operands):
        term.fold = _fold_logical([operand.folded for operand in operands], decisive)
        term.run = preferring(term.fold, term.run)
    elif all(operand.known for operand in operands):
        return _computed(term)
    return term


def _run_logical(runs: list[Run], decisive: bool) -> Run:
    if len(runs) == 2:
        return _run_logical_two(runs[0], runs[1], decisive)

    def run(row: Row) -> Value:
        unknown = False
        for each in runs:
            value = each(row)
            if value is decisive:
                return decisive
            unknown = unknown or value is None
        return None if unknown else not decisive

    return run


def _run_logical_two(left: Run, right: Run, decisive: bool) -> Run:
    def run(row: Row) -> Value:
        first = left(row)
        if first is decisive:
            return first
        second = right(row)
        return second if second is decisive or first is not None else None

    return run


def _fold_logical(folds: list[Run], decisive: bool) -> Run:
    def fold(row: Row) -> Value:
        unknown = remaining = False
        for each in folds:
            value = each(row)
            if value is decisive:
                return decisive
            remaining = remaining or value is NOT_CONSTANT
            unknown = unknown or value is None
        if remaining:
            return NOT_CONSTANT
        return None if unknown else not decisive

    return fold


# CASE


def case(branches: Sequence[tuple[Term, Term]], default: Term, sql_type: SqlType, position: int) -> Term:
    """The result of the first branch whose condition is true."""
    terms = [term for branch in branches for term in branch] + [default]
    pairs = [(condition.run, result.run) for condition, result in branches]
    term = Term(sql_type, _run_case(pairs, default.run), position, doomed=terms[0].doomed)
    if any(each.stable for each in terms):
        folds = [(condition.folded, result.folded) for condition, result in branches]
        term.fold = _fold_case(folds, default.folded)
        term.run = preferring(term.fold, term.run)
    elif all(each.known for each in terms):
        return _computed(term)
    return term


def _run_case(branches: list[tuple[Run, Run]], default: Run) -> Run:
    def run(row: Row) -> Value:
        for condition, result in branches:
            if condition(row):
                return result(row)
        return default(row)

    return run


def _fold_case(branches: list[tuple[Run, Run]], default: Run) -> Run:
    def fold(row: Row) -> Value:
        remaining = False
        for condition, result in branches:
            met = condition(row)
            if met is NOT_CONSTANT:
                remaining = True
                result(row)
            elif met:
                value = result(row)
                return NOT_CONSTANT if remaining else value
        value = default(row)
        return NOT_CONSTANT if remaining else value

    return fold


# COALESCE


def coalesce(arguments: Sequence[Term], sql_type: SqlType, position: int) -> Term:
    """The first value that is not NULL."""
    term = Term(sql_type, _run_coalesce([argument.run for argument in arguments]), position)
    term.doomed = arguments[0].doomed
    if any(argument.stable for argument in arguments):
        term.fold = _fold_coalesce([argument.folded for argument in arguments])
        term.run = preferring(term.fold, term.run)
    elif all(argument.known for argument in arguments):
        return _computed(term)
    return term


def _run_coalesce(runs: list[Run]) -> Run:
    def run(row: Row) -> Value:
        for each in runs:
            value = each(row)
            if value is not None:
                return value
        return None

    return run


def _fold_coalesce(folds: list[Run]) -> Run:
    def fold(row: Row) -> Value:
        remaining = False
        for each in folds:
            value = each(row)
            if value is NOT_CONSTANT:
                remaining = True
            elif value is not None:
                return NOT_CONSTANT if remaining else value
        return NOT_CONSTANT if remaining else None

    return fold


# NULLIF


def without_null(term: Term, first: Term, second: Term) -> Term:
    """NULLIF with the planner's shortcut: with NULL on either side it is its first value."""
    if term.fold is None:
        return term
    fold, fold_first, fold_second = term.fold, first.folded, second.folded

    def shortcut(row: Row) -> Value:
        left, right = fold_first(row), fold_second(row)
        return left if left is None or right is None else fold(row)

    term.fold = shortcut
    term.run = preferring(shortcut, term.run)
    return term
