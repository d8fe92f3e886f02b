"""JavaScript as the host knows it: compiling without executing, and writing values (ECMA-262)."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import Final

# not `quickjs`: importing that starts a thread
import _quickjs  # type: ignore[import-not-found] # it ships no types

from botflow_runtime.json_types import Json
from botflow_runtime.sandbox import limits
from botflow_runtime.sandbox.language import LanguageRules, SourceProblem, is_negative

COMPILE_SECONDS: Final = 0.5
PLACE: Final = re.compile(r"<input>:(\d+):(\d+)")
FRAMES: Final = (("throw 0;async function script(){\n", "\n}"), ("throw 0;({async script(){\n", "\n}})"))
"""Both have to parse: a source that closes the one early cannot do so in the other. `throw` keeps all from running."""
PLAIN: Final = re.compile(r"[^A-Za-z0-9 ]")


def parser() -> Callable[[str], bool]:
    context = _context()
    return lambda source: _problem(context, source) is None


def problems(source: str) -> list[SourceProblem]:
    found = _problem(_context(), source)
    return [found] if found else []


def _context() -> _quickjs.Context:
    context = _quickjs.Context()
    context.set_memory_limit(limits.MEMORY_BYTES)
    context.set_max_stack_size(limits.STACK_BYTES)
    context.set_time_limit(COMPILE_SECONDS)
    return context


def _problem(context: _quickjs.Context, source: str) -> SourceProblem | None:
    for opening, closing in FRAMES:
        try:
            context.eval(opening + source + closing)
        except _quickjs.JSException as error:
            if not str(error).startswith("0\n"):
                return _described(str(error))
        except (UnicodeError, ValueError) as error:  # half of a surrogate pair, a NUL character
            return SourceProblem(f"the source is not plain text: {error}")
    return None


def _described(text: str) -> SourceProblem:
    headline = text.split("\n", 1)[0].removeprefix("SyntaxError: ")
    if "call stack" in headline:
        return SourceProblem("the script is nested too deeply")
    place = PLACE.search(text)
    if place is None:
        return SourceProblem(headline)
    return SourceProblem(headline, max(int(place[1]) - 1, 1), int(place[2]))


def literal(value: Json) -> str:
    """A value as one token, or as a call of JSON.parse: both mean the same wherever an expression may stand.

    An object in braces could be a block, ``__proto__`` in it would set a prototype, a negative number may not stand
    before ``**``, and a line that begins with a bracket continues the line before.
    """
    if isinstance(value, str):
        return _quoted(value)
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return "null"
    text = json.dumps(value)
    return text if _is_one_token(value) else f"JSON.parse({_quoted(text)})"


def _is_one_token(value: Json) -> bool:
    return isinstance(value, (int, float)) and not is_negative(value)


def _quoted(text: str) -> str:
    return f'"{escaped(text)}"'


def escaped(text: str) -> str:
    return PLAIN.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def refusal(message: str) -> str:
    return f"throw new SyntaxError({_quoted(message)})"


def sticks(before: str, after: str) -> bool:
    """``/{{x}}/`` would begin a comment, ``*{{x}}/`` end one, ``${{x}}{`` open a substitution."""
    return before[-1:] + after[:1] in {"//", "/*", "*/", "${"}


RULES: Final = LanguageRules(
    parser, problems, literal, escaped, illegal="@", refusal=refusal, sticks=sticks, reusable=True
)
