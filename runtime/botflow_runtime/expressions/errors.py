"""The one error of expressions."""

from __future__ import annotations

from botflow_runtime.errors import BotflowError


class ExpressionError(BotflowError):
    """An expression that cannot be compiled, or cannot be computed from the values given.

    `message` is a sentence that says what is wrong and what to do; `position` the offset in characters of the place
    in the expression, where it is known; `suggestion` the whole expression put right, where one can be offered.
    """

    def __init__(self, message: str, position: int | None = None, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.suggestion = suggestion
        self.line: int | None = None
        self.column: int | None = None

    def locate(self, text: str) -> None:
        """Work out line and column, both from 1, from the expression's text."""
        if self.position is not None:
            before = text[: self.position]
            self.line = before.count("\n") + 1
            self.column = len(before) - (before.rfind("\n") + 1) + 1

    def __str__(self) -> str:
        place = f" (line {self.line}, column {self.column})" if self.line is not None else ""
        fix = f" Did you mean: {self.suggestion}" if self.suggestion else ""
        return f"{self.message}{place}{fix}"
