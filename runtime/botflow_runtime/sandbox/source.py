"""The source of a script: does it compile, and how do values get into it (ST-9)?

``{{name}}`` stands for a value as a literal of the language; inside a string, template, regular expression or comment
for its printed text, escaped so that it stays there. Which of the two a placeholder is, the compiler of the language
itself tells: a character that code can never hold makes the source invalid exactly where the placeholder is code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from botflow_runtime.errors import HostError
from botflow_runtime.json_types import Json
from botflow_runtime.sandbox import javascript, limits, python
from botflow_runtime.sandbox.language import LanguageRules, SourceProblem
from botflow_runtime.templates import PLACEHOLDER, printed

LANGUAGES: Final[dict[str, LanguageRules]] = {"javascript": javascript.RULES, "python": python.RULES}
FILLING: Final = "0 "
"""A value in code, a harmless text anywhere else."""
ENDS_WITH_ODD_BACKSLASHES: Final = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")

SAMPLE: Final = "a'b\"c"
FULL: Final = (
    f"the script has more than {limits.SOURCE_CHARACTERS:,} characters with the values of its placeholders: "
    "read large ones from vars"
)
NO_ROOM: Final = "no text fits where a placeholder stands: put it into a variable of its own first, then use that"

Parses: TypeAlias = Callable[[str], bool]
Writer: TypeAlias = Callable[[Json], str]


def check_source(source: str, language: str) -> list[SourceProblem]:
    """What keeps a source, placeholders included, from compiling; nothing of it is executed. Raises HostError."""
    problems = bind_source(source, language).problems
    return list(problems) or rules_of(language).problems(_filled(PLACEHOLDER.split(source)[0::2]))


class BoundSource:
    """A source whose placeholders are ready to be filled in.

    `problems` says why they cannot be; such a source renders to one that raises the first of them.
    """

    def __init__(
        self, pieces: Sequence[str], names: Sequence[str], writers: Sequence[Writer], rules: LanguageRules
    ) -> None:
        self._pieces = tuple(pieces)
        self._writers = tuple(writers)
        self.names = tuple(names)
        self._rules = rules
        self.problems: tuple[SourceProblem, ...] = ()

    def render(self, get: Callable[[str], Json]) -> str:
        """The source with the values that `get` gives for the names; None stands for an unknown one.

        When that becomes longer than a script may be, one that raises an error saying so.
        """
        parts, room = [], limits.SOURCE_CHARACTERS
        for part in self._parts(get):
            parts.append(part)
            room -= len(part)
            if room < 0:
                return self._rules.refusal(FULL)
        return "".join(parts)

    def _parts(self, get: Callable[[str], Json]) -> Iterator[str]:
        """What `render` joins, however long."""
        yield self._pieces[0]
        for name, write, piece in zip(self.names, self._writers, self._pieces[1:], strict=True):
            yield write(get(name))
            yield piece


class RefusedSource(BoundSource):
    """A source whose placeholders cannot be filled in safely."""

    def __init__(self, names: Sequence[str], rules: LanguageRules, problems: Sequence[SourceProblem]) -> None:
        super().__init__(("",), names, (), rules)
        self.problems = tuple(problems)
        self._refusal = rules.refusal(problems[0].message)

    def render(self, get: Callable[[str], Json]) -> str:
        return self._refusal


def bind_source(source: str, language: str) -> BoundSource:
    """Find the placeholders of a source and what each one is. Raises HostError for an unknown language only."""
    rules = rules_of(language)
    pieces = PLACEHOLDER.split(source)
    texts, names = pieces[0::2], pieces[1::2]
    if problems := _too_long(source) or _too_many(names, source):
        return RefusedSource(names, rules, problems)
    if not names:
        return BoundSource(texts, (), (), rules)
    parses = rules.parser()
    if not parses(_filled(texts)):  # it will not compile with any value: check_source says why
        return BoundSource(texts, names, [_nothing] * len(names), rules)
    return _bound(texts, names, rules, parses)


def _bound(texts: Sequence[str], names: Sequence[str], rules: LanguageRules, parses: Parses) -> BoundSource:
    are_text = [_is_text(texts, at, rules.illegal, parses) for at in range(len(names))]
    if problems := [
        problem for at, is_text in enumerate(are_text) if is_text for problem in _sticking(texts, at, rules)
    ]:
        return RefusedSource(names, rules, problems)
    writers = [_text(rules) if is_text else _code(rules, texts[at]) for at, is_text in enumerate(are_text)]
    bound = BoundSource(texts, names, writers, rules)
    if not parses("".join(bound._parts(lambda name: SAMPLE))):
        return RefusedSource(names, rules, [SourceProblem(NO_ROOM)])
    return bound


def rules_of(language: str) -> LanguageRules:
    if language not in LANGUAGES:
        raise HostError(f"there is no language {language!r}; there are {', '.join(LANGUAGES)}")
    return LANGUAGES[language]


def _nothing(value: Json) -> str:
    return f" {FILLING}"


def _filled(texts: Sequence[str], fillings: Sequence[str] | None = None) -> str:
    """The source with a neutral value, or the given ones, in place of its placeholders."""
    fillings = fillings or [FILLING] * (len(texts) - 1)
    parts = [texts[0]]
    for before, filling, after in zip(texts, fillings, texts[1:], strict=False):
        parts += (_gap(before), filling, after)
    return "".join(parts)


def _gap(before: str) -> str:
    """What keeps a value from growing into the token before it; nothing at the beginning of a line, where Python
    counts spaces."""
    return " " if before and not before[-1].isspace() else ""


def _code(rules: LanguageRules, before: str) -> Writer:
    gap = _gap(before)
    return lambda value: f"{gap}{rules.literal(value)} "


def _text(rules: LanguageRules) -> Writer:
    return lambda value: rules.escaped(_printed(value))


def _printed(value: Json) -> str:
    try:
        return printed(value)
    except (ValueError, TypeError, OverflowError):  # what is not quite JSON, such as half of a surrogate pair
        return json.dumps(value)


def _is_text(texts: Sequence[str], at: int, illegal: str, parses: Callable[[str], bool]) -> bool:
    fillings = [FILLING] * (len(texts) - 1)
    fillings[at] = illegal
    return parses(_filled(texts, fillings))


def _sticking(texts: Sequence[str], at: int, rules: LanguageRules) -> list[SourceProblem]:
    """A text may be empty, and what stands around it must not change its meaning then; nor may a backslash before it
    take the first character for itself."""
    before, after = "".join(texts[: at + 1]), "".join(texts[at + 1 :])
    line = before.count("\n") + 1
    if ENDS_WITH_ODD_BACKSLASHES.search(before):
        return [SourceProblem("a placeholder cannot stand right after a backslash", line)]
    if rules.sticks(before, after):
        message = f"{before[-1]} and {after[0]} would meet if the placeholder between them were empty: separate them"
        return [SourceProblem(message, line)]
    return []


def _too_long(source: str) -> list[SourceProblem]:
    if len(source) <= limits.SOURCE_CHARACTERS:
        return []
    return [
        SourceProblem(f"the script has {len(source):,} characters; at most {limits.SOURCE_CHARACTERS:,} are allowed")
    ]


def _too_many(names: Sequence[str], source: str) -> list[SourceProblem]:
    for_length = limits.CHECKED_CHARACTERS // max(len(source), 1)
    most, where = min((limits.PLACEHOLDERS, ""), (for_length, " in one so long"))
    if len(names) <= most:
        return []
    return [SourceProblem(f"the script has {len(names)} placeholders; at most {most} are allowed{where}: use vars")]
