"""Regular expressions in MySQL's dialect, with a time limit, for thousands of chatbots at once (CB-6)."""

from botflow_runtime.patterns.budget import Budget
from botflow_runtime.patterns.error import PatternError
from botflow_runtime.patterns.pattern import Pattern, compile_pattern
from botflow_runtime.patterns.pattern_set import Matches, PatternSet
from botflow_runtime.patterns.witness import overlap_witness, samples

__all__ = [
    "Budget",
    "Matches",
    "Pattern",
    "PatternError",
    "PatternSet",
    "compile_pattern",
    "overlap_witness",
    "samples",
]
