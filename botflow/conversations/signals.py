"""Whom the conversations tell what they have committed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol, TypeAlias

from botflow.conversations.history import Entry
from botflow.db import UnitOfWork
from botflow_runtime.json_types import JsonObject

Resolve: TypeAlias = Callable[[UnitOfWork, str, Mapping[str, Any]], Mapping[str, Any]]
"""Of a company's content: the same, its media as addresses. Raises RequestError where it names what is not there."""

Shown: TypeAlias = Callable[[str, Sequence[JsonObject]], Sequence[JsonObject]]
"""Of a company's contents: the same as our page shows them, the media that are there as paths of this server."""


def as_they_are(_company_id: str, contents: Sequence[JsonObject]) -> Sequence[JsonObject]:
    """Contents whose media the page can get already."""
    return contents


def as_it_is(_work: UnitOfWork, _company_id: str, content: Mapping[str, Any]) -> Mapping[str, Any]:
    """Content whose media are addresses already."""
    return content


class Wakes(Protocol):
    """The jobs: there may be work for them."""

    def outbox(self, sender_id: str) -> None:
        """Messages of a sender were queued."""

    def timers(self) -> None:
        """Timers were armed."""

    def code(self) -> None:
        """Code is to be run."""


class Unwatched:
    """Nobody watches: the contacts are at a vendor."""

    def message(self, room: str, entry: Entry) -> None:
        """Tell nobody."""

    def typing(self, room: str, on: bool) -> None:
        """Tell nobody."""

    def status(self, room: str, status: str, reason: str) -> None:
        """Tell nobody."""

    def update(self, room: str, message_id: str, status: str) -> None:
        """Tell nobody."""


UNWATCHED: Final = Unwatched()


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
