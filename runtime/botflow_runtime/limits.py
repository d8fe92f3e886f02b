"""How much a thread may do on its own, and how it is told apart from a loop (engine.md 3)."""

from __future__ import annotations

from typing import Final

MOST_NODES: Final = 200
MOST_JUMPS: Final = 16
MOST_RESETS: Final = 16
MOST_MESSAGES: Final = 50
"""Since the last contact message, contact action, response or stuck timer, or operator event."""

PING_PONG_TURNS: Final = 30
PING_PONG_MS: Final = 10 * 60 * 1000
"""So many fruitless turns within so many milliseconds: two machines are talking."""

DEFAULT_STUCK_SECONDS: Final = 24 * 3600
EXPIRY_SECONDS: Final = 7 * 24 * 3600
"""A host expires a thread after so long without any event."""

LONGEST_TEXT: Final = 32_000
"""Characters of a contact's text that a thread keeps."""
MOST_ATTACHMENTS: Final = 100
"""Attachments of one message that a thread keeps."""

LONGEST_REFERENCE: Final = 2_000
"""Characters of an attachment's reference or a language's tag that a thread keeps."""

REMEMBERED_EVENTS: Final = 100
"""Event ids that a thread remembers; an older one is the host's to recognise."""
EVENT_DIGEST_BYTES: Final = 8


class LoopLimitReached(Exception):  # noqa: N818 - not an error of the program: it ends the turn of a looping scenario
    """The thread did more on its own than it may; the turn ends it as Error (loop)."""

    def __init__(self, counter: str) -> None:
        self.counter = counter
        super().__init__(counter)
