"""to_char of numbers: the patterns 9 0 . , D G FM S MI PL SG PR L TH (PostgreSQL's documentation, table 9.29)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from botflow_runtime.expressions.errors import ExpressionError
from botflow_runtime.expressions.functions.date_format import ordinal
from botflow_runtime.expressions.functions.text import bounded
from botflow_runtime.expressions.numeric import rescaled

# A double precision has so many digits for sure.
_FLOAT_DIGITS: Final = 15
MAX_PATTERN_DIGITS: Final = 200

_KEYWORDS: Final = "FM|EEEE|MI|PL|PR|RN|SG|SP|TH|[.,09BCDGLSV]"
_TOKEN: Final = re.compile(rf'"((?:[^"\\]|\\.)*)"?|({_KEYWORDS}|{_KEYWORDS.lower()})|\\(.)|(.)', re.DOTALL)
_UNSUPPORTED: Final = frozenset({"EEEE", "RN", "V", "C", "B", "SP"})


@dataclass(slots=True)
class _Pattern:
    """A number pattern taken apart: keywords in order, and what they say together."""

    tokens: list[tuple[str, str]]
    before: int = 0
    after: int = 0
    decimal: bool = False
    zero_start: int | None = None
    zero_end: int = 0
    fill: bool = True
    sign: str = ""
    digits_before_sign: int = 0
    minus: bool = False
    plus: bool = False
    bracket: bool = False

    def add(self, keyword: str) -> None:
        if self.bracket and keyword in "90":
            raise ExpressionError("In a number pattern PR stands at the end.")
        if keyword in "90":
            self.digit(keyword)
        elif keyword in ".D":
            if self.decimal:
                raise ExpressionError("A number pattern has one decimal point.")
            self.decimal = True
        elif keyword == "FM":
            self.fill = False
        else:
            self.add_sign(keyword)

    def digit(self, keyword: str) -> None:
        if keyword == "0" and self.zero_start is None and not self.decimal:
            self.zero_start = self.before
        if self.decimal:
            self.after += 1
        else:
            self.before += 1
        if keyword == "0":
            self.zero_end = self.before + self.after

    def add_sign(self, keyword: str) -> None:
        others = self.plus or self.minus or self.bracket
        if (keyword == "S" and (self.sign or others)) or (keyword in ("MI", "PL", "SG") and self.sign):
            raise ExpressionError("In a number pattern S stands alone, without MI, PL, SG, PR or another S.")
        if keyword == "PR" and (self.sign or self.plus or self.minus):
            raise ExpressionError("In a number pattern PR stands without S, MI, PL or SG.")
        if keyword == "S":
            self.sign, self.digits_before_sign = ("after" if self.decimal else "before"), self.before
        self.minus = self.minus or keyword in ("MI", "SG")
        self.plus = self.plus or keyword in ("PL", "SG")
        self.bracket = self.bracket or keyword == "PR"


def _parse(text: str) -> _Pattern:
    pattern = _Pattern([])
    for match in _TOKEN.finditer(text):
        quoted, keyword, escaped, other = match.groups()
        if keyword is None:
            pattern.tokens.append(("", quoted if quoted is not None else escaped if escaped is not None else other))
            continue
        upper = keyword.upper()
        if upper in _UNSUPPORTED:
            raise ExpressionError(
                f"The number pattern {keyword} is not supported: use 9, 0, decimal point, comma, FM, S."
            )
        pattern.add(upper)
        pattern.tokens.append((upper, keyword))
    if pattern.before + pattern.after > MAX_PATTERN_DIGITS:
        raise ExpressionError(f"A number pattern has at most {MAX_PATTERN_DIGITS} digits.")
    if pattern.sign == "before" and pattern.before == pattern.digits_before_sign:
        pattern.sign = "after"
    bounded(len(text))
    return pattern


class _Writer:
    """One number written by a pattern, keyword by keyword (NUM_processor of formatting.c)."""

    def __init__(self, pattern: _Pattern, negative: bool, number: str) -> None:
        self.pattern = pattern
        self.negative = negative
        self.number = number
        self.at = 0
        self.position = 0
        self.leading = max(pattern.before - len(number.partition(".")[0]), 0)
        self.in_number = False
        self.output: list[str] = []
        if pattern.bracket and not pattern.fill and not negative:
            pattern.bracket = False
        self.sign_written = self.needs_no_sign()
        self.last = self.last_relevant()
        self.count = pattern.before + pattern.after - 1 + (not self.sign_written and self.leading == 0)

    def needs_no_sign(self) -> bool:
        pattern = self.pattern
        if pattern.plus or pattern.minus:
            return pattern.minus
        return not self.negative and not pattern.fill and not pattern.sign

    def last_relevant(self) -> int | None:
        """With FM, the last digit that is no trailing zero (or the point); None where all count."""
        point = self.number.find(".")
        if self.pattern.fill or not self.pattern.decimal or point < 0:
            return None
        last = max(len(self.number.rstrip("0")) - 1, point)
        if self.pattern.zero_end > self.leading:
            last = max(last, min(len(self.number) - 1, self.pattern.zero_end - self.leading))
        return last

    def written(self) -> str:
        for keyword, text in self.pattern.tokens:
            if not keyword:
                self.output.append(text)
            elif keyword in "90.D":
                self.digit(keyword)
            elif keyword in ",G":
                self.output.append("," if self.in_number else " " if self.pattern.fill else "")
            else:
                self.output.append(self.mark(keyword, text))
        return "".join(self.output)

    def mark(self, keyword: str, text: str) -> str:
        if keyword == "SG":
            return "-" if self.negative else "+"
        if keyword in ("MI", "PL"):
            if (keyword == "MI") == self.negative:
                return "-" if self.negative else "+"
            return " " if self.pattern.fill else ""
        if keyword == "TH":
            return self.ordinal(text)
        return " " if keyword == "L" else ""

    def ordinal(self, text: str) -> str:
        if self.number.startswith("#") or self.negative or self.pattern.decimal:
            return ""
        return ordinal(self.number, text)

    def is_zero_before_point(self) -> bool:
        pattern = self.pattern
        return pattern.zero_start is None and self.at == 0 and self.number[:1] == "0" and pattern.after != 0

    def point_is_last(self) -> bool:
        return self.last is not None and self.number[self.last] == "."

    def digit(self, keyword: str) -> None:
        self.in_number = False
        zero_start = self.pattern.zero_start
        padded = zero_start is not None and zero_start <= self.position
        if not self.sign_written:
            self.leading_sign(zero_start)
        if self.position < self.leading:
            self.output.append("0" if padded else " " if self.pattern.fill else "")
            self.in_number = padded
        else:
            self.next_character(keyword)
        end = self.count + (1 if self.leading else 0) + (1 if self.pattern.decimal else 0)
        if self.last is not None and self.last == self.at:
            end = self.position
        if self.position + 1 == end:
            self.trailing_sign()
        self.position += 1

    def leading_sign(self, zero_start: int | None) -> None:
        begins = self.position >= self.leading or zero_start == self.position
        if not begins or (self.is_zero_before_point() and not self.point_is_last()):
            return
        if self.pattern.sign:
            if self.pattern.sign == "before":
                self.output.append("-" if self.negative else "+")
                self.sign_written = True
            return
        if self.pattern.bracket:
            self.output.append("<" if self.negative else " ")
        elif self.negative:
            self.output.append("-")
        elif self.pattern.fill:
            self.output.append(" ")
        self.sign_written = True

    def next_character(self, keyword: str) -> None:
        character = self.number[self.at : self.at + 1]
        if character == ".":
            self.output.append(".")
        elif self.last is not None and self.at > self.last and keyword != "0":
            pass
        elif self.is_zero_before_point():
            self.output.append(" " if self.pattern.fill else "0" if self.point_is_last() else "")
        else:
            self.output.append(character)
            self.in_number = bool(character)
        self.at += bool(character)

    def trailing_sign(self) -> None:
        if self.sign_written and self.pattern.bracket:
            self.output.append(">" if self.negative else " ")
        elif self.pattern.sign == "after":
            self.output.append("-" if self.negative else "+")


def _formatted(pattern: _Pattern, text: str) -> str:
    negative = text.startswith("-")
    number = text.lstrip("-")
    if len(number.partition(".")[0]) > pattern.before:
        number = "#" * pattern.before + "." + "#" * pattern.after
    return _Writer(pattern, negative, number).written()


def format_numeric(value: Decimal, text: str) -> str:
    pattern = _parse(text)
    return _formatted(pattern, format(rescaled(value, pattern.after), "f"))


def format_whole(value: int, text: str) -> str:
    return format_numeric(Decimal(value), text)


def format_float(value: float, text: str) -> str:
    pattern = _parse(text)
    if not math.isfinite(value):
        return _formatted(pattern, format(Decimal(value), "f"))
    whole_digits = len(f"{abs(value):.0f}")
    if whole_digits + pattern.after > _FLOAT_DIGITS:
        pattern.after = max(_FLOAT_DIGITS - whole_digits, 0)
    return _formatted(pattern, f"{value:.{pattern.after}f}")
