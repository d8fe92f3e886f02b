"""Functions and operators whose types depend on their operands: arrays, || of any type, concat, width_bucket."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from botflow_runtime.expressions.arrays import checked_size
from botflow_runtime.expressions.catalog import INT4, JSONB, TEXT
from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.functions.comparison import MAKERS, SYMBOLS
from botflow_runtime.expressions.functions.text import bounded
from botflow_runtime.expressions.moment import Moment
from botflow_runtime.expressions.registry import FUNCTIONS
from botflow_runtime.expressions.resolution import common_type
from botflow_runtime.expressions.terms import Term, apply
from botflow_runtime.expressions.types import UNKNOWN, SqlType, Value, array_of

if TYPE_CHECKING:
    from botflow_runtime.expressions.binder import Binder

FAMILY: Final = "array"


def subscripted(values: list[Value], index: int) -> Value:
    """The item at an index from 1; NULL outside."""
    return values[index - 1] if 1 <= index <= len(values) else None


def array_concatenation(binder: Binder, terms: Sequence[Term], position: int) -> Term | None:
    """|| of arrays, or of a text and any other type. None for the rest."""
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
    return apply(TEXT, overload.compute, texts, position)


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
    coerced = [binder.cast(term, array if is_array else chosen) for term, is_array in zip(terms, whole, strict=True)]
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


# concat and concat_ws


def _concat(binder: Binder, terms: Sequence[Term], position: int) -> Term | None:
    if not terms:
        return None
    return _printed(binder, terms, position, lambda texts: "".join(text for text in texts if text is not None))


def _concat_ws(binder: Binder, terms: Sequence[Term], position: int) -> Term | None:
    if len(terms) < 2 or terms[0].type not in (TEXT, UNKNOWN):
        return None
    return _printed(binder, terms, position, _with_separator)


def _with_separator(texts: list[str | None]) -> str | None:
    separator, *rest = texts
    return None if separator is None else separator.join(text for text in rest if text is not None)


def _printed(
    binder: Binder, terms: Sequence[Term], position: int, join: Callable[[list[str | None]], str | None]
) -> Term:
    """A function of the texts that its arguments print as; stable, as printing may depend on the session."""
    known = [binder.coerce(term, TEXT) if term.type is UNKNOWN else term for term in terms]
    writers: list[Any] = [term.type.write for term in known]

    def compute(moment: Moment, *values: Value) -> str | None:
        texts = [None if value is None else write(value, moment) for write, value in zip(writers, values, strict=True)]
        bounded(sum(len(text or "") for text in texts) + len(texts) * len(texts[0] or ""))
        return join(texts)

    return apply(TEXT, compute, known, position, strict=False, stable=True, needs_moment=True)


# width_bucket with a list of bounds


def _width_bucket(binder: Binder, terms: Sequence[Term], position: int) -> Term | None:
    if len(terms) != 2:
        return None
    element = common_type([terms[0].type, terms[1].type.element or terms[1].type])
    array = array_of(element) if element is not None else None
    if element is None or array is None or (terms[1].type.element is None and terms[1].type is not UNKNOWN):
        return None
    operands = [binder.coerce(terms[0], element), binder.cast(terms[1], array)]
    return apply(INT4, _bucket_finder(element), operands, position)


def _bucket_finder(element: SqlType) -> Callable[[Value, list[Value]], int]:
    before = MAKERS[element]("<", SYMBOLS["<"])

    def bucket(value: Value, bounds: list[Value]) -> int:
        """How many bounds are not above the value; the bounds are taken to be in order."""
        if any(bound is None for bound in bounds):
            raise ExpressionError("The bounds of width_bucket must not hold NULL.")
        low, high = 0, len(bounds)
        while low < high:
            middle = (low + high) // 2
            if before(value, bounds[middle]):
                high = middle
            else:
                low = middle + 1
        return low

    return bucket


POLYMORPHIC: Final[dict[str, Callable[[Binder, Sequence[Term], int], Term | None]]] = {
    "concat": _concat,
    "concat_ws": _concat_ws,
    "width_bucket": _width_bucket,
}
for _name in ("concat", "concat_ws"):
    FUNCTIONS.overloads[_name] = []
    FUNCTIONS.families[_name] = "text"
