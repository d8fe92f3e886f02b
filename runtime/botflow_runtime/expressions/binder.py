"""From the tree to typed closures: PostgreSQL's parse analysis."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final

from botflow_runtime.expressions import catalog, types
from botflow_runtime.expressions.catalog import BOOLEAN, INT4, INT8, NUMERIC, REFUSED_TYPES, TEXT
from botflow_runtime.expressions.equivalents import EQUIVALENT_FUNCTIONS, refuse_operator
from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.functions import FUNCTIONS, OPERATORS
from botflow_runtime.expressions.functions.date import KEYWORDS
from botflow_runtime.expressions.functions.pattern import PATTERN_OPERATORS
from botflow_runtime.expressions.functions.polymorphic import POLYMORPHIC, array_concatenation, subscripted
from botflow_runtime.expressions.limits import MAX_DEPTH, RESOLUTION_CACHE_ENTRIES
from botflow_runtime.expressions.moment import Moment, NeedsMomentError, UnknownMoment
from botflow_runtime.expressions.numeric import INT4_MAX, INT8_MAX, constrained, read_numeric
from botflow_runtime.expressions.placeholders import Placeholder, printed
from botflow_runtime.expressions.regex import compile_pattern
from botflow_runtime.expressions.registry import Overload
from botflow_runtime.expressions.resolution import AmbiguousError, choose, choose_operator, common_type, expanded
from botflow_runtime.expressions.syntax import (
    Array,
    Call,
    Case,
    Cast,
    Choice,
    Distinct,
    In,
    Is,
    Keyword,
    Literal,
    Logical,
    Node,
    Not,
    Number,
    Operation,
    Quantified,
    Subscript,
)
from botflow_runtime.expressions.terms import Row, Term, apply, case, coalesce, constant, logical, unread, without_null
from botflow_runtime.expressions.types import TYPES, UNKNOWN, Reader, SqlType, Value, array_of

Get = Callable[[str], Any]
SlotReader = Callable[[Get, Moment], Value]


class Binder:
    """Gives every node its type and makes it a closure; gathers the literals that hold placeholders."""

    def __init__(self) -> None:
        self.readers: list[SlotReader] = []
        self.positions: list[int] = []
        self.placeholders: dict[str, None] = {}
        self.depth = 0

    def bind(self, node: Node) -> Term:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(f"The expression is nested more than {MAX_DEPTH} deep: split it.", node.position)
        term = _BINDERS[type(node)](self, node)
        self.depth -= 1
        return term

    def boolean(self, node: Node, where: str) -> Term:
        """A term that must be a condition."""
        term = self.bind(node)
        if term.type is not BOOLEAN and term.type is not UNKNOWN:
            raise ExpressionError(
                f"{where} must be true or false, but this is {term.type}: compare it, for instance with = or >.",
                max(term.position, 0),
            )
        return self.coerce(term, BOOLEAN)

    def text(self, node: Node) -> Term:
        """The value of any type, printed."""
        return self.cast(self.bind(node), TEXT)

    # literals

    def read(self, literal: Literal, sql_type: SqlType) -> Term:
        """Read a literal as a type: now, or when evaluating where it holds a placeholder or depends on the time."""
        read = sql_type.read
        assert read is not None
        if not any(isinstance(part, Placeholder) for part in literal.parts):
            text = "".join(map(str, literal.parts))
            try:
                return constant(sql_type, read(text, UnknownMoment()), literal.position)
            except NeedsMomentError:
                return self.slot(lambda get, moment: read(text, moment), sql_type, literal.position)
            except ExpressionError as error:
                error.position = literal.position
                raise
        names = [part.name for part in literal.parts if isinstance(part, Placeholder)]
        self.placeholders.update(dict.fromkeys(names))
        return self.slot(_literal_reader(literal.parts, read), sql_type, literal.position)

    def slot(self, reader: SlotReader, sql_type: SqlType, position: int) -> Term:
        self.readers.append(reader)
        self.positions.append(position)
        return Term(sql_type, itemgetter(len(self.readers)), position)

    # types

    def coerce(self, term: Term, target: SqlType) -> Term:
        """The term as a type that it may take without a cast."""
        if term.type is target:
            return term
        if term.type is UNKNOWN:
            return self.typed(term, target)
        cast = TYPES.casts.get((term.type, target))
        if cast is None or cast.context != "i":
            raise ExpressionError(
                f"A value of type {term.type} cannot stand for {target}: write a cast, ::{target}.", term.position
            )
        return self.converted(term, target, cast)

    def converted(self, term: Term, target: SqlType, cast: types.Cast) -> Term:
        """The term through a cast of the catalog."""
        if cast.convert is None:
            return Term(target, term.run, term.position, term.fold, term.known, term.value)
        return apply(target, _after_moment(cast.convert), [term], term.position, stable=cast.stable, needs_moment=True)

    def typed(self, term: Term, target: SqlType) -> Term:
        """A bare literal or NULL as a type."""
        if term.literal is None:
            return constant(target, None, term.position)
        return self.read(term.literal, target)

    def cast(self, term: Term, target: SqlType) -> Term:
        """The term as a type that the author asked for."""
        if term.type is target:
            return term
        if term.type is UNKNOWN:
            return self.typed(term, target)
        cast = TYPES.casts.get((term.type, target))
        if cast is not None:
            return self.converted(term, target, cast)
        if term.type.element is not None and target.element is not None:
            return self.cast_array(term, target, target.element)
        return self.cast_through_text(term, target)

    def cast_array(self, term: Term, target: SqlType, element: SqlType) -> Term:
        assert term.type.element is not None
        item = self.cast(Term(term.type.element, lambda row: row[1], term.position), element)

        def convert(moment: Moment, values: list[Value]) -> list[Value]:
            return [item.run([moment, value]) for value in values]

        return apply(target, convert, [term], term.position, stable=item.stable, needs_moment=True)

    def cast_through_text(self, term: Term, target: SqlType) -> Term:
        source, read, write = term.type, target.read, term.type.write
        if (TEXT not in (source, target)) or read is None or write is None:
            raise ExpressionError(f"A value of type {source} cannot become {target}.", term.position)
        if target is TEXT:
            return apply(
                TEXT, _after_moment(write), [term], term.position, stable=source.stable_writing, needs_moment=True
            )
        return apply(
            target, _after_moment(read), [term], term.position, stable=target.stable_reading, needs_moment=True
        )

    def common(self, terms: Sequence[Term], what: str, position: int) -> SqlType:
        """The type that terms share."""
        chosen = common_type([term.type for term in terms])
        if chosen is None:
            names = " and ".join(dict.fromkeys(str(term.type) for term in terms if term.type is not UNKNOWN))
            raise ExpressionError(f"{what} mixes types that do not go together ({names}): write casts.", position)
        return chosen

    def unified(self, terms: Sequence[Term], what: str, position: int) -> tuple[SqlType, list[Term]]:
        """Terms as the type they share."""
        chosen = self.common(terms, what, position)
        return chosen, [self.coerce(term, chosen) for term in terms]

    # calls

    def operator(self, symbol: str, terms: Sequence[Term], position: int) -> Term:
        """An operator over terms."""
        if symbol == "||" and (joined := array_concatenation(self, terms, position)) is not None:
            return joined
        return self.invoke(self.operator_overload(symbol, [term.type for term in terms], position), terms, position)

    def operator_overload(self, symbol: str, types: Sequence[SqlType], position: int) -> Overload:
        refuse_operator(symbol, max(position, 0))
        shown = f" {symbol} ".join(map(str, types)) if len(types) == 2 else f"{symbol} {types[0]}"
        try:
            overload = _operator(symbol, tuple(types))
        except AmbiguousError:
            raise ExpressionError(
                f"It is not clear what {shown} means: give the literals a type, such as '1'::integer.", max(position, 0)
            ) from None
        if overload is None or overload.compute is None:
            raise ExpressionError(f"There is no operation {shown}: write a cast, such as ::text.", max(position, 0))
        return overload

    def call(self, name: str, terms: Sequence[Term], position: int) -> Term:
        """A function over terms."""
        overloads = FUNCTIONS.overloads.get(name)
        if overloads is None:
            raise _unknown_function(name, position)
        special = POLYMORPHIC.get(name)
        if special is not None and (term := special(self, terms, position)) is not None:
            return term
        types = tuple(term.type for term in terms)
        shown = f"{name}({', '.join(map(str, types))})"
        try:
            overload = _function(name, types)
        except AmbiguousError:
            raise ExpressionError(
                f"It is not clear what {shown} means: give the literals a type, such as '1'::integer.", position
            ) from None
        if overload is None or overload.compute is None:
            raise ExpressionError(f"There is no function {shown}: it takes {_signatures(overloads)}.", position)
        return self.invoke(overload, terms, position)

    def invoke(self, overload: Overload, terms: Sequence[Term], position: int) -> Term:
        assert overload.compute is not None
        wanted = expanded(overload, len(terms))
        coerced = [self.coerce(term, sql_type) for term, sql_type in zip(terms, wanted, strict=True)]
        term = apply(
            overload.result,
            overload.compute,
            coerced,
            position,
            strict=overload.strict,
            stable=overload.stable,
            needs_moment=overload.needs_moment,
        )
        if overload.name in PATTERN_OPERATORS:
            term.doomed = term.doomed or _pattern_error(coerced[1])
        return term


@lru_cache(maxsize=RESOLUTION_CACHE_ENTRIES)
def _operator(symbol: str, types: tuple[SqlType, ...]) -> Overload | None:
    return choose_operator(OPERATORS.overloads.get(symbol, ()), types)


@lru_cache(maxsize=RESOLUTION_CACHE_ENTRIES)
def _function(name: str, types: tuple[SqlType, ...]) -> Overload | None:
    return choose(FUNCTIONS.overloads[name], types)


def _pattern_error(term: Term) -> ExpressionError | None:
    """What is wrong with a pattern that is written out."""
    if term.known and term.value is not None:
        try:
            compile_pattern(term.value)
        except ExpressionError as error:
            error.position = max(term.position, 0)
            return error
    return None


def _after_moment(convert: Callable[[Value, Moment], Value]) -> Callable[[Moment, Value], Value]:
    return lambda moment, value: convert(value, moment)


def _literal_reader(parts: tuple[str | Placeholder, ...], read: Reader) -> SlotReader:
    if len(parts) == 1 and isinstance(parts[0], Placeholder):
        return _placeholder_reader(parts[0].name, read)

    def read_parts(get: Get, moment: Moment) -> Value:
        text = "".join(part if isinstance(part, str) else printed(get(part.name)) for part in parts)
        return read(text, moment)

    return read_parts


def _placeholder_reader(name: str, read: Reader) -> SlotReader:
    def read_placeholder(get: Get, moment: Moment) -> Value:
        value = get(name)
        return read(value if type(value) is str else printed(value), moment)

    return read_placeholder


def _unknown_function(name: str, position: int) -> ExpressionError:
    equivalent = EQUIVALENT_FUNCTIONS.get(name)
    advice = equivalent or "see the list of functions in the reference"
    return ExpressionError(f"The function {name} is not supported: {advice}.", position)


def _signatures(overloads: Sequence[Overload]) -> str:
    shown = [
        f"({', '.join(map(str, overload.arguments))}{' ...' if overload.variadic else ''})"
        for overload in overloads
        if overload.compute is not None
    ]
    return " or ".join(shown)


def type_named(name: str, position: int) -> SqlType:
    """The type an author names. Raises ExpressionError, with the type to use instead where one exists."""
    found = TYPES.by_name.get(name)
    if found is not None:
        return found
    base = name.removesuffix("[]")
    instead = REFUSED_TYPES.get(base)
    advice = f"use {instead}{name[len(base) :]}" if instead else f"use one of {', '.join(map(str, catalog.SCALARS))}"
    raise ExpressionError(f"The type {name} is not supported: {advice}.", position)


# one function for each kind of node


def _bind_literal(binder: Binder, node: Literal) -> Term:
    return unread(node)


def _bind_number(binder: Binder, node: Number) -> Term:
    text = node.text
    if text.lstrip("-").isdigit() and len(text) < 20:
        value = int(text)
        if -INT4_MAX - 1 <= value <= INT4_MAX:
            return constant(INT4, value, node.position)
        if -INT8_MAX - 1 <= value <= INT8_MAX:
            return constant(INT8, value, node.position)
    return constant(NUMERIC, read_numeric(text, UnknownMoment()), node.position)


def _bind_keyword(binder: Binder, node: Keyword) -> Term:
    if node.name == "null":
        return Term(UNKNOWN, lambda row: None, node.position, known=True)
    if node.name in ("true", "false"):
        return constant(BOOLEAN, node.name == "true", node.position)
    sql_type, compute = KEYWORDS[node.name]
    return apply(sql_type, compute, [], node.position, stable=True, needs_moment=True)


def _bind_call(binder: Binder, node: Call) -> Term:
    name = node.name
    if name in TYPES.by_name and name not in FUNCTIONS.overloads and len(node.arguments) == 1:
        # int4('5'): a cast written as a call.
        return binder.cast(binder.bind(node.arguments[0]), TYPES.by_name[name])
    return binder.call(name, [binder.bind(argument) for argument in node.arguments], node.position)


def _bind_operation(binder: Binder, node: Operation) -> Term:
    return binder.operator(node.operator, [binder.bind(operand) for operand in node.operands], node.position)


def _bind_logical(binder: Binder, node: Logical) -> Term:
    where = f"Each side of {node.operator.upper()}"
    operands = [binder.boolean(operand, where) for operand in node.operands]
    return logical(operands, node.operator == "or", BOOLEAN, node.position)


def _bind_not(binder: Binder, node: Not) -> Term:
    return apply(BOOLEAN, lambda value: not value, [binder.boolean(node.operand, "What follows NOT")], node.position)


_TESTS: Final[Mapping[str, Callable[[Value], bool]]] = {
    "null": lambda value: value is None,
    "unknown": lambda value: value is None,
    "true": lambda value: value is True,
    "false": lambda value: value is False,
}


def _bind_is(binder: Binder, node: Is) -> Term:
    if node.test == "null":
        term = binder.bind(node.operand)
        term = binder.coerce(term, TEXT) if term.type is UNKNOWN else term
    else:
        term = binder.boolean(node.operand, f"What stands before IS {node.test.upper()}")
    test, negated = _TESTS[node.test], node.negated
    return apply(BOOLEAN, lambda value: test(value) is not negated, [term], node.position, strict=False)


def _bind_distinct(binder: Binder, node: Distinct) -> Term:
    left, right = binder.bind(node.left), binder.bind(node.right)
    overload = binder.operator_overload("=", [left.type, right.type], node.position)
    equal, negated = overload.compute, node.negated
    assert equal is not None
    terms = [binder.coerce(left, overload.arguments[0]), binder.coerce(right, overload.arguments[1])]

    def compare(moment: Moment, first: Value, second: Value) -> bool:
        if first is None or second is None:
            return (first is not None or second is not None) is not negated
        same = equal(moment, first, second) if overload.needs_moment else equal(first, second)
        return same is negated

    return apply(BOOLEAN, compare, terms, node.position, strict=False, stable=overload.stable, needs_moment=True)


def _bind_in(binder: Binder, node: In) -> Term:
    operand = binder.bind(node.operand)
    items = [binder.bind(item) for item in node.items]
    symbol = "<>" if node.negated else "="
    chosen = common_type([operand.type, *(item.type for item in items)])
    if len(items) > 1 and chosen is not None and array_of(chosen) is not None:
        array = _array_term(binder, [binder.coerce(item, chosen) for item in items], chosen, node.position)
        return _quantify(binder, operand, symbol, array, node.negated, node.position)
    # Each item on its own: the operand is read anew beside each, as its type may differ.
    comparisons = [binder.operator(symbol, [operand, item], node.position) for item in items]
    if len(comparisons) == 1:
        return comparisons[0]
    return logical(comparisons, not node.negated, BOOLEAN, node.position)


def _array_term(binder: Binder, items: Sequence[Term], element: SqlType, position: int) -> Term:
    array = array_of(element)
    if array is None:
        raise ExpressionError("Arrays of arrays are not supported: use one list.", position)
    return apply(array, lambda *values: list(values), items, position, strict=False)


def _bind_quantified(binder: Binder, node: Quantified) -> Term:
    operand, array = binder.bind(node.operand), binder.bind(node.array)
    if array.type is not UNKNOWN and array.type.element is None:
        raise ExpressionError(
            f"ANY and ALL take an array, but this is {array.type}: write IN, or string_to_array(..., ',').",
            array.position,
        )
    return _quantify(binder, operand, node.operator, array, node.every, node.position)


def _quantify(binder: Binder, operand: Term, symbol: str, array: Term, every: bool, position: int) -> Term:
    element = array.type.element or UNKNOWN
    overload = binder.operator_overload(symbol, [operand.type, element], position)
    if overload.result is not BOOLEAN:
        raise ExpressionError("ANY and ALL need an operator that compares.", max(position, 0))
    left = binder.coerce(operand, overload.arguments[0])
    wanted = array_of(overload.arguments[1])
    if wanted is None:
        raise ExpressionError("Arrays of arrays are not supported: use one list.", max(position, 0))
    items = binder.cast(array, wanted)
    compare = _quantified_comparison(overload, every)
    return apply(BOOLEAN, compare, [left, items], position, strict=False, stable=overload.stable, needs_moment=True)


def _quantified_comparison(overload: Overload, every: bool) -> Callable[[Moment, Value, Value], bool | None]:
    compute, needs_moment = overload.compute, overload.needs_moment
    assert compute is not None
    decisive: bool = not every

    def compare(moment: Moment, value: Value, items: list[Value] | None) -> bool | None:
        if items is None:
            return None
        if not items:
            return every
        if value is None:
            return None
        unknown = False
        for item in items:
            if item is None:
                unknown = True
            elif (compute(moment, value, item) if needs_moment else compute(value, item)) is decisive:
                return not every
        return None if unknown else every

    return compare


def _bind_case(binder: Binder, node: Case) -> Term:
    conditions = [_case_condition(binder, node.operand, condition) for condition, _ in node.branches]
    default = binder.bind(node.default) if node.default else Term(UNKNOWN, lambda row: None, node.position, known=True)
    results = [binder.bind(result) for _, result in node.branches]
    # PostgreSQL looks at ELSE first.
    chosen, terms = binder.unified([default, *results], "CASE", node.position)
    return case(list(zip(conditions, terms[1:], strict=True)), terms[0], chosen, node.position)


def _case_condition(binder: Binder, operand: Node | None, condition: Node) -> Term:
    if operand is None:
        return binder.boolean(condition, "What follows WHEN")
    term = binder.bind(operand)
    term = binder.coerce(term, TEXT) if term.type is UNKNOWN else term
    return binder.operator("=", [term, binder.bind(condition)], condition.position)


def _bind_choice(binder: Binder, node: Choice) -> Term:
    terms = [binder.bind(argument) for argument in node.arguments]
    return _CHOICES[node.name](binder, terms, node.position)


def _coalesce(binder: Binder, terms: list[Term], position: int) -> Term:
    chosen, unified = binder.unified(terms, "COALESCE", position)
    return coalesce(unified, chosen, position)


def _extreme(symbol: str, name: str) -> Callable[[Binder, list[Term], int], Term]:
    def bind(binder: Binder, terms: list[Term], position: int) -> Term:
        chosen, unified = binder.unified(terms, name, position)
        before = binder.operator_overload(symbol, [chosen, chosen], position).compute
        assert before is not None

        def extreme(*values: Value) -> Value:
            best = None
            for value in values:
                if value is not None and (best is None or before(value, best)):
                    best = value
            return best

        return apply(chosen, extreme, unified, position, strict=False)

    return bind


def _nullif(binder: Binder, terms: list[Term], position: int) -> Term:
    overload = binder.operator_overload("=", [term.type for term in terms], position)
    equal, needs_moment = overload.compute, overload.needs_moment
    assert equal is not None
    coerced = [binder.coerce(term, wanted) for term, wanted in zip(terms, overload.arguments, strict=True)]

    def choose_null(moment: Moment, first: Value, second: Value) -> Value:
        if first is None or second is None:
            return first
        same = equal(moment, first, second) if needs_moment else equal(first, second)
        return None if same else first

    term = apply(
        coerced[0].type, choose_null, coerced, position, strict=False, stable=overload.stable, needs_moment=True
    )
    return without_null(term, coerced[0], coerced[1])


_CHOICES: Final[Mapping[str, Callable[[Binder, list[Term], int], Term]]] = {
    "coalesce": _coalesce,
    "greatest": _extreme(">", "GREATEST"),
    "least": _extreme("<", "LEAST"),
    "nullif": _nullif,
}


def _bind_cast(binder: Binder, node: Cast) -> Term:
    if isinstance(node.operand, Array) and not node.operand.items and node.type_name.endswith("[]"):
        return constant(type_named(node.type_name, node.position), [], node.position)
    term = binder.bind(node.operand)
    if not node.type_name:
        # Parentheses around a number.
        return term
    target = type_named(node.type_name, node.position)
    cast = binder.cast(term, target)
    if not node.modifiers:
        return cast
    if target is not NUMERIC or len(node.modifiers) > 2:
        raise ExpressionError(f"{target} takes nothing in parentheses here: remove it.", node.position)
    precision, scale = (*node.modifiers, 0)[:2]
    if not (1 <= precision <= 1000 and -1000 <= scale <= 1000):
        raise ExpressionError("numeric(precision, scale) takes a precision from 1 to 1000.", node.position)
    return apply(NUMERIC, lambda value: constrained(value, precision, scale), [cast], node.position)


def _bind_array(binder: Binder, node: Array) -> Term:
    if not node.items:
        raise ExpressionError("An empty array needs its type: '{}'::text[].", node.position)
    chosen, items = binder.unified([binder.bind(item) for item in node.items], "ARRAY", node.position)
    return _array_term(binder, items, chosen, node.position)


def _bind_subscript(binder: Binder, node: Subscript) -> Term:
    array, index = binder.bind(node.operand), binder.bind(node.index)
    if array.type.element is None:
        raise ExpressionError(f"[ ] takes an item of an array, but this is {array.type}.", node.position)
    return apply(array.type.element, subscripted, [array, binder.coerce(index, INT4)], node.position)


_BINDERS: Final[dict[type[Node], Callable[[Binder, Any], Term]]] = {
    Literal: _bind_literal,
    Number: _bind_number,
    Keyword: _bind_keyword,
    Call: _bind_call,
    Operation: _bind_operation,
    Logical: _bind_logical,
    Not: _bind_not,
    Is: _bind_is,
    Distinct: _bind_distinct,
    In: _bind_in,
    Quantified: _bind_quantified,
    Case: _bind_case,
    Choice: _bind_choice,
    Cast: _bind_cast,
    Array: _bind_array,
    Subscript: _bind_subscript,
}

__all__ = ["Binder", "Row"]
