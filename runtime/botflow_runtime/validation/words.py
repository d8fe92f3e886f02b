"""Words and patterns, for the rules that ask what a contact may write."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from botflow_runtime.catalog import PERMANENT_OPT_OUT_WORDS, fold
from botflow_runtime.patterns import Pattern, samples

UNLIKELY_TEXT: Final = "qzxj wvkq jjxz"
"""A pattern that fits this fits everything, as far as people write."""


def is_catch_all(pattern: Pattern) -> bool:
    """Whether the pattern fits whatever a contact may write."""
    return pattern.matches(UNLIKELY_TEXT)


def opt_out_word(text: str, words: Collection[str] = PERMANENT_OPT_OUT_WORDS) -> str | None:
    """The opt-out word that a text is, if it is one (CO-3)."""
    word = fold(text)
    return word if word in words else None


def opt_out_word_of(pattern: Pattern, words: Collection[str] = PERMANENT_OPT_OUT_WORDS) -> str | None:
    """The opt-out word that a pattern asks for by name, if there is one."""
    return next((word for sample in samples(pattern) if (word := opt_out_word(sample, words))), None)


def shown(text: str) -> str:
    """A text of a contact, in a sentence."""
    return f"“{text}”"
