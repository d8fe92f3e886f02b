"""Whom the conversations tell what they have committed."""

from __future__ import annotations

from typing import Protocol

from botflow.conversations.history import Entry


class Wakes(Protocol):
    """The jobs: there may be work for them."""

    def outbox(self, sender_id: str) -> None:
        """Messages of a sender were queued."""

    def timers(self) -> None:
        """Timers were armed."""

    def code(self) -> None:
        """Code is to be run."""


class Announcer(Protocol):
    """Those who watch a conversation, in its room."""

    def message(self, room: str, entry: Entry) -> None:
        """A message entered the history."""

    def typing(self, room: str, on: bool) -> None:
        """Typing is shown, or not any more."""

    def status(self, room: str, status: str, reason: str) -> None:
        """The status of the thread changed."""

    def update(self, room: str, message_id: str, status: str) -> None:
        """The status of a message changed."""
