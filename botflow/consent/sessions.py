"""A vendor's session window: open for a while after the contact wrote, for so many messages (MS-4, MS-5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from botflow.channels.contract import SessionWindow
from botflow.consent.gate import Window

HOUR_MS: Final = 3_600_000


@dataclass(frozen=True, slots=True)
class Session:
    """Since when the contact lets the sender write (milliseconds since the epoch), and how much has left since.

    `messages` counts from the session's beginning, `in_a_row` from the contact's last message.
    """

    opened_at: int | None = None
    messages: int = 0
    in_a_row: int = 0


def contact_wrote(session: Session, window: SessionWindow | None, at: int) -> Session:
    """The session after a message of the contact, which may reach us late and after younger ones.

    A window that counts messages is a session of a fixed length: the contact's next message begins another only when
    it is over. Any other window begins anew with each message.
    """
    lasts = window is not None and window.messages is not None and is_open(session, window, at)
    if lasts:
        return replace(session, in_a_row=0)
    return Session(max(at, session.opened_at or 0))


def message_left(session: Session) -> Session:
    """The session after a message to the contact."""
    return replace(session, messages=session.messages + 1, in_a_row=session.in_a_row + 1)


def is_open(session: Session, window: SessionWindow, now: int) -> bool:
    """Whether the contact wrote recently enough."""
    return session.opened_at is not None and now - session.opened_at < window.hours * HOUR_MS


def window_state(session: Session, window: SessionWindow | None, now: int) -> Window:
    """What the gate reads of the session."""
    if window is None:
        return "open"
    if not is_open(session, window, now):
        return "closed"
    if window.messages is not None and session.messages >= window.messages:
        return "full"
    return "in_a_row" if window.in_a_row is not None and session.in_a_row >= window.in_a_row else "open"
