"""The gate against the table of consent.md, written down again as rows, over every combination of what it reads."""

from dataclasses import fields
from itertools import product
from typing import Any, get_args

import pytest

from botflow.consent.gate import (
    REASONS,
    RESPONSE_MS,
    Facts,
    Message,
    Origin,
    Pair,
    Scope,
    Template,
    Verdict,
    Window,
    may_send,
)

NOW = 1_772_359_200_000
QUIET_END = NOW + 3_600_000

ORIGINS: tuple[Origin, ...] = get_args(Origin)
TEMPLATES: tuple[Template, ...] = get_args(Template)
CAUSES = (None, NOW - RESPONSE_MS, NOW - RESPONSE_MS - 1)
SCOPES: tuple[Scope | None, ...] = (None, *get_args(Scope))
PAIRS: tuple[Pair | None, ...] = (None, *get_args(Pair))
WINDOWS: tuple[Window, ...] = get_args(Window)

ANY = object()
YES, NO, NOT_NOW = "yes", "no", "not now"

# Each row: rule, verdict, code, and what has to be so. The first row that fits decides.
TABLE: tuple[tuple[int, str, str, dict[str, tuple[Any, ...]]], ...] = (
    (1, NO, "sender_inactive", {"sender_active": (False,)}),
    (1, NO, "blacklisted", {"blacklisted": (True,), "origin": ("operator", "campaign")}),
    (2, YES, "response", {"caused_at": (NOW - RESPONSE_MS,)}),
    (3, NO, "opted_out_channel", {"opted_out": ("channel",)}),
    (3, NO, "opted_out_sender", {"opted_out": ("sender",)}),
    (3, NO, "opted_out_chatbot", {"opted_out": ("chatbot",)}),
    (4, NO, "compliance_no", {"compliance": (False,), "template": ("none", "vendor")}),
    (5, NO, "consent_expired", {"pair": ("implied_expired",), "template": ("none", "vendor")}),
    (5, NO, "consent_opt_out", {"pair": ("opt_out",), "template": ("none", "vendor")}),
    (5, NO, "consent_unknown", {"pair": ("unknown",), "template": ("none", "vendor")}),
    (6, NO, "window_closed", {"window": ("closed",), "template": ("none",)}),
    (6, NO, "window_full", {"window": ("full",), "template": ("none",)}),
    (6, NO, "window_in_a_row", {"window": ("in_a_row",), "template": ("none",)}),
    (7, NOT_NOW, "quiet_hours", {"quiet_until": (QUIET_END,), "origin": ("campaign",)}),
    (8, YES, "allowed", {}),
)

COLUMNS: dict[str, tuple[Any, ...]] = {
    "origin": ORIGINS,
    "template": TEMPLATES,
    "caused_at": CAUSES,
    "sender_active": (True, False),
    "blacklisted": (False, True),
    "opted_out": SCOPES,
    "compliance": (None, True, False),
    "pair": PAIRS,
    "window": WINDOWS,
    "quiet_until": (None, QUIET_END),
}


def row_for(case: dict[str, Any]) -> int:
    """The index of the first row that fits."""
    return next(
        index
        for index, (_, _, _, conditions) in enumerate(TABLE)
        if all(case[column] in values for column, values in conditions.items())
    )


def shown(verdict: Verdict) -> str:
    return YES if verdict.allowed else NO if verdict.until is None else NOT_NOW


def test_every_combination_is_decided_by_the_first_row_that_fits() -> None:
    decided = [0] * len(TABLE)
    wrong = []
    for values in product(*COLUMNS.values()):
        case = dict(zip(COLUMNS, values, strict=True))
        origin, template, caused_at, *facts = values
        verdict = may_send(Message(origin, template, caused_at), Facts(NOW, *facts))
        index = row_for(case)
        decided[index] += 1
        rule, expected, code, _ = TABLE[index]
        found = (verdict.reason.rule, shown(verdict), verdict.reason.code)
        if found != (rule, expected, code) or verdict.until not in (None, QUIET_END):
            wrong.append((case, found, (rule, expected, code)))
    assert wrong == []
    assert sum(decided) == 5 * 3 * 3 * 2 * 2 * 4 * 3 * 6 * 4 * 2
    assert all(decided)


def test_the_combinations_cover_everything_that_the_rules_read() -> None:
    read = {field.name for field in (*fields(Message), *fields(Facts))} - {"now"}
    assert read == set(COLUMNS)


def test_every_reason_has_a_code_of_its_own_and_a_sentence() -> None:
    assert {reason.code for reason in REASONS} == {code for _, _, code, _ in TABLE}
    assert len({reason.code for reason in REASONS}) == len(REASONS)
    for reason in REASONS:
        assert reason.sentence.endswith(".")
        assert reason.sentence[0].isupper()


@pytest.mark.parametrize("age", [0, RESPONSE_MS])
def test_a_response_passes_within_five_minutes_of_its_cause(age: int) -> None:
    blocked = Facts(NOW, opted_out="channel", compliance=False, pair="unknown", window="closed")
    assert may_send(Message(caused_at=NOW - age), blocked).allowed
    assert not may_send(Message(caused_at=NOW - RESPONSE_MS - 1), blocked).allowed
