r"""The names of sets: `\w` and its sisters, `[:alpha:]`, `\p{...}`, and the names of single characters."""

import unicodedata
from functools import cache

import regex

from botflow_runtime.patterns.charset import CharSet, Complement, Listed, Property, listed
from botflow_runtime.patterns.error import PatternError

WORD = Property(r"[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u200c\u200d]")
"""ICU's word characters, Unicode TR18."""

SKIPPED = Property(r"[\p{Grapheme_Extend}\p{Cf}]")
"""Combining marks and the like, which belong to the character before them when word boundaries are found."""

LINE_BREAKS = listed("\n\v\f\r\x85\u2028\u2029")
NOT_LINE_BREAK = Complement(LINE_BREAKS)
EVERYTHING = Complement(Listed(()))

_DIGIT = Property(r"\p{Nd}")
_SPACE = Property(r"\p{White_Space}")
_BLANK = Property(r"[\p{Zs}\t]")

CLASS_ESCAPES: dict[str, CharSet] = {
    "d": _DIGIT,
    "D": Complement(_DIGIT),
    "h": _BLANK,
    "H": Complement(_BLANK),
    "s": _SPACE,
    "S": Complement(_SPACE),
    "v": LINE_BREAKS,
    "V": Complement(LINE_BREAKS),
    "w": WORD,
    "W": Complement(WORD),
}
"""Sets that no change of case leads out of."""

_GRAPHIC = r"[^\p{White_Space}\p{Cc}\p{Cs}\p{Cn}]"

_POSIX: dict[str, CharSet] = {
    "alnum": Property(r"[\p{Alphabetic}\p{Nd}]"),
    "alpha": Property(r"\p{Alphabetic}"),
    "any": EVERYTHING,
    "ascii": Listed(((0, 0x7F),)),
    "assigned": Property(r"\P{Cn}"),
    "blank": _BLANK,
    "cntrl": Property(r"\p{Cc}"),
    "digit": _DIGIT,
    "graph": Property(_GRAPHIC),
    "lower": Property(r"\p{Lowercase}"),
    "print": Property(rf"[[{_GRAPHIC}\p{{Zs}}]--\p{{Cc}}]"),
    "punct": Property(r"\p{P}"),
    "space": _SPACE,
    "upper": Property(r"\p{Uppercase}"),
    "word": WORD,
    "xdigit": Property(r"[\p{Nd}\p{Hex_Digit}]"),
}

_COLLATING = {
    "NUL": "\0", "tab": "\t", "newline": "\n", "vertical-tab": "\v", "form-feed": "\f", "carriage-return": "\r",
    "space": " ", "exclamation-mark": "!", "quotation-mark": '"', "number-sign": "#", "dollar-sign": "$",
    "percent-sign": "%", "ampersand": "&", "apostrophe": "'", "left-parenthesis": "(", "right-parenthesis": ")",
    "asterisk": "*", "plus-sign": "+", "comma": ",", "hyphen": "-", "hyphen-minus": "-", "period": ".",
    "full-stop": ".", "slash": "/", "solidus": "/", "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "colon": ":", "semicolon": ";",
    "less-than-sign": "<", "equals-sign": "=", "greater-than-sign": ">", "question-mark": "?", "commercial-at": "@",
    "left-square-bracket": "[", "backslash": "\\", "reverse-solidus": "\\", "right-square-bracket": "]",
    "circumflex": "^", "circumflex-accent": "^", "underscore": "_", "low-line": "_", "grave-accent": "`",
    "left-brace": "{", "left-curly-bracket": "{", "vertical-line": "|", "right-brace": "}",
    "right-curly-bracket": "}", "tilde": "~", "DEL": "\x7f",
}  # fmt: skip
"""Names of POSIX collating elements, as in `[[.hyphen.]]`."""


def collating_element(name: str, position: int) -> str:
    """The character that `[.name.]` stands for; PatternError when there is none."""
    if len(name) == 1:
        return name
    if name not in _COLLATING:
        raise PatternError(f"[.{name}.] is not the name of a character: write the character itself", position)
    return _COLLATING[name]


def named_set(name: str, position: int) -> CharSet:
    r"""The set that `[:name:]` or `\p{name}` stands for; PatternError when there is none."""
    plain = name.strip().lower()
    found = _POSIX.get(plain) or _property(plain.removeprefix("is") if plain.startswith("is") else plain)
    if found is None:
        raise PatternError(
            f"there is no set of characters named {name!r}: see Unicode's properties, like L or Lu", position
        )
    return found


@cache
def _property(name: str) -> Property | None:
    if not regex.fullmatch(r"(?!posix)[a-z0-9][a-z0-9 _.=-]*", name):
        return None
    item = rf"\p{{{name}}}"
    try:
        regex.compile(item)
    except regex.error:
        return None
    return Property(item)


def named_character(name: str, position: int) -> str:
    r"""The character that `\N{name}` stands for; PatternError when there is none."""
    try:
        return unicodedata.lookup(name)
    except KeyError:
        raise PatternError(f"Unicode has no character named {name!r}", position) from None
