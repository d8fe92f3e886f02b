"""Two patterns overlap for their author when a text natural to one is matched by the other too."""

import pytest
from hypothesis import given, settings

from botflow_runtime.patterns import compile_pattern, overlap_witness, samples
from tests.runtime.patterns.strategies import PATTERNS

OVERLAPS = [
    ("^s(mall)?$", "^l(arge)?$", None),
    ("yes", "^y", "yes"),
    ("pizza", "pasta", None),
    ("pizza", "una pizza", "una pizza"),
    ("^[0-9]+$", "^5", "5"),
    (".*", "yes", "yes"),
    ("(yes|si)", "^s[ií]$", "si"),
    (r"\bno\b", "^no thanks$", "no thanks"),
    (r"\bno\b", "north", None),
    ("^yes$", "^YES$", "yes"),
    ("colou?r", "^color$", "color"),
    (r"^\d{4}$", "^[[:digit:]]{2,5}$", "1111"),
    ("[[:<:]]año[[:>:]]", "^año nuevo", "año nuevo"),
    (r"(a)\1", "^aa$", "aa"),
    ("^a{3,}$", "aaa", "aaa"),
    (r"\Qa.b\E", r"a\.b", "a.b"),
    ("^$", "^a?$", None),
]


@pytest.mark.parametrize(("left", "right", "witness"), OVERLAPS)
def test_overlaps(left: str, right: str, witness: str | None) -> None:
    assert overlap_witness(compile_pattern(left), compile_pattern(right)) == witness


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("^s(mall)?$", ("s", "small")),
        ("yes|no", ("yes", "no")),
        (r"order \d+", ("order 1",)),
        ("a{2}b*", ("aa", "aab")),
        ("[^a-z]", ("1",)),
        ("[ñé]", ("é",)),
        ("(?!a)a", ()),
    ],
)
def test_samples(pattern: str, expected: tuple[str, ...]) -> None:
    assert samples(compile_pattern(pattern)) == expected


@settings(max_examples=300)
@given(PATTERNS, PATTERNS)
def test_a_witness_is_matched_by_both(left: str, right: str) -> None:
    one, other = compile_pattern(left), compile_pattern(right)
    witness = overlap_witness(one, other)
    assert witness is None or (one.matches(witness) and other.matches(witness))
