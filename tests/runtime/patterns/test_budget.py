"""No pattern, and not all patterns together, take more of a message's time than they may; who had none is named."""

import time
from collections.abc import Callable, Iterator
from itertools import count

import pytest

from botflow_runtime.patterns import Budget, PatternSet, compile_pattern
from botflow_runtime.patterns.limits import MESSAGE_SECONDS, PATTERN_SECONDS

CATASTROPHES = [
    (r"^(?:(a+)+\1)+$", "a" * 60 + "b"),
    (r"((a+)(a+))+\2$", "a" * 5000 + "b"),
    (r"(\w+\s?)+(?=\d)x", "word " * 5000),
    ("(x+x+)+y(?=z)", "x" * 3000 + "y"),
    ("(?:a|aa)+(?!b)$", "a" * 60_000 + "!b"),
]

SLACK = 0.040
"""Seconds a call that cannot be interrupted may take beyond the budget, with a busy machine in mind."""

COMPILATION = 1.5
"""Seconds in which the largest pattern is compiled and has its first search, with a busy machine in mind."""


def ticking(step: float) -> Iterator[float]:
    return (tick * step for tick in count())


def spent(started: float) -> float:
    return time.thread_time() - started


@pytest.mark.parametrize(("pattern", "text"), CATASTROPHES)
def test_a_catastrophic_pattern_ends_and_is_named(pattern: str, text: str) -> None:
    budget = Budget()
    compiled = compile_pattern(pattern)
    compiled.matches("")
    started = time.thread_time()
    assert compiled.test(text, budget) is None
    assert spent(started) < PATTERN_SECONDS + SLACK
    assert budget.timed_out == [pattern]
    assert compile_pattern(pattern).matches(text) is False


LITERALS = {
    "quotation": "\\Q" + "(" * 4000,
    "with its case": "(?-i)" + "a" * 4000,
    "sets of one": "[(]" * 1365,
    "sets by exclusion": "[^\\x{0}-'\\x{29}-\\x{10ffff}]" * 130,
    "counts of one": r"\({1}" * 800,
    "groups": r"(?:\()" * 680,
    "digits": r"()\1" + "1" * 4000,
    "branches": "(?=" + "|".join([r"\(" * 1000 + "a", r"\(" * 1000 + "b"]) + ")",
}


@pytest.mark.parametrize("pattern", LITERALS.values(), ids=LITERALS)
@pytest.mark.parametrize("end", ["", "!"])
def test_a_long_literal_holds_no_message_up(pattern: str, end: str) -> None:
    """`regex` prepares to look for a string in the cube of its length, without a look at the clock."""
    compiled = compile_pattern(pattern)
    for character in "(a1":
        started = time.thread_time()
        compiled.matches(character * 4000 + end)
        assert spent(started) < COMPILATION


@pytest.mark.parametrize("pattern", ["^(a+)+$", "(a|aa)+b", "(a|b)*a(a|b){12}c", r"(\w+\s?)+\d", "(x+x+)+y"])
def test_what_re2_can_run_needs_no_budget(pattern: str) -> None:
    budget = Budget()
    assert compile_pattern(pattern).test("a" * 3000 + "!", budget) is False
    assert budget.timed_out == []


def test_a_message_has_one_budget_for_all_its_patterns() -> None:
    budget = Budget(clock=ticking(MESSAGE_SECONDS / 2).__next__)
    assert compile_pattern(r"(a)\1").test("aa", budget) is True
    assert budget.left <= 0
    assert compile_pattern(r"(b)\1").test("bb", budget) is None
    assert compile_pattern(r"(b)\1").test("bb", budget) is None
    assert budget.timed_out == [r"(b)\1"]


def test_short_linear_searches_come_to_the_clock_when_they_are_many() -> None:
    budget = Budget(clock=ticking(MESSAGE_SECONDS).__next__)
    answers = [compile_pattern(f"a{number}").test("b" * 1000, budget) for number in range(200)]
    assert answers[0] is False
    assert answers[-1] is None
    assert budget.timed_out


def test_a_budget_of_nothing_waives_nothing() -> None:
    assert compile_pattern("a").test("a", Budget(0)) is None


def test_time_between_patterns_is_not_counted() -> None:
    budget = Budget()
    for _ in range(200_000):
        pass
    assert budget.left == MESSAGE_SECONDS


def test_a_set_names_who_had_no_time() -> None:
    patterns = PatternSet([("a", r"(.)\1"), ("b", r"(b)\1"), ("c", "bbc")], few=0)
    budget = Budget(0)
    found = patterns.matching("bbc", budget)
    assert found.keys == ["c"]
    assert found.timed_out == ["a", "b"]
    assert budget.timed_out == [r"(.)\1", r"(b)\1"]


def test_a_key_that_matches_did_not_run_out_of_time() -> None:
    assert PatternSet([("a", "bbb"), ("a", r"(.)\1")], few=0).matching("bbb", Budget(0)).timed_out == []


@pytest.fixture(scope="module")
def ten_thousand_catastrophes() -> PatternSet[int]:
    return PatternSet((number, rf"^(?:(a+)+\1)+{number}?$") for number in range(10_000))


@pytest.mark.parametrize("text", ["a" * 60_000 + "b", "a" * 300 + "!", "a" * 40], ids=["long", "middle", "short"])
def test_ten_thousand_catastrophic_patterns_end(text: str, ten_thousand_catastrophes: PatternSet[int]) -> None:
    budget = Budget()
    started = time.thread_time()
    found = ten_thousand_catastrophes.matching(text, budget)
    assert spent(started) < MESSAGE_SECONDS + SLACK
    assert len(found.keys) + len(found.timed_out) <= 10_000
    assert len(budget.timed_out) == len(found.timed_out)


HOSTILE_SETS: dict[str, Callable[[int], str]] = {
    "many states": lambda number: f"(a|b)*a(a|b){{{number % 12 + 1}}}[cd]{{{number % 7 + 1}}}+",
    "classes": lambda number: "[ab]" * (number % 14 + 1) + f"[cd{chr(0x4E00 + number)}]+",
    "plain": lambda number: f"{number:014b}".replace("0", "a").replace("1", "b"),
}


@pytest.mark.parametrize("kind", HOSTILE_SETS)
def test_hostile_sets_keep_to_the_budget(kind: str) -> None:
    write = HOSTILE_SETS[kind]
    patterns = PatternSet((number, write(number)) for number in range(1000))
    for length in (100, 5000, 60_000):
        text = "".join("ab"[number * number % 7 % 2] for number in range(length))
        started = time.thread_time()
        patterns.matching(text)
        assert spent(started) < MESSAGE_SECONDS + SLACK
