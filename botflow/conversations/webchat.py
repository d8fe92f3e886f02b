"""The events of a web chat page (docs/reference/webchat-protocol.md).

Every event is answered with `{"ok": true, ...}` after the commit, or with `{"ok": false, "error": sentence}`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias, TypeVar

import structlog
from flask_socketio import SocketIO, join_room

from botflow.channels.contract import InvalidPayloadError
from botflow.channels.webchat.adapter import WebChat, visitor_address
from botflow.channels.webchat.payload import ActPayload, OpenPayload, RestartPayload, StartPayload, read
from botflow.conversations.service import Conversations
from botflow.errors import RequestError
from botflow.realtime import Allowances

TOO_FAST: Final = "That was too much at once; wait a second and send it again."
FAILED: Final = "Something went wrong here; try again in a moment."

MOST_HELD: Final = 50
"""Messages that may wait for a busy thread; who sends more has to wait."""

AskedT = TypeVar("AskedT", ActPayload, OpenPayload, RestartPayload, StartPayload)
Answer: TypeAlias = dict[str, Any]
Handler: TypeAlias = Callable[[Any], Answer]

_log = structlog.get_logger()


class WebChatEvents:
    """What a page may ask for, on senders that `is_open` says are open to visitors."""

    def __init__(self, conversations: Conversations, channel: WebChat, is_open: Callable[[str], bool]) -> None:
        self._conversations = conversations
        self._channel = channel
        self._is_open = is_open

    def open(self, payload: Any) -> Answer:
        """Watch a conversation, and get what happened after a sequence."""
        asked = self._asked(payload, OpenPayload)
        return self._opened(asked.sender, visitor_address(asked.visitor), asked.after)

    def start(self, payload: Any) -> Answer:
        """Let the chatbot begin, unless it runs."""
        asked = self._asked(payload, StartPayload)
        address = visitor_address(asked.visitor)
        self._conversations.start(self._channel.name, asked.sender, address)
        return self._opened(asked.sender, address, 0)

    def send(self, payload: Any) -> Answer:
        """A message of the visitor."""
        inbound = self._channel.parse(payload)
        self._check(inbound.sender)
        entry = self._conversations.receive(self._channel.name, inbound, most_held=MOST_HELD)
        return {"message": entry.to_json()}

    def act(self, payload: Any) -> Answer:
        """The visitor opened a link."""
        asked = self._asked(payload, ActPayload)
        self._conversations.act(
            self._channel.name, asked.sender, visitor_address(asked.visitor), asked.id, asked.action
        )
        return {}

    def restart(self, payload: Any) -> Answer:
        """Let the chatbot begin anew."""
        asked = self._asked(payload, RestartPayload)
        address = visitor_address(asked.visitor)
        self._conversations.restart(self._channel.name, asked.sender, address, asked.id)
        return self._opened(asked.sender, address, 0)

    def _asked(self, payload: Any, kind: type[AskedT]) -> AskedT:
        asked = read(payload, kind)
        self._check(asked.sender)
        return asked

    def _check(self, sender: str) -> None:
        if not self._is_open(sender):
            raise RequestError(f"There is no sender {sender}.")

    def _opened(self, sender: str, address: str, after: int) -> Answer:
        # The room is joined before the history is read: what happens in between comes twice, not never.
        view = self._conversations.view(self._channel.name, sender, address, after)
        join_room(view.room)
        view = self._conversations.view(self._channel.name, sender, address, after)
        return {
            "conversation": view.room,
            "messages": [entry.to_json() for entry in view.entries],
            "status": {"thread": view.status, "typing": view.typing},
        }


def register(socketio: SocketIO, events: WebChatEvents, allowances: Allowances) -> None:
    """Answer the events of pages."""
    for name in ("open", "start", "send", "act", "restart"):
        socketio.on_event(name, _answering(getattr(events, name), allowances))
    socketio.on_event("*", _answering(_unknown, allowances))


def _unknown(_event: Any) -> Answer:
    raise InvalidPayloadError("There is no such event.")


def _answering(handler: Handler, allowances: Allowances) -> Callable[..., Answer]:
    def answer(*given: Any) -> Answer:
        payload = given[0] if given else None
        if not allowances.take(payload):
            return {"ok": False, "error": TOO_FAST}
        try:
            return {"ok": True, **handler(payload)}
        except (InvalidPayloadError, RequestError) as error:
            return {"ok": False, "error": str(error)}
        except Exception:  # a fault of ours is logged here, and told to the page without its inside
            _log.exception("event failed", handler=handler.__name__)
            return {"ok": False, "error": FAILED}

    return answer
