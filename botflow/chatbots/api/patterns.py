"""HTTP: patterns tried against a text, as the engine would (CB-6)."""

from __future__ import annotations

import time
from typing import Final

from pydantic import Field

from botflow.permissions import CHATBOTS_VIEW, Caller
from botflow.rest.routes import Routes
from botflow.rest.types import TEXT_LENGTH, Body, Text, View
from botflow_runtime.patterns import Budget, PatternError, compile_pattern

MOST_PATTERNS: Final = 100
TRIAL_SECONDS: Final = 0.5
"""Processor time of one request. Its budget is for searching; what takes long of a heavy pattern is compiling it."""
TOO_LONG: Final = "It takes too long with this text."


class Trial(Body):
    """Patterns, and what a contact might write."""

    patterns: list[Text] = Field(max_length=MOST_PATTERNS)
    text: str = Field(max_length=TEXT_LENGTH)


class TriedView(View):
    """What became of one pattern."""

    fits: bool | None = Field(description="Whether it fits somewhere in the text; null: that is not known.")
    problem: str | None = Field(description="Why that is not known: what is wrong with the pattern.")


class TriedList(View):
    """Each pattern, in the order in which they were asked for."""

    items: list[TriedView]


def patterns_api() -> Routes:
    """Routes under /patterns."""
    routes = Routes("chatbots", "/patterns")

    @routes.post("/trial", CHATBOTS_VIEW)
    def try_patterns(caller: Caller, body: Trial) -> TriedList:
        """Say which patterns fit a text, and what is wrong with those that cannot be used."""
        budget, end = Budget(), time.thread_time() + TRIAL_SECONDS
        return TriedList(items=[_tried(pattern, body.text, budget, end) for pattern in body.patterns])

    return routes


def _tried(pattern: str, text: str, budget: Budget, end: float) -> TriedView:
    if time.thread_time() > end:
        return TriedView(fits=None, problem=TOO_LONG)
    try:
        fits = compile_pattern(pattern).test(text, budget)
    except PatternError as error:
        return TriedView(fits=None, problem=str(error))
    return TriedView(fits=fits, problem=None if fits is not None else TOO_LONG)
