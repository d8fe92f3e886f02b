"""What compile_pattern raises."""

from botflow_runtime.errors import BotflowError


class PatternError(BotflowError, ValueError):
    """A pattern cannot be used: the message says what to do. `position`: the 0-based character it is about, or None."""

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message if position is None else f"{message} (at character {position + 1})")
        self.position = position
