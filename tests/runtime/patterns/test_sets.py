"""One pass over a message finds every chatbot it starts."""

import random
import statistics
import time

import pytest
import re2

from botflow_runtime.patterns import PatternError, PatternSet, compile_pattern, pattern_set

SYLLABLES = [
    "pi",
    "za",
    "ta",
    "co",
    "ni",
    "ño",
    "re",
    "sa",
    "lu",
    "do",
    "ma",
    "ri",
    "ca",
    "fé",
    "ho",
    "la",
    "qui",
    "por",
]


def mixed_patterns(many: int) -> list[tuple[int, str]]:
    chance = random.Random(7)

    def word() -> str:
        return "".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))

    kinds = [
        lambda number: f"{word()}{number}",
        lambda number: word(),
        lambda number: rf"\b{word()}\b",
        lambda number: f"[[:<:]]{word()}[[:>:]]",
        lambda number: f"^({word()}|{word()}|{word()})$",
        lambda number: f"{word()}[[:space:]]+[0-9]{{2,4}}",
        lambda number: rf"^\d{{1,5}} {word()}",
        lambda number: f"{word()}.*{word()}",
        lambda number: f"(quiero|dame) (un|una) [[:alpha:]]+ {word()}",
        lambda number: rf"^\+?{number % 90 + 10}\d{{6,9}}$",
    ]
    return [(number, kinds[number % len(kinds)](number)) for number in range(many)]


def test_keys_come_once_and_in_order() -> None:
    patterns = PatternSet([("late", "no"), ("first", "yes"), ("late", "yes"), ("third", "^y")], few=0)
    assert patterns.matching("yes").keys == ["late", "first", "third"]
    assert patterns.matching("no").keys == ["late"]
    assert len(patterns) == 3


def test_takes_compiled_patterns_and_texts() -> None:
    assert PatternSet([(1, compile_pattern("a")), (2, "a")], few=0).matching("A").keys == [1, 2]


def test_an_empty_set_matches_nothing() -> None:
    assert PatternSet[int]([]).matching("a").keys == []


def test_a_bad_pattern_is_refused() -> None:
    with pytest.raises(PatternError):
        PatternSet([(1, "a"), (2, "(")])


@pytest.mark.parametrize("memory", [1 << 20, 1 << 15])
def test_a_set_too_large_for_its_memory_is_cut(memory: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pattern_set, "SET_MEMORY", memory)
    small = PatternSet((number, rf"^[a-f]{{3}}\d{{{number % 9 + 1}}}{chr(0x4E00 + number)}?$") for number in range(900))
    found = small.matching("abc12345")
    assert found.keys == [number for number in range(900) if number % 9 + 1 == 5]


def test_a_set_whose_memory_fails_while_it_looks_still_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(re2.Set, "Match", lambda _set, _text: None)
    patterns = PatternSet([(1, r"^\d+$"), (2, r"^\d\d$")], few=0)
    assert patterns.matching("123").keys == [1]


def test_ten_thousand_mixed_patterns_are_quick() -> None:
    patterns = PatternSet(mixed_patterns(10_000))
    texts = ["hola", "quiero una pizza por favor", "Hola, necesito ayuda con mi pedido 12345", "no", "👍 ok"]
    taken = []
    for text in texts * 20:
        started = time.thread_time()
        patterns.matching(text)
        taken.append(time.thread_time() - started)
    assert statistics.median(taken) < 0.000_5, "the aim is 0.1 ms; this leaves room for a busy machine"


def test_a_large_set_finds_what_its_patterns_find() -> None:
    chance = random.Random(3)
    items = mixed_patterns(1000)
    compiled = [(key, compile_pattern(text)) for key, text in items]
    patterns = PatternSet(compiled)
    for _ in range(30):
        text = " ".join("".join(chance.choices(SYLLABLES, k=3)) for _ in range(chance.randint(1, 40)))
        assert patterns.matching(text).keys == [key for key, pattern in compiled if pattern.matches(text)]
