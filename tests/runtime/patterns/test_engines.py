"""Two engines, one answer: RE2 on marked text, the regex module, ICU, and a set of all patterns at once."""

import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from botflow_runtime.patterns import Budget, PatternError, PatternSet, compile_pattern
from botflow_runtime.patterns.backtracking import backtracking_program, finds
from botflow_runtime.patterns.subject import Subject, readable
from tests.runtime.patterns.icu import IcuGaveUpError, icu_matches
from tests.runtime.patterns.strategies import ANY_TEXTS, PATTERNS, REGULAR_PATTERNS, TEXTS
from tests.runtime.patterns.table import AGREED, TEXTS_TO_TRY

PLENTY = 60.0
"""Seconds: no pattern here needs as many."""


@settings(max_examples=600)
@given(REGULAR_PATTERNS, st.lists(TEXTS, min_size=1, max_size=6))
def test_re2_and_the_regex_module_agree(pattern: str, texts: list[str]) -> None:
    compiled = compile_pattern(pattern)
    program = backtracking_program(compiled.tree)
    for subject in map(Subject, texts):
        linear = compiled.linear(subject)
        assume(linear is not None)
        assert linear is not None
        assert linear.finds(subject.utf8) == finds(program, subject.text, PLENTY), (pattern, subject.text)


@settings(max_examples=600)
@given(PATTERNS, st.lists(TEXTS, min_size=1, max_size=6))
def test_icu_agrees(pattern: str, texts: list[str]) -> None:
    assume("[[:<:]]" not in pattern and "[[:>:]]" not in pattern)
    try:
        expected = icu_matches(pattern, texts)
    except IcuGaveUpError:
        reject()
    assert isinstance(expected, list)
    assert [compile_pattern(pattern).matches(text) for text in texts] == expected, (pattern, texts)


@settings(max_examples=200)
@given(st.lists(PATTERNS, min_size=1, max_size=12), st.lists(ANY_TEXTS, min_size=1, max_size=6))
def test_a_set_finds_what_its_patterns_find(patterns: list[str], texts: list[str]) -> None:
    compiled = [compile_pattern(pattern) for pattern in patterns]
    together = PatternSet(enumerate(compiled), few=0)
    for text in texts:
        found = together.matching(text, Budget(PLENTY))
        assert found.keys == [key for key, pattern in enumerate(compiled) if pattern.matches(text)], (patterns, text)
        assert found.timed_out == []
        assert PatternSet(enumerate(compiled), few=len(compiled)).matching(text, Budget(PLENTY)) == found


def test_a_set_of_the_whole_table_finds_what_its_patterns_find() -> None:
    together = PatternSet((pattern, pattern) for pattern in AGREED)
    long = " ".join(TEXTS_TO_TRY)
    for text in [*TEXTS_TO_TRY, long, long + "\n", f"{'x' * 300} niño", f"stop {'é' * 500}"]:
        expected = [pattern for pattern in AGREED if compile_pattern(pattern).matches(text)]
        assert together.matching(text, Budget(PLENTY)).keys == expected


@settings(max_examples=300)
@given(st.text(max_size=30))
def test_any_text_is_a_pattern_or_refused(text: str) -> None:
    try:
        compiled = compile_pattern(text)
    except PatternError:
        return
    assert compiled.matches(text) in (True, False)


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb", "\0", "a\0b", "\n\r\n", "\ufffe\uffff", "\ufdd0", "x" * 65_536])
@pytest.mark.parametrize("pattern", ["a", r"\bb\b", ".", r"(.)\1", "[^a]", "^$", r"\w+"])
def test_no_text_is_too_strange(pattern: str, text: str) -> None:
    compiled = compile_pattern(pattern)
    assert compiled.matches(text) == compiled.matches(readable(text))
    assert PatternSet([(1, pattern)], few=0).matching(text).keys == ([1] if compiled.matches(text) else [])


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (r"\p{L}{1000}", "é" * 1000, True),
        (r"\p{L}{1000}", "é" * 999, False),
        (r"\Q" + "(" * 4000, "(" * 4000, True),
        (r"\Q" + "(" * 4000, "(" * 300, False),
        ("ß{1000}", "ss" * 10, False),
        ("a{1,2}" * 600, "a" * 10, False),
        (r"\w+\s" * 300, "a " * 10, False),
    ],
    ids=lambda value: str(value)[:10],
)
def test_large_patterns_are_run_too(pattern: str, text: str, expected: bool) -> None:
    assert compile_pattern(pattern).test(text, Budget(PLENTY)) is expected


def test_lone_surrogates_are_read_as_the_replacement_character() -> None:
    assert compile_pattern("a\ufffdb").matches("a\ud800b")
    assert compile_pattern("\ud800").matches("\ufffd")
