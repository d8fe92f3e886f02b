r"""Reads a set: `[a-z]`, `[^[:alpha:]_]`, `[\w&&[^\d]]`, `[a-z--[aeiou]]`, `[[.hyphen.]]`, `[[=a=]]`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from botflow_runtime.patterns.charset import CaseClosed, CharSet, Complement, Intersection, Listed, Union, union
from botflow_runtime.patterns.error import PatternError
from botflow_runtime.patterns.escapes import CHARACTER_ESCAPES, character_escape
from botflow_runtime.patterns.limits import MAX_NESTING
from botflow_runtime.patterns.reader import Reader
from botflow_runtime.patterns.unicode_names import CLASS_ESCAPES, collating_element, named_set

_POSIX_NAME = re.compile(r"\[:(\^?)([\w &=.-]+):\]")
_ELEMENT = re.compile(r"\[([.=])(.+?)\1\]", re.DOTALL)
_PROPERTY = re.compile(r"([pP])\{([^}]*)\}")


@dataclass(slots=True)
class _Parts:
    """What a set holds between two operators."""

    sets: list[CharSet] = field(default_factory=list)
    listed: list[tuple[int, int]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.sets or self.listed)


@dataclass(slots=True)
class SetParser:
    """Reads one set; `caseless` closes it under case variants."""

    reader: Reader
    caseless: bool
    comments: bool
    depth: int = 0

    def parse(self) -> CharSet:
        """The set that starts here with `[`; PatternError when it cannot be read."""
        position = self.reader.position
        named = self._posix()
        if named is not None:
            return named
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise PatternError(f"more than {MAX_NESTING} sets inside each other: simplify the pattern", position)
        self.reader.next()
        negated = self.reader.take("^")
        inside = self._operations(position)
        self.depth -= 1
        return Complement(inside) if negated else inside

    def property_escape(self, position: int) -> CharSet:
        r"""The set of `\p{name}` or `\P{name}`; the reader stands behind the `\`."""
        match = self.reader.match(_PROPERTY)
        if match is None:
            raise PatternError(r"\p needs a name in braces: \p{L}", position)
        found = self._closed(named_set(match[2], position))
        return Complement(found) if match[1] == "P" else found

    def _operations(self, position: int) -> CharSet:
        result = self._union(position, first=True)
        while not self.reader.take("]"):
            operator = self.reader.text[self.reader.position : self.reader.position + 2]
            self.reader.position += 2
            right = self._union(position, first=False)
            result = Intersection(result, right if operator == "&&" else Complement(right))
        return result

    def _union(self, position: int, first: bool) -> CharSet:
        """What stands up to the next operator or the end of the set."""
        parts = _Parts()
        if first and self.reader.take("]"):
            self._add_character("]", parts)
        while not self.reader.starts("]"):
            if self.comments and self.reader.peek().isspace():
                self.reader.next()
            elif self.reader.starts("--") or self.reader.starts("&&"):
                break
            else:
                self._part(parts, position)
        if not parts:
            raise PatternError("a set or a side of && or -- has nothing in it", self.reader.position)
        return self._joined(parts)

    def _joined(self, parts: _Parts) -> CharSet:
        sets = list(parts.sets)
        if parts.listed:
            sets.append(self._closed(Listed(union([parts.listed]))))
        return sets[0] if len(sets) == 1 else Union(tuple(sets))

    def _part(self, parts: _Parts, position: int) -> None:
        character = self.reader.peek()
        if character == "":
            raise PatternError(r"there is a [ without its ]: write \[ for the character", position)
        if character == "[":
            self._bracket(parts)
        elif character == "\\":
            self._escape(parts)
        else:
            self._add_character(self.reader.next(), parts)

    def _bracket(self, parts: _Parts) -> None:
        position = self.reader.position
        element = self.reader.match(_ELEMENT)
        if element is None:
            parts.sets.append(self.parse())
            while self.reader.starts("-[") or self.reader.starts("&["):
                self._old_operation(parts, self.reader.next())
        else:
            self._add_character(collating_element(element[2], position), parts)

    def _old_operation(self, parts: _Parts, operator: str) -> None:
        """`[[a-z]-[b]]` and `[[a-z]&[b]]`, the older way to write -- and &&."""
        left, right = self._joined(parts), self.parse()
        parts.sets[:] = [Intersection(left, right if operator == "&" else Complement(right))]
        parts.listed.clear()

    def _posix(self) -> CharSet | None:
        position = self.reader.position
        match = self.reader.match(_POSIX_NAME)
        if match is None:
            return None
        found = self._closed(named_set(match[2], position))
        return Complement(found) if match[1] else found

    def _escape(self, parts: _Parts) -> None:
        position = self.reader.position
        self.reader.next()
        letter = self.reader.peek()
        if letter == "Q":
            self.reader.next()
            parts.listed.extend((ord(character), ord(character)) for character in self.reader.until(r"\E"))
        elif letter in CLASS_ESCAPES:
            parts.sets.append(CLASS_ESCAPES[self.reader.next()])
        elif letter in ("p", "P"):
            parts.sets.append(self.property_escape(position))
        else:
            self._add_character(self._escaped(position), parts)

    def _escaped(self, position: int) -> str:
        if self.reader.peek() == "":
            raise PatternError(r"the pattern ends with \: write \\ for the character", position)
        if self.reader.peek() in CHARACTER_ESCAPES:
            return character_escape(self.reader, position)
        return self.reader.next()

    def _add_character(self, low: str, parts: _Parts) -> None:
        """Add a character, or a range when a - and its end follow."""
        high = self._range_end() if self._is_range() else low
        if ord(high) < ord(low):
            raise PatternError(f"the range {low}-{high} runs backwards: swap its ends", self.reader.position)
        parts.listed.append((ord(low), ord(high)))

    def _is_range(self) -> bool:
        self._skip_space()
        following = self.reader.text[self.reader.position + 1 : self.reader.position + 2]
        return self.reader.starts("-") and following not in ("]", "[", "", "-")

    def _range_end(self) -> str:
        self.reader.next()
        self._skip_space()
        position = self.reader.position
        character = self.reader.next()
        if character == "\\":
            if self.reader.peek() in CLASS_ESCAPES or self.reader.peek() in ("p", "P", "Q"):
                raise PatternError(r"a range cannot end with a set: write the - last, or as \-", position)
            character = self._escaped(position)
        return character

    def _skip_space(self) -> None:
        while self.comments and self.reader.peek().isspace():
            self.reader.next()

    def _closed(self, found: CharSet) -> CharSet:
        return CaseClosed(found) if self.caseless else found
