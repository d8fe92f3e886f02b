"""A place in the text of a pattern."""

import re
from dataclasses import dataclass


@dataclass(slots=True)
class Reader:
    """Reads a pattern from left to right."""

    text: str
    position: int = 0

    def peek(self) -> str:
        """The next character; empty at the end."""
        return self.text[self.position : self.position + 1]

    def next(self) -> str:
        """Take the next character; empty at the end."""
        character = self.peek()
        self.position += len(character)
        return character

    def starts(self, expected: str) -> bool:
        return self.text.startswith(expected, self.position)

    def take(self, expected: str) -> bool:
        """Take `expected` if it comes next."""
        found = self.starts(expected)
        self.position += len(expected) if found else 0
        return found

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take what `pattern` matches here."""
        match = pattern.match(self.text, self.position)
        self.position = match.end() if match else self.position
        return match

    def until(self, end: str) -> str:
        """Take all up to and with `end`, or the rest; gives it without `end`."""
        found, _, _ = self.text[self.position :].partition(end)
        self.position = min(len(self.text), self.position + len(found) + len(end))
        return found

    def skip_comments(self) -> None:
        """Skip white space, and comments from # to the end of the line (flag x)."""
        while (character := self.peek()) and (character.isspace() or character == "#"):
            if character == "#":
                self.until("\n")
            else:
                self.next()
