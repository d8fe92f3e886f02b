"""Which overload a call means (PostgreSQL's documentation, chapter "Type Conversion")."""

from __future__ import annotations

from collections.abc import Sequence

from botflow_runtime.expressions.catalog import TEXT
from botflow_runtime.expressions.registry import Overload
from botflow_runtime.expressions.types import TYPES, UNKNOWN, SqlType

Arguments = tuple[SqlType, ...]


class AmbiguousError(Exception):
    """More than one overload fits equally well."""


def choose(candidates: Sequence[Overload], arguments: Arguments) -> Overload | None:
    """The one overload PostgreSQL takes; None where none fits. Raises AmbiguousError where several do."""
    fitting = [candidate for candidate in candidates if _fits(candidate, arguments)]
    exact = [candidate for candidate in fitting if expanded(candidate, len(arguments)) == arguments]
    if exact:
        return exact[0]
    for narrow in (_most_exact, _most_preferred):
        if len(fitting) <= 1:
            break
        fitting = narrow(fitting, arguments)
    if len(fitting) > 1:
        return _by_unknowns(fitting, arguments)
    return fitting[0] if fitting else None


def choose_operator(candidates: Sequence[Overload], arguments: Arguments) -> Overload | None:
    """As `choose`, after first taking a literal beside a typed operand to be of that operand's type."""
    if len(arguments) == 2 and (arguments[0] is UNKNOWN) != (arguments[1] is UNKNOWN):
        known = arguments[1] if arguments[0] is UNKNOWN else arguments[0]
        for candidate in candidates:
            if candidate.arguments == (known, known):
                return candidate
    return choose(candidates, arguments)


def expanded(candidate: Overload, count: int) -> Arguments:
    """The types of a candidate's parameters for this many arguments."""
    if not candidate.variadic:
        return candidate.arguments
    fixed = candidate.arguments[:-1]
    return fixed + candidate.arguments[-1:] * (count - len(fixed))


def _fits(candidate: Overload, arguments: Arguments) -> bool:
    count = len(arguments)
    if candidate.variadic:
        fixed = candidate.arguments[:-1]
        return count > len(fixed) and all(map(TYPES.implicit, arguments, fixed))
    return len(candidate.arguments) == count and all(map(TYPES.implicit, arguments, candidate.arguments))


def _most_exact(fitting: list[Overload], arguments: Arguments) -> list[Overload]:
    def score(candidate: Overload) -> int:
        pairs = zip(arguments, expanded(candidate, len(arguments)), strict=True)
        return sum(given is wanted for given, wanted in pairs if given is not UNKNOWN)

    return _best(fitting, [score(candidate) for candidate in fitting])


def _most_preferred(fitting: list[Overload], arguments: Arguments) -> list[Overload]:
    def score(candidate: Overload) -> int:
        pairs = zip(arguments, expanded(candidate, len(arguments)), strict=True)
        return sum(
            given is wanted or (wanted.preferred and wanted.category == given.category)
            for given, wanted in pairs
            if given is not UNKNOWN
        )

    return _best(fitting, [score(candidate) for candidate in fitting])


def _best(fitting: list[Overload], scores: list[int]) -> list[Overload]:
    best = max(scores)
    return [candidate for candidate, score in zip(fitting, scores, strict=True) if score == best]


def _by_unknowns(fitting: list[Overload], arguments: Arguments) -> Overload:
    """Decide by the categories that the candidates take where the arguments are bare literals."""
    unknowns = [index for index, given in enumerate(arguments) if given is UNKNOWN]
    if not unknowns:
        raise AmbiguousError
    narrowed = _by_category(fitting, unknowns, len(arguments))
    if len(narrowed) == 1:
        return narrowed[0]
    known = {given for given in arguments if given is not UNKNOWN}
    if len(known) == 1:
        same = known.pop()
        matching = [
            candidate
            for candidate in narrowed
            if all(TYPES.implicit(same, wanted) for wanted in expanded(candidate, len(arguments)))
        ]
        if len(matching) == 1:
            return matching[0]
    raise AmbiguousError


def _by_category(fitting: list[Overload], unknowns: list[int], count: int) -> list[Overload]:
    slots: dict[int, tuple[str, bool]] = {}
    for index in unknowns:
        wanted = [expanded(candidate, count)[index] for candidate in fitting]
        categories = {sql_type.category for sql_type in wanted}
        if TEXT.category in categories:
            category = TEXT.category
        elif len(categories) == 1:
            category = categories.pop()
        else:
            return fitting
        slots[index] = category, any(each.preferred and each.category == category for each in wanted)
    kept = [candidate for candidate in fitting if _agrees(expanded(candidate, count), slots)]
    return kept or fitting


def _agrees(wanted: Arguments, slots: dict[int, tuple[str, bool]]) -> bool:
    return all(
        wanted[index].category == category and (wanted[index].preferred or not must_be_preferred)
        for index, (category, must_be_preferred) in slots.items()
    )


def common_type(types: Sequence[SqlType]) -> SqlType | None:
    """The type that the branches of CASE, the items of a list and so on share; None where they cannot share any."""
    chosen = types[0]
    for candidate in types[1:]:
        if candidate is UNKNOWN or candidate is chosen:
            continue
        if chosen is UNKNOWN:
            chosen = candidate
        elif candidate.category != chosen.category:
            return None
        elif not chosen.preferred and TYPES.implicit(chosen, candidate) and not TYPES.implicit(candidate, chosen):
            chosen = candidate
    if chosen is UNKNOWN:
        return TEXT
    return chosen if all(TYPES.implicit(each, chosen) for each in types) else None
