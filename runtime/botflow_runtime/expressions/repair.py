"""What the author probably meant, where parentheses are wrong: a guess that compiles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.lexer import Token, tokenize

MAX_GUESSES: Final = 60
MAX_REPAIRED_CHARACTERS: Final = 2_000


def repaired(text: str, compiles: Callable[[str], bool]) -> str | None:
    """The first guess that compiles; None where none does."""
    if len(text) > MAX_REPAIRED_CHARACTERS:
        return None
    try:
        tokens = tokenize(text)
    except ExpressionError:
        return None
    return next(filter(compiles, islice(_guesses(text, tokens), MAX_GUESSES)), None)


def _guesses(text: str, tokens: list[Token]) -> Iterator[str]:
    pairs, unclosed, unopened = _parentheses(tokens)
    for index in unopened:
        yield text[: tokens[index].position] + text[tokens[index].end :]
    for index in unclosed:
        yield from _closed(text, tokens, index)
    if not unclosed and not unopened:
        for opened, closed in pairs:
            if opened and tokens[opened - 1].kind == "word":
                yield from _moved(text, tokens, opened, closed)


def _parentheses(tokens: list[Token]) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Pairs of parentheses, those never closed and those never opened, as indexes of tokens."""
    pairs: list[tuple[int, int]] = []
    unclosed: list[int] = []
    unopened: list[int] = []
    for index, token in enumerate(tokens):
        if token.kind != "punctuation":
            continue
        if token.text == "(":
            unclosed.append(index)
        elif token.text == ")" and unclosed:
            pairs.append((unclosed.pop(), index))
        elif token.text == ")":
            unopened.append(index)
    return pairs, unclosed, unopened


def _closed(text: str, tokens: list[Token], opened: int) -> Iterator[str]:
    """A missing parenthesis: of a function right after its first value, of a group at the end."""
    ends = [token.end for token in tokens[opened + 1 : -1]]
    is_call = opened > 0 and tokens[opened - 1].kind == "word"
    for end in ends if is_call else reversed(ends):
        yield f"{text[:end]}){text[end:]}"


def _moved(text: str, tokens: list[Token], opened: int, closed: int) -> Iterator[str]:
    """A function's parenthesis that stands too far to the right."""
    mark = tokens[closed]
    for token in tokens[opened + 1 : closed - 1]:
        yield f"{text[: token.end]}){text[token.end : mark.position]}{text[mark.end :]}"
