"""Arrays: ||, and an item by its index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from botflow_runtime.expressions.arrays import checked_size
from botflow_runtime.expressions.catalog import JSONB, TEXT
from botflow_runtime.expressions.resolution import common_type
from botflow_runtime.expressions.terms import Term, apply
from botflow_runtime.expressions.types import UNKNOWN, Value, array_of

if TYPE_CHECKING:
    from botflow_runtime.expressions.binder import Binder

FAMILY: Final = "array"


def subscripted(values: list[Value], index: int) -> Value:
    """The item at an index from 1; NULL outside."""
    return values[index - 1] if 1 <= index <= len(values) else None


def concatenation(binder: Binder, terms: Sequence[Term], position: int) -> Term | None:
    """|| where its meaning depends on what the operands are: arrays, or a text and any other type. None for the rest."""
    if len(terms) != 2:
        return None
    if any(term.type.element is not None for term in terms):
        return _join_arrays(binder, terms, position)
    others = [term.type for term in terms if term.type not in (TEXT, UNKNOWN)]
    if len(others) != 1 or (others[0] is JSONB and any(term.type is UNKNOWN for term in terms)):
        return None
    texts = [binder.cast(term, TEXT) for term in terms]
    overload = binder.operator_overload("||", [TEXT, TEXT], position)
    assert overload.compute is not None
    # PostgreSQL calls this one stable, as printing a value may depend on the session.
    return apply(TEXT, overload.compute, texts, position, stable=True)


def _join_arrays(binder: Binder, terms: Sequence[Term], position: int) -> Term | None:
    elements = [term.type.element or term.type for term in terms]
    whole = [term.type.element is not None for term in terms]
    if UNKNOWN in elements:
        # A bare literal beside an array is read as an array.
        whole = [True, True]
    chosen = common_type(elements)
    array = array_of(chosen) if chosen is not None else None
    if chosen is None or array is None:
        return None
    coerced = [
        binder.cast(term, array if is_array else chosen) for term, is_array in zip(terms, whole, strict=True)
    ]
    return apply(array, _joiner(*whole), coerced, position, strict=False)


def _joiner(left_is_array: bool, right_is_array: bool) -> Callable[[Value, Value], Value]:
    def join(left: Value, right: Value) -> Value:
        if left_is_array and right_is_array and (left is None or right is None):
            return right if left is None else left
        items = _items(left, left_is_array) + _items(right, right_is_array)
        checked_size(len(items))
        return items

    return join


def _items(value: Value, is_array: bool) -> list[Value]:
    if is_array:
        return [] if value is None else list(value)
    return [value]
