"""HTTP: expressions checked and tried with values, as the engine would (CN-3)."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import FrameType
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from pydantic import Field

from botflow.accounts.service import COMPANY_FACTS
from botflow.clock import Clock
from botflow.db import Database
from botflow.permissions import CHATBOTS_VIEW, Caller
from botflow.rest.routes import Routes
from botflow.rest.types import Body, View
from botflow_runtime.expressions import CompiledExpression, ExpressionError, compile_expression
from botflow_runtime.expressions.limits import MAX_EXPRESSION_CHARACTERS

TRIAL_SECONDS: Final = 1.0
"""Processor time of one request; an expression that is meant takes a thousandth of it."""
TOO_LONG: Final = "It takes too long to compute."
MOST_VALUES: Final = 500
EXPRESSIONS: Final = compile_expression.__module__

Result = TypeVar("Result")


class ExpressionTrial(Body):
    """An expression, and what its placeholders may stand for."""

    expression: str = Field(max_length=MAX_EXPRESSION_CHARACTERS)
    values: dict[str, Any] | None = Field(
        default=None,
        max_length=MOST_VALUES,
        description="By the names of the placeholders, such as `size` and `attribute.city`; a missing one is empty. "
        "Null: it is only checked.",
    )


class ExpressionFaultView(View):
    """What is wrong, and where."""

    message: str
    position: int | None = Field(description="Characters before the place, where it is known.")
    suggestion: str | None = Field(description="The expression put right, where one can be offered.")


class TriedExpressionView(View):
    """What became of an expression."""

    fault: ExpressionFaultView | None = Field(description="Why it is none. Null: it can be used.")
    placeholders: list[str] = Field(description="What it reads, in the order in which it stands there.")
    result: bool | None = Field(description="With the values: true, false, or null where it is unknown.")
    uncomputable: ExpressionFaultView | None = Field(
        description="Why it cannot be computed with these values. A chat takes it for not true then."
    )


def expressions_api(database: Database, clock: Clock) -> Routes:
    """Routes under /expressions."""
    routes = Routes("chatbots", "/expressions")

    @routes.post("/trial", CHATBOTS_VIEW)
    def try_expression(caller: Caller, body: ExpressionTrial) -> TriedExpressionView:
        """Check an expression, and compute it where values are given."""
        try:
            expression = in_time(lambda: compile_expression(body.expression))
        except ExpressionError as error:
            return TriedExpressionView(fault=_fault(error), placeholders=[], result=None, uncomputable=None)
        with database.reading() as work:
            zone = work.value(sa.select(COMPANY_FACTS.c.time_zone).where(COMPANY_FACTS.c.id == caller.company))
        now = datetime.fromtimestamp(clock() / 1000, UTC).astimezone(ZoneInfo(zone or "UTC"))
        return _computed(expression, body.values, now)

    return routes


def _computed(expression: CompiledExpression, values: dict[str, Any] | None, now: datetime) -> TriedExpressionView:
    result, uncomputable = None, None
    if values is not None:
        try:
            result = in_time(lambda: expression(values, now=now))
        except ExpressionError as error:
            uncomputable = _fault(error)
    names = list(dict.fromkeys(expression.placeholders))
    return TriedExpressionView(fault=None, placeholders=names, result=result, uncomputable=uncomputable)


def _fault(error: ExpressionError) -> ExpressionFaultView:
    return ExpressionFaultView(message=error.message, position=error.position, suggestion=error.suggestion)


class _OutOfTime(BaseException):
    """No error that code which copes with errors would catch."""


def in_time(compute: Callable[[], Result]) -> Result:
    """What `compute` gives. Raises ExpressionError where it takes too long.

    Numbers with thousands of digits are allowed, and a few hundred of them take minutes. A thread cannot be ended from
    outside; it can look at its own clock wherever it calls a function of expressions. Elsewhere, such as where garbage
    is collected, an error would be passed over, and nobody would look again.
    """
    end = time.thread_time() + TRIAL_SECONDS

    def look(frame: FrameType, event: str, argument: object) -> None:
        if time.thread_time() > end and frame.f_globals.get("__name__", "").startswith(EXPRESSIONS):
            raise _OutOfTime

    before = sys.gettrace()
    sys.settrace(look)
    try:
        return compute()
    except _OutOfTime:
        raise ExpressionError(TOO_LONG) from None
    finally:
        sys.settrace(before)
