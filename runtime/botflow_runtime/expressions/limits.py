"""Every bound that keeps one expression from taking the machine: its size, its results and its patterns."""

from __future__ import annotations

from typing import Final

MAX_EXPRESSION_CHARACTERS: Final = 20_000
# One level costs a few Python frames, and the host has frames of its own below ours.
MAX_DEPTH: Final = 80
MAX_TEXT_CHARACTERS: Final = 1_000_000
MAX_NUMERIC_DIGITS: Final = 20_000
# PostgreSQL's own bound for digits after the point.
MAX_NUMERIC_SCALE: Final = 16_383
# Of the base of a fractional power, whose logarithm takes time that grows faster than its digits.
MAX_POWER_DIGITS: Final = 1_000
# What the numbers and texts of one turn may take together: about as many nanoseconds, by their digits and characters.
MOST_EFFORT: Final = 1_000_000_000
MAX_ARRAY_ELEMENTS: Final = 10_000
MAX_PATTERN_CHARACTERS: Final = 10_000
MAX_PATTERN_REPETITIONS: Final = 255
MAX_PATTERN_DEPTH: Final = 50
MAX_PATTERN_NODES: Final = 20_000
PATTERN_TIMEOUT_SECONDS: Final = 0.05
MAX_PATTERN_STEPS: Final = 200_000
PATTERN_CACHE_ENTRIES: Final = 1_024
RESOLUTION_CACHE_ENTRIES: Final = 4_096
