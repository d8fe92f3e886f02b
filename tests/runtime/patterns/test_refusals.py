"""What cannot be used is refused when it is compiled, with the place and what to do about it."""

import pytest

from botflow_runtime.patterns import PatternError, compile_pattern
from botflow_runtime.patterns.limits import MAX_NESTING, MAX_PATTERN_LENGTH, MAX_REPEAT
from tests.runtime.patterns.icu import icu_matches

REFUSALS = [
    ("", None, "write a word"),
    ("a" * (MAX_PATTERN_LENGTH + 1), None, "split it"),
    ("(a", 0, r"write \( for the character"),
    ("ab(?:c", 2, r"write \( for the character"),
    ("a)", 1, r"write \) for the character"),
    ("*a", 0, r"write \* for the character"),
    ("a|+", 2, r"write \+ for the character"),
    ("(?i)*", 4, "nothing before it to repeat"),
    ("a**", 2, "put the repeated part in a group"),
    ("a{1}{2}", 4, "put the repeated part in a group"),
    ("a{", 1, r"write \{ for the character"),
    ("a{,2}", 1, "{2,5}"),
    ("a{2,1}", 1, "swap the numbers"),
    (f"a{{{MAX_REPEAT + 1}}}", 1, f"at most {MAX_REPEAT}"),
    ("a}", 1, r"write \} for the character"),
    (r"\b*", 2, "remove the quantifier"),
    ("(?=a)*", 5, "remove the quantifier"),
    ("[a", 0, r"write \[ for the character"),
    ("[]", 0, r"write \[ for the character"),
    ("[a&&]", 4, "nothing in it"),
    ("[z-a]", 4, "swap its ends"),
    (r"[a-\d]", 3, "write the - last"),
    ("[[:nope:]]", 1, "no set of characters named 'nope'"),
    ("[[.nope.]]", 1, "write the character itself"),
    ("a\\", 1, r"write \\ for the character"),
    (r"\p{nope}", 0, "no set of characters named 'nope'"),
    (r"\pL", 0, r"\p{L}"),
    (r"\xg", 0, r"\x{e9}"),
    (r"\x{110000}", 0, r"\x{e9}"),
    (r"\08", 0, "octal"),
    (r"\N{nope}", 0, "no character named"),
    (r"\N", 0, r"\N{"),
    (r"(a)\2", 3, "not there"),
    (r"\k<x>(?<x>a)", 0, r"\k<name>"),
    ("(?<n>a)(?<n>b)", 7, "rename one"),
    ("(?<n_1>a)", 0, "letters and digits"),
    ("(?P<n>a)", 0, "no group that starts like this"),
    ("(?(1)a)", 0, "no group that starts like this"),
    ("(?#a", 0, "no ) at its end"),
    ("(?q)a", 0, "no flag q"),
    ("(?w)a", 0, "flag w"),
    ("(?d)a", 0, "flag d"),
    ("(?<=a*)b", 0, "{0,50}"),
    (r"(?<=\X)b", 0, "{0,50}"),
    ("(" * (MAX_NESTING + 1) + ")" * (MAX_NESTING + 1), MAX_NESTING, "simplify the pattern"),
    ("[" * (MAX_NESTING + 1) + "a" + "]" * (MAX_NESTING + 1), MAX_NESTING, "simplify the pattern"),
]


@pytest.mark.parametrize(("pattern", "position", "advice"), REFUSALS, ids=[pattern[:20] for pattern, _, _ in REFUSALS])
def test_a_refusal_says_where_and_what_to_do(pattern: str, position: int | None, advice: str) -> None:
    with pytest.raises(PatternError) as refusal:
        compile_pattern(pattern)
    assert refusal.value.position == position
    assert advice in str(refusal.value)
    assert position is None or str(refusal.value).endswith(f"(at character {position + 1})")


OURS_ALONE = {"[[.nope.]]", "(?w)a", "(?d)a"}


@pytest.mark.parametrize(
    "pattern",
    [one for one, _, _ in REFUSALS if one not in OURS_ALONE and len(one) < MAX_NESTING and "{65536}" not in one],
)
def test_icu_refuses_it_too(pattern: str) -> None:
    assert isinstance(icu_matches(pattern, []), int)
