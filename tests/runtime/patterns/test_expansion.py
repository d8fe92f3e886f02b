"""Counts inside each other multiply: a short pattern must not take all memory."""

import subprocess
import sys

import pytest

from botflow_runtime.patterns import PatternError, compile_pattern
from botflow_runtime.patterns.expansion import expansion
from botflow_runtime.patterns.limits import MAX_EXPANSION, MAX_REPEAT
from botflow_runtime.patterns.parser import parse

TOO_LARGE = [
    "((((a{65535}){65535}){65535}))",
    "(?>[a-zß]{65535}){65535}",
    "(a{1000}){1000}",
    "(?:(?>a|b){1000}){1000}",
    r"\X{65535}",
    "(?:straße){60000}",
    r"(?:\bno){10000}",
    r"(?:(?=a)a){65535}",
    "".join(f"{letter}{{65535}}" for letter in "abcdefgh"),
    "(" * 90 + "a" + "){65535}" * 90,
    "[" + "".join(map(chr, range(0x4E00, 0x4F00, 2))) + "]{65535}",
]
ACCEPTED = [
    "a{65535}",
    r"\({65535}",
    "😀{65535}",
    ".{65535}",
    r"\w{65535,}",
    "(a{0,65535}){0,65535}",
    "(a*){1,65535}",
    "(a{300}){300}",
    r"(\d{3}-){2}\d{4}",
    "(){65535}",
    r"\X{16000}",
    r"(?:\bno){3000}",
    "(?m)(?:^a$){7000}",
]

MEGABYTES = 100
"""What a pattern that is accepted may take at the most, beside what Python itself takes."""

MEASURE = """
import re, sys
from pathlib import Path
from botflow_runtime.patterns import compile_pattern

def highest():
    # of this program alone: what getrusage tells begins at the highest of the parent
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])

compile_pattern(r"(a)\\1").matches("aa")
before = highest()
pattern = compile_pattern(sys.argv[1])
for text in ("", "a" * 4000 + "b", "\\u00e9" * 4000):
    pattern.matches(text)
print((highest() - before) // 1024)
"""


@pytest.mark.parametrize("pattern", TOO_LARGE, ids=[pattern[:20] for pattern in TOO_LARGE])
def test_what_would_take_much_memory_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="lower them"):
        compile_pattern(pattern)


@pytest.mark.parametrize("pattern", ACCEPTED)
def test_what_is_accepted_takes_little(pattern: str) -> None:
    taken = subprocess.run([sys.executable, "-c", MEASURE, pattern], capture_output=True, text=True, check=True)
    assert int(taken.stdout) < MEGABYTES


@pytest.mark.parametrize("pattern", ["a", "é", "k", "s", "1", r"\(", "😀", ".", r"\w", "[a-z]", "[[:alpha:]]"])
def test_one_character_may_have_the_highest_count(pattern: str) -> None:
    assert compile_pattern(f"{pattern}{{{MAX_REPEAT}}}").text.startswith(pattern)


@pytest.mark.parametrize("pattern", [r"\b" * 2048, "[[:<:]]" * 585, "ff" * 2048, "(?m)" + "^" * 4092, "()" * 2048])
def test_a_pattern_without_counts_is_never_too_large(pattern: str) -> None:
    assert expansion(parse(pattern)) <= MAX_EXPANSION


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (r"^(){3}\1a$", "a", True),
        (r"^(?:()|()){2}\1\2a$", "a", True),
        (r"^(?:\b){5}(a)\1$", "aa", True),
        (r"^(?:()(?=a)){5}(a)\2$", "aa", True),
        (r"^(?:()(?=b)){5}(a)\2$", "aa", False),
    ],
)
def test_what_takes_nothing_may_be_repeated(pattern: str, text: str, expected: bool) -> None:
    assert compile_pattern(pattern).matches(text) is expected
