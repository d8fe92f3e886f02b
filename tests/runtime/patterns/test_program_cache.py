"""Compiled programs are kept while there is room, by their bytes as well as their number."""

import sys

import regex

from botflow_runtime.patterns.limits import BACKTRACKING_PROGRAMS
from botflow_runtime.patterns.program_cache import ProgramCache

LARGE = "(?:a|bc){1000}"


class Compiler:
    def __init__(self) -> None:
        self.compiled: list[str] = []

    def __call__(self, source: str) -> "regex.Pattern[str]":
        self.compiled.append(source)
        return regex.compile(source, cache_pattern=False)


def test_a_program_is_compiled_once() -> None:
    compiler = Compiler()
    cache = ProgramCache[str](compiler)
    assert cache("a") is cache("a")
    assert compiler.compiled == ["a"]


def test_large_programs_make_room_for_each_other() -> None:
    compiler = Compiler()
    one = sys.getsizeof(compiler(LARGE))
    cache = ProgramCache[str](compiler, most_bytes=one * 5 // 2)
    for letter in "xyxzx":
        cache(LARGE + letter)
    assert [source[-1] for source in compiler.compiled[1:]] == ["x", "y", "z"]
    assert len(cache) == 2
    assert one * 2 <= cache.size <= one * 5 // 2
    cache(LARGE + "y")
    assert compiler.compiled[-1] == LARGE + "y"


def test_the_newest_is_kept_whatever_its_size() -> None:
    compiler = Compiler()
    cache = ProgramCache[str](compiler, most_bytes=1)
    assert cache("a") is cache("a")
    assert cache("b") is cache("b")
    assert (compiler.compiled, len(cache)) == (["a", "b"], 1)


def test_small_programs_are_bounded_by_their_number() -> None:
    program = regex.compile("a")
    cache = ProgramCache[int](lambda _number: program)
    for number in range(BACKTRACKING_PROGRAMS + 5):
        cache(number)
    assert len(cache) == BACKTRACKING_PROGRAMS
