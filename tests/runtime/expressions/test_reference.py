"""docs/reference/expressions.md says what the registry holds."""

from __future__ import annotations

from botflow_runtime.expressions.equivalents import EQUIVALENT_FUNCTIONS, EQUIVALENT_OPERATORS
from botflow_runtime.expressions.functions import FUNCTIONS, OPERATORS
from tests.runtime.expressions.cases import TABLE
from tests.runtime.expressions.reference import PAGE, page_with_tables


def test_the_page_is_up_to_date() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == page_with_tables(page), "run: python -m tests.runtime.expressions.reference"


def test_nothing_is_both_supported_and_replaced() -> None:
    assert not FUNCTIONS.overloads.keys() & EQUIVALENT_FUNCTIONS.keys()
    assert not OPERATORS.overloads.keys() & EQUIVALENT_OPERATORS.keys()


def test_every_function_and_operator_is_compared_with_postgresql() -> None:
    table = TABLE.read_text(encoding="utf-8")
    written = {"btrim", "similar_to_escape", "like_escape", "~~", "!~~", "~~*", "!~~*"}
    names = (FUNCTIONS.families.keys() | OPERATORS.families.keys()) - written
    assert [name for name in sorted(names) if name not in table] == []
