"""Case is folded as Unicode does it, for every character there is."""

import sys

import re2

from botflow_runtime.patterns.casing import case_variants, long_folds, simple_fold, stretches

EVERYTHING = [chr(code) for code in range(sys.maxunicode + 1)]
DOTTED_CAPITAL_I = "\u0130"


def test_every_character_with_case_is_known() -> None:
    assert {one for one in EVERYTHING if simple_fold(one) != one} <= case_variants().keys()


def test_every_long_fold_is_known() -> None:
    assert {one for one in EVERYTHING if len(one.casefold()) > 1} == set("".join(long_folds().values()))


def test_variants_are_those_of_re2() -> None:
    ignore_case = re2.Options()
    ignore_case.case_sensitive = False
    for character, variants in case_variants().items():
        found = re2.compile(character, ignore_case)
        assert all(found.fullmatch(variant) for variant in variants), character


def test_spellings_of_a_word() -> None:
    assert stretches("was") == [[["w", "a", "s"]]]
    assert stretches("pass") == [[["p", "a"]], [["s", "s"], ["ßẞ"]]]
    assert [sorted(map(len, stretch)) for stretch in stretches("ffi")] == [[1, 2, 2, 3]]
